#pragma once
// SPDX-License-Identifier: MIT
// The threads that serve requests, as a crash sees them: crash_desk brings them to a stop with it.

#include <lambda_proc/crash/crash_mark.hpp>

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

class crash_marks {
 public:
  /// One mark for each thread. The first is that of the thread which waits for the others to end: it is stopped before
  /// them, so that they stay where a signal can reach them.
  explicit crash_marks(std::size_t threads) : count_(threads), marks_(std::make_unique<crash_mark[]>(threads)) {
    for (crash_mark& mark : all()) mark.heed(dying_);
  }

  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] crash_mark& operator[](std::size_t i) noexcept { return marks_[i]; }

  /// True for one thread only, whose end is the process's.
  bool claim_end() noexcept {
    if (dying_.exchange(true)) return false;
    ends_.store(::pthread_self());
    return true;
  }
  /// Whether it was this thread that claimed it.
  [[nodiscard]] bool is_end_mine() const noexcept { return ::pthread_equal(ends_.load(), ::pthread_self()) != 0; }

  /// The mark of this thread; null if it does not serve.
  [[nodiscard]] crash_mark* mine() noexcept {
    for (crash_mark& mark : all()) {
      if (mark.is_mine()) return &mark;
    }
    return nullptr;
  }

  /// The request that a record should name: this thread's, or one of those in hand where this thread does not serve.
  [[nodiscard]] const request* in_hand() noexcept {
    if (const crash_mark* const mark = mine()) return mark->in_hand();
    for (const crash_mark& mark : all()) {
      if (const request* const request = mark.in_hand()) return request;
    }
    return nullptr;
  }

  /// What the others are sent to stop them. No signal that a thread sends itself: abort(3) does.
  static constexpr int stop_number = SIGBUS;

  /// Stops all threads that serve but this one. False: one of them, or this one, was cut off in the middle of a reply,
  /// and there is nothing more that could be said.
  [[nodiscard]] bool stop_others() noexcept {
    int patience_ms = 1000;
    for (const crash_mark& mark : all()) {
      for (; !mark.is_mine() && !mark.is_still() && patience_ms > 0; --patience_ms) {
        if (!mark.is_busy()) ::pthread_kill(mark.owner(), stop_number);
        const timespec pause{.tv_sec = 0, .tv_nsec = 1'000'000};
        ::nanosleep(&pause, nullptr);
      }
      if (mark.is_busy()) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] std::span<crash_mark> all() const noexcept { return {marks_.get(), count_}; }

  std::atomic<bool> dying_ = false;
  std::atomic<pthread_t> ends_ = pthread_t{};
  std::size_t count_;
  std::unique_ptr<crash_mark[]> marks_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
