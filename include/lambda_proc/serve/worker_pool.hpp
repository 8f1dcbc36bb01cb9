#pragma once
// SPDX-License-Identifier: MIT
// Several threads that read, handle requests and write: how run() serves with options::workers.

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
#include <lambda_proc/serve/batch_size.hpp>
#include <lambda_proc/serve/line_batch.hpp>
#include <lambda_proc/serve/line_channel.hpp>
#include <lambda_proc/serve/line_request.hpp>
#include <lambda_proc/serve/line_source.hpp>
#include <lambda_proc/serve/reply_order.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/reply_composer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The channel of one worker.
class worker_channel {
 public:
  worker_channel(const any_wire& wire, const line_channel::settings& settings, line_source& source, reply_order& order,
                 serving_thread* thread)
      : wire_(wire), settings_(settings), source_(source), order_(order), thread_(thread), replies_(wire) {}

  [[nodiscard]] bool next(request& request) {
    while (batch_ == nullptr || !take(request)) {
      if (batch_ != nullptr) finish_batch();
      batch_ = source_.claim(size_.most_lines(), thread_);
      if (batch_ == nullptr) return false;
      started_ = clock::now();
    }
    read_request(wire_, line_.status, line_.text, thread_, request);
    in_order_ = collects_in_order_ || request.id.empty();
    if (!in_order_) order_.leave_order(*batch_, thread_);
    return true;
  }

  [[nodiscard]] stream_host streams() const noexcept { return collected_streams(wire_); }
  [[nodiscard]] json_writer& open(const request& request) { return replies_.open(request); }
  [[nodiscard]] result<void> close() { return replies_.close(); }
  void fail(const request& request, const failure& why) { replies_.fail(request, why); }

  bool send() {
    // A forked copy of the process has no input and no other workers, so it must not go on.
    if (is_forked_copy()) ::_exit(EXIT_SUCCESS);
    if (settings_.before_reply != nullptr) settings_.before_reply();
    if (!settings_.bulk || replies_.finished().size() >= line_channel::bulk_bytes) return pass_on();
    if (thread_ != nullptr) thread_->answered();
    return true;
  }
  bool flush() { return !order_.host_gone(); }

  [[nodiscard]] bool owns(const line_batch* batch) const noexcept { return batch_ == batch; }

  /// In a signal handler: sends the finished replies that were not passed on, and a failure for the in-flight request.
  /// Does nothing if they are sent in order and `in_order` is false, or the other way around.
  [[gnu::cold]] void send_crash_replies(crash_replies& replies, bool in_order) const noexcept {
    if (batch_ == nullptr || in_order_ != in_order) return;
    replies.send(replies_.finished());
    const bool answered = replies_.finished().size() != taken_at_;
    if (!answered) replies.fail(*thread_);
  }

 private:
  bool take(request& request) {
    if (settings_.stop != nullptr && settings_.stop->load()) order_.drop_waiting(*batch_, thread_);
    // In one critical section, so that no later reply is sent before this one, not even at a crash.
    const critical_section section(thread_);
    if (!batch_->take(line_)) return false;
    ++handled_;
    taken_at_ = replies_.finished().size();
    collects_in_order_ = in_order_ && taken_at_ != 0;
    in_order_ = true;  // until the request is parsed, which may have an id
    take_request(line_.number, thread_, request);
    return true;
  }

  bool pass_on() { return order_.answer(*batch_, replies_, in_order_, thread_); }

  void finish_batch() {
    if (!replies_.finished().empty()) pass_on();
    size_.record(std::exchange(handled_, 0), clock::now() - started_);
    order_.finish(*std::exchange(batch_, nullptr), thread_);
  }

  using clock = std::chrono::steady_clock;

  const any_wire& wire_;
  line_channel::settings settings_;
  line_source& source_;
  reply_order& order_;
  serving_thread* thread_;
  reply_composer replies_;
  line_batch* batch_ = nullptr;
  line_batch::line line_;
  // The size of the finished replies when the in-flight request was taken, and whether one of them is sent in order.
  std::size_t taken_at_ = 0;
  bool collects_in_order_ = false;
  // Whether one of them or the reply in flight is sent in order.
  bool in_order_ = true;
  batch_size size_;
  std::size_t handled_ = 0;
  clock::time_point started_;
};

/// Serves one input with several threads. Each worker has a channel, a request and, from per_worker(), a handler of its
/// own. They share the input (line_source) and the order of replies (reply_order).
class worker_pool {
 public:
  struct process_calls {
    reading_calls reading;
    /// Called by a worker that finds the host gone: another one may be waiting for input and would not notice.
    void (*stop)() = [] {};
  };

  /// `threads` has an entry for the calling thread and then one for each worker, or is null without crash replies. It,
  /// the wire, the reader and the writer must outlive the pool.
  [[gnu::cold]] worker_pool(const any_wire& wire, line_reader& reader, reply_writer& writer,
                            const line_channel::settings& settings, const process_calls& calls, std::size_t workers,
                            serving_threads* threads)
      : calls_(calls),
        order_(batches_per_worker * workers, writer),
        source_(wire, reader, settings.stop, calls.reading, order_),
        group_(workers, threads) {
    for (std::size_t i = 0; i < workers; ++i) {
      workers_.push_back(std::make_unique<worker>(wire, settings, source_, order_, group_.thread(i)));
    }
  }

  /// Serves until the input ends or the host is gone; call this once. Returns the totals of all workers. If the threads
  /// can't be started, `check` fails and no handler is made.
  [[gnu::cold]] stats serve(invocation_source handlers, any_observer observer, start_check& check) {
    const auto work = [&](std::size_t i) {
      worker& self = *workers_[i];
      const auto loop = [&](const any_invocation& handler) {
        any_channel channel(self.channel);
        self.total = serve_all(channel, handler, observer);
      };
      handlers(function_ref<void(const any_invocation&)>(loop));
      if (self.total.host_gone) calls_.stop();
    };
    if (!group_.start(function_ref<void(std::size_t)>(work), check)) return {};
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
    order_.send_crash_replies(replies, [&](const line_batch* batch) {
      for (const auto& one : workers_) {
        if (one->channel.owns(batch)) one->channel.send_crash_replies(replies, true);
      }
    });
    for (const auto& one : workers_) one->channel.send_crash_replies(replies, false);
  }

 private:
  struct worker {
    worker(const any_wire& wire, const line_channel::settings& settings, line_source& source, reply_order& order,
           serving_thread* serving)
        : channel(wire, settings, source, order, serving) {}

    worker_channel channel;
    stats total;
  };

  // One in work, and three whose replies wait for an earlier, slow request.
  static constexpr std::size_t batches_per_worker = 4;

  process_calls calls_;
  reply_order order_;
  line_source source_;
  thread_group group_;
  std::vector<std::unique_ptr<worker>> workers_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
