#pragma once
// SPDX-License-Identifier: MIT
// Registers a thread that serves requests for crash handling: the one that calls run(), and each worker.

#include <lambda_proc/crash/serving_thread.hpp>

#include <cerrno>
#include <csignal>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// While it lives, `thread` (which may be null) describes the calling thread, and signal handlers have their own stack,
/// in case the thread's has overflowed.
class thread_registration {
 public:
  [[gnu::cold]] explicit thread_registration(serving_thread* thread) : thread_(thread) {
    if (thread_ == nullptr) return;
    const stack_t stack = thread_->spare_stack();
    if (::sigaltstack(&stack, &old_stack_) != 0) error_ = errno;
    thread_->begin_serving();
  }
  thread_registration(const thread_registration&) = delete;
  thread_registration& operator=(const thread_registration&) = delete;
  [[gnu::cold]] ~thread_registration() {
    if (thread_ == nullptr) return;
    thread_->end_serving();
    ::sigaltstack(&old_stack_, nullptr);
  }

  /// The errno of sigaltstack(2), or 0.
  [[nodiscard]] int error() const noexcept { return error_; }

 private:
  serving_thread* thread_;
  int error_ = 0;
  stack_t old_stack_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
