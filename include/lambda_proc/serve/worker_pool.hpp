#pragma once
// SPDX-License-Identifier: MIT
// One reader, several threads that handle, one writer: what run() does where options::workers asks for it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/crash/crash_mark.hpp>
#include <lambda_proc/crash/crash_marks.hpp>
#include <lambda_proc/crash/last_words.hpp>
#include <lambda_proc/crash/watched_thread.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/forked_copy.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/serve/line_channel.hpp>
#include <lambda_proc/serve/line_exchange.hpp>
#include <lambda_proc/serve/line_request.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/reply_composer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <list>
#include <semaphore>

#include <pthread.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The channel of one worker.
class worker_channel {
 public:
  worker_channel(const any_wire& wire, const line_channel::settings& settings, line_exchange& exchange,
                 crash_mark* mark)
      : wire_(wire), exchange_(exchange), mark_(mark), before_reply_(settings.before_reply), replies_(wire) {}

  [[nodiscard]] bool next(request& request) {
    exchange_.wait();
    {
      const whole_section section(mark_);
      slot_ = exchange_.take();
      if (slot_ == nullptr) return false;
      take_request(slot_->number, mark_, request);
    }
    read_request(wire_, slot_->status, slot_->line(), mark_, request);
    if (!request.id.empty()) exchange_.leave_order(slot_, mark_);
    return true;
  }

  [[nodiscard]] json_writer& open(const request& request) { return replies_.open(request); }
  [[nodiscard]] result<void> close() { return replies_.close(); }
  void fail(const request& request, const failure& why) { replies_.fail(request, why); }

  bool send() {
    // It has no reader and no other workers, so there is nothing to come back to.
    if (is_forked_copy()) ::_exit(EXIT_SUCCESS);
    if (before_reply_ != nullptr) before_reply_();
    const bool sent = exchange_.answer(slot_, replies_, mark_);
    replies_.clear();
    return sent;
  }
  bool flush() { return true; }

  /// In a signal handler: what is in hand; null when it has been answered, and the slot may be another worker's.
  [[nodiscard]] const line_slot* in_hand() const noexcept { return mark_->in_hand() == nullptr ? nullptr : slot_; }
  [[nodiscard]] crash_mark* mark() const noexcept { return mark_; }

 private:
  const any_wire& wire_;
  line_exchange& exchange_;
  crash_mark* mark_;
  void (*before_reply_)();
  reply_composer replies_;
  line_slot* slot_ = nullptr;
};

class worker_pool {
 public:
  /// `marks`, if given, are one for the reader and then one for each worker.
  worker_pool(const any_wire& wire, line_reader& reader, reply_writer& writer, const line_channel::settings& settings,
              std::size_t workers, crash_marks* marks)
      : wire_(wire),
        reader_(reader),
        settings_(settings),
        marks_(marks),
        exchange_(slots_per_worker * workers, writer) {
    for (std::size_t i = 0; i < workers; ++i) {
      workers_.emplace_back(wire, settings, exchange_, mark(i + 1));
    }
  }

  /// Serves until the input ends. `stop_reading` is called when the host is gone and the reader may not know. Where
  /// there can't be that many threads, `check` has failed and no handler was made.
  stats serve(invocation_source handlers, any_observer observer, void (*stop_reading)(), start_check& check) {
    const auto work = [&](worker& self) {
      const auto loop = [&](const any_invocation& handler) { self.total = serve_all(self.channel, handler, observer); };
      handlers(function_ref<void(const any_invocation&)>(loop));
      if (self.total.host_gone) stop_reading();
    };
    if (!start(function_ref<void(worker&)>(work), check)) return {};
    read();
    exchange_.close(workers_.size());
    stats total;
    for (worker& one : workers_) {
      ::pthread_join(one.thread, nullptr);
      total.requests += one.total.requests;
      total.failures += one.total.failures;
      total.host_gone = total.host_gone || one.total.host_gone;
    }
    return total;
  }

  /// In a signal handler, says what is left to say.
  void speak(last_words& words) const noexcept {
    exchange_.speak(words, [this](const line_slot* slot) -> crash_mark* {
      for (const worker& one : workers_) {
        if (one.channel.in_hand() == slot) return one.channel.mark();
      }
      return nullptr;
    });
    for (const worker& one : workers_) {
      const line_slot* const slot = one.channel.in_hand();
      if (slot != nullptr && !slot->in_order) words.fail(*one.channel.mark());
    }
  }

 private:
  struct worker {
    worker(const any_wire& wire, const line_channel::settings& settings, line_exchange& exchange, crash_mark* mark)
        : channel(wire, settings, exchange, mark) {}

    worker_channel channel;
    pthread_t thread{};
    worker_pool* pool = nullptr;
    int error = 0;
    stats total;
  };

  // One to work on, and some that are ready: with one of these, the reader would cut in on a worker for each line.
  static constexpr std::size_t slots_per_worker = 4;

  [[nodiscard]] crash_mark* mark(std::size_t i) const noexcept { return marks_ == nullptr ? nullptr : &(*marks_)[i]; }

  // Starts all threads, or none: no handler is made before each of them stands ready.
  bool start(function_ref<void(worker&)> work, start_check& check) {
    work_ = work;
    std::ptrdiff_t started = 0;
    for (worker& one : workers_) {
      one.pool = this;
      if (!check.error(::pthread_create(&one.thread, nullptr, &begin, &one), "a thread for each worker")) break;
      ++started;
    }
    for (std::ptrdiff_t i = 0; i < started; ++i) ready_.acquire();
    for (const worker& one : workers_) check.error(one.error, "a stack for signal handlers");
    serving_ = !check.failed();
    begin_.release(started);
    if (serving_) return true;
    for (auto one = workers_.begin(); started > 0; ++one, --started) ::pthread_join(one->thread, nullptr);
    return false;
  }

  static void* begin(void* argument) {
    worker& self = *static_cast<worker*>(argument);
    const watched_thread watched(self.channel.mark());
    self.error = watched.error();
    self.pool->ready_.release();
    self.pool->begin_.acquire();
    if (self.pool->serving_) self.pool->work_(self);
    return nullptr;
  }

  void read() {
    std::uint64_t count = 0;
    line_reader::status found{};
    while (next_request_line(wire_, reader_, settings_.stop, found)) {
      if (!exchange_.put(found, reader_.line(), count++, mark(0))) return;
    }
  }

  const any_wire& wire_;
  line_reader& reader_;
  line_channel::settings settings_;
  crash_marks* marks_;
  line_exchange exchange_;
  std::list<worker> workers_;
  function_ref<void(worker&)> work_;
  // How many threads are ready, and how many may begin.
  std::counting_semaphore<> ready_{0};
  std::counting_semaphore<> begin_{0};
  bool serving_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
