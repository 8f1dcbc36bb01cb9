#pragma once
// SPDX-License-Identifier: MIT
// One reader, several threads that handle requests, one writer: how run() serves with options::workers.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_thread.hpp>
#include <lambda_proc/crash/serving_threads.hpp>
#include <lambda_proc/crash/thread_group.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/forked_copy.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/serve/line_channel.hpp>
#include <lambda_proc/serve/line_queue.hpp>
#include <lambda_proc/serve/line_request.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/reply_composer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The channel of one worker.
class worker_channel {
 public:
  worker_channel(const any_wire& wire, const line_channel::settings& settings, line_queue& queue,
                 serving_thread* thread)
      : wire_(wire), queue_(queue), thread_(thread), before_reply_(settings.before_reply), replies_(wire) {}

  [[nodiscard]] bool next(request& request) {
    queue_.wait();
    {
      const critical_section section(thread_);
      slot_ = queue_.take();
      if (slot_ == nullptr) return false;
      take_request(slot_->number, thread_, request);
    }
    read_request(wire_, slot_->status, slot_->line(), thread_, request);
    if (!request.id.empty()) queue_.leave_order(slot_, thread_);
    return true;
  }

  [[nodiscard]] stream_host streams() const noexcept { return collected_streams(wire_); }
  [[nodiscard]] json_writer& open(const request& request) { return replies_.open(request); }
  [[nodiscard]] result<void> close() { return replies_.close(); }
  void fail(const request& request, const failure& why) { replies_.fail(request, why); }

  bool send() {
    // The copy has no reader and no other workers to return to.
    if (is_forked_copy()) ::_exit(EXIT_SUCCESS);
    if (before_reply_ != nullptr) before_reply_();
    const bool sent = queue_.answer(slot_, replies_, thread_);
    replies_.clear();
    return sent;
  }
  bool flush() { return true; }

  /// In a signal handler: the slot of the in-flight request; null once it is answered, since the slot may then belong
  /// to another worker.
  [[nodiscard]] const line_slot* in_flight() const noexcept {
    return thread_->in_flight() == nullptr ? nullptr : slot_;
  }
  [[nodiscard]] serving_thread* thread() const noexcept { return thread_; }

 private:
  const any_wire& wire_;
  line_queue& queue_;
  serving_thread* thread_;
  void (*before_reply_)();
  reply_composer replies_;
  line_slot* slot_ = nullptr;
};

class worker_pool {
 public:
  /// `threads` may be null. They are the reader's and then one for each worker.
  [[gnu::cold]] worker_pool(const any_wire& wire, line_reader& reader, reply_writer& writer,
                            const line_channel::settings& settings, std::size_t workers, serving_threads* threads)
      : wire_(wire),
        reader_(reader),
        settings_(settings),
        reader_thread_(threads == nullptr ? nullptr : &(*threads)[0]),
        queue_(slots_per_worker * workers, writer),
        group_(workers, threads) {
    for (std::size_t i = 0; i < workers; ++i) {
      workers_.push_back(std::make_unique<worker>(wire, settings, queue_, group_.thread(i)));
    }
  }

  /// Serves until the input ends. `stop_reading` is called if a worker finds the host gone, since the reader may not
  /// have noticed. If the threads can't be started, `check` fails and no handler is made.
  [[gnu::cold]] stats serve(invocation_source handlers, any_observer observer, void (*stop_reading)(),
                            start_check& check) {
    const auto work = [&](std::size_t i) {
      worker& self = *workers_[i];
      const auto loop = [&](const any_invocation& handler) {
        any_channel channel(self.channel);
        self.total = serve_all(channel, handler, observer);
      };
      handlers(function_ref<void(const any_invocation&)>(loop));
      if (self.total.host_gone) stop_reading();
    };
    if (!group_.start(function_ref<void(std::size_t)>(work), check)) return {};
    read();
    queue_.close(workers_.size());
    group_.join();
    stats total;
    for (const auto& one : workers_) {
      total.requests += one->total.requests;
      total.failures += one->total.failures;
      total.host_gone = total.host_gone || one->total.host_gone;
    }
    return total;
  }

  /// In a signal handler: sends all finished replies, and failures for the in-flight requests.
  [[gnu::cold]] void send_crash_replies(crash_replies& replies) const noexcept {
    queue_.send_crash_replies(replies, [this](const line_slot* slot) -> serving_thread* {
      for (const auto& one : workers_) {
        if (one->channel.in_flight() == slot) return one->channel.thread();
      }
      return nullptr;
    });
    for (const auto& one : workers_) {
      const line_slot* const slot = one->channel.in_flight();
      if (slot != nullptr && !slot->in_order) replies.fail(*one->channel.thread());
    }
  }

 private:
  struct worker {
    worker(const any_wire& wire, const line_channel::settings& settings, line_queue& queue, serving_thread* serving)
        : channel(wire, settings, queue, serving) {}

    worker_channel channel;
    stats total;
  };

  // One line in work and three queued. With a single queued line the reader would preempt a worker for every line.
  static constexpr std::size_t slots_per_worker = 4;

  void read() {
    std::uint64_t count = 0;
    line_reader::status found{};
    while (next_request_line(wire_, reader_, settings_.stop, found)) {
      if (!queue_.put(found, reader_.line(), count++, reader_thread_)) return;
    }
  }

  const any_wire& wire_;
  line_reader& reader_;
  line_channel::settings settings_;
  serving_thread* reader_thread_;
  line_queue queue_;
  thread_group group_;
  std::vector<std::unique_ptr<worker>> workers_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
