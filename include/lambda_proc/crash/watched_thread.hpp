#pragma once
// SPDX-License-Identifier: MIT
// A thread that serves requests, known to those that deal with crashes: run's own, and each worker's.

#include <lambda_proc/crash/crash_mark.hpp>

#include <cerrno>
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
    if (::sigaltstack(&mine, &old_stack_) != 0) error_ = errno;
    mark_->adopt();
  }
  watched_thread(const watched_thread&) = delete;
  watched_thread& operator=(const watched_thread&) = delete;
  ~watched_thread() {
    if (mark_ == nullptr) return;
    mark_->retire();
    ::sigaltstack(&old_stack_, nullptr);
  }

  /// The errno that the stack was refused with, or 0.
  [[nodiscard]] int error() const noexcept { return error_; }

 private:
  crash_mark* mark_;
  int error_ = 0;
  stack_t old_stack_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
