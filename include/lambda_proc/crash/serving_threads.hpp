#pragma once
// SPDX-License-Identifier: MIT
// All threads that serve requests. crash_handler uses it to stop them.

#include <lambda_proc/crash/serving_thread.hpp>

#include <atomic>
#include <csignal>
#include <cstddef>
#include <memory>
#include <span>

#include <pthread.h>
#include <time.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

class serving_threads {
 public:
  /// One entry for each thread. The first entry is the thread that joins the others. It is stopped before them, so that
  /// they still exist when they are sent a signal.
  [[gnu::cold]] explicit serving_threads(std::size_t threads)
      : count_(threads), threads_(std::make_unique<serving_thread[]>(threads)) {
    for (serving_thread& thread : all()) thread.set_dying_flag(dying_);
  }

  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] serving_thread& operator[](std::size_t i) noexcept { return threads_[i]; }

  /// Returns true for the first thread that crashes or exits; that thread ends the process.
  bool claim_end() noexcept {
    if (dying_.exchange(true)) return false;
    ending_thread_.store(::pthread_self());
    return true;
  }
  /// Whether this is the thread for which claim_end() returned true.
  [[nodiscard]] bool has_claimed_end() const noexcept {
    return ::pthread_equal(ending_thread_.load(), ::pthread_self()) != 0;
  }

  /// The entry of the calling thread; null if it does not serve requests.
  [[nodiscard]] serving_thread* this_thread() noexcept {
    for (serving_thread& thread : all()) {
      if (thread.is_this_thread()) return &thread;
    }
    return nullptr;
  }

  /// The request that a log record should name: this thread's, or any in-flight request if this thread does not serve.
  [[nodiscard, gnu::cold]] const request* in_flight() noexcept {
    if (const serving_thread* const thread = this_thread()) return thread->in_flight();
    for (const serving_thread& thread : all()) {
      if (const request* const request = thread.in_flight()) return request;
    }
    return nullptr;
  }

  /// The signal that stops the other threads. SIGABRT would not work: abort(3) blocks and unblocks it on its own.
  static constexpr int stop_signal_number = SIGBUS;

  /// Stops all other serving threads. False if one of them, or this one, was interrupted while it wrote a reply: then
  /// no further reply can be sent.
  [[nodiscard, gnu::cold]] bool stop_others() noexcept {
    int time_limit_ms = 1000;
    for (const serving_thread& thread : all()) {
      for (; !thread.is_this_thread() && !thread.has_stopped() && time_limit_ms > 0; --time_limit_ms) {
        if (!thread.is_in_critical_section()) ::pthread_kill(thread.owner(), stop_signal_number);
        const timespec pause{.tv_sec = 0, .tv_nsec = 1'000'000};
        ::nanosleep(&pause, nullptr);
      }
      if (thread.is_in_critical_section()) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] std::span<serving_thread> all() const noexcept { return {threads_.get(), count_}; }

  std::atomic<bool> dying_ = false;
  std::atomic<pthread_t> ending_thread_ = pthread_t{};
  std::size_t count_;
  std::unique_ptr<serving_thread[]> threads_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
