#pragma once
// SPDX-License-Identifier: MIT
// A thread that serves requests, known to those that deal with crashes: run's own, and each worker's.

#include <lambda_proc/crash/crash_mark.hpp>

#include <csignal>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// While it lives, `mark`, if there is one, speaks of this thread, and signal handlers have a stack even where the
/// thread's own has overflowed.
class watched_thread {
 public:
  explicit watched_thread(crash_mark* mark) : mark_(mark) {
    if (mark_ == nullptr) return;
    const stack_t mine = mark_->spare_stack();
    ::sigaltstack(&mine, &old_stack_);
    mark_->adopt();
  }
  watched_thread(const watched_thread&) = delete;
  watched_thread& operator=(const watched_thread&) = delete;
  ~watched_thread() {
    if (mark_ == nullptr) return;
    mark_->retire();
    ::sigaltstack(&old_stack_, nullptr);
  }

 private:
  crash_mark* mark_;
  stack_t old_stack_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
