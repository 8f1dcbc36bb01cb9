#pragma once
// SPDX-License-Identifier: MIT
// Threads that serve requests, each registered for crash handling: the workers, and the loops of the runtime API.

#include <lambda_proc/core/function_ref.hpp>
#include <lambda_proc/crash/serving_threads.hpp>
#include <lambda_proc/crash/thread_registration.hpp>
#include <lambda_proc/io/system.hpp>

#include <cstddef>
#include <latch>
#include <memory>
#include <semaphore>

#include <pthread.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

class thread_group {
 public:
  /// `threads` may be null. Its first entry is for the calling thread, the others are for the group.
  [[gnu::cold]] thread_group(std::size_t count, serving_threads* threads)
      : count_(count),
        threads_(threads),
        members_(std::make_unique<member[]>(count)),
        finished_(static_cast<std::ptrdiff_t>(count)) {}

  /// Starts all threads, each with work(i), or none: work is not called before all threads are ready. Call join()
  /// afterwards.
  [[nodiscard, gnu::cold]] bool start(function_ref<void(std::size_t)> work, start_check& check) {
    work_ = work;
    std::size_t started = 0;
    for (; started < count_; ++started) {
      members_[started] = {.group = this, .index = started};
      const int error = ::pthread_create(&members_[started].thread, nullptr, &begin, &members_[started]);
      if (!check.error(error, "a thread for each worker")) break;
    }
    for (std::size_t i = 0; i < started; ++i) ready_.acquire();
    for (std::size_t i = 0; i < started; ++i) check.error(members_[i].error, "a stack for signal handlers");
    serving_ = !check.failed();
    begin_.release(static_cast<std::ptrdiff_t>(started));
    if (!serving_) join(started);
    return serving_;
  }

  /// Waits until all threads have ended.
  void join() { join(count_); }

  /// What signal handlers know about thread i; null without crash handling.
  [[nodiscard]] serving_thread* thread(std::size_t i) const noexcept {
    return threads_ == nullptr ? nullptr : &(*threads_)[i + 1];
  }

 private:
  struct member {
    thread_group* group = nullptr;
    std::size_t index = 0;
    pthread_t thread{};
    int error = 0;
  };

  [[gnu::cold]] static void* begin(void* argument) {
    member& self = *static_cast<member*>(argument);
    thread_group& group = *self.group;
    const thread_registration registration(group.thread(self.index));
    self.error = registration.error();
    group.ready_.release();
    group.begin_.acquire();
    if (!group.serving_) return nullptr;
    group.work_(self.index);
    // No thread ends before all have finished: another one may be about to send it a signal.
    group.finished_.arrive_and_wait();
    return nullptr;
  }

  [[gnu::cold]] void join(std::size_t started) {
    for (std::size_t i = 0; i < started; ++i) ::pthread_join(members_[i].thread, nullptr);
  }

  std::size_t count_;
  serving_threads* threads_;
  std::unique_ptr<member[]> members_;
  function_ref<void(std::size_t)> work_;
  // ready_ counts the threads that are ready, begin_ those that may begin.
  std::counting_semaphore<> ready_{0};
  std::counting_semaphore<> begin_{0};
  std::latch finished_;
  bool serving_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
