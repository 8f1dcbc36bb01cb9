#pragma once
// SPDX-License-Identifier: MIT
// A thread that serves requests, known to those that deal with crashes: run's own, and each worker's.

#include <lambda_proc/detail/crash_mark.hpp>

#include <csignal>
#include <cstddef>
#include <memory>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// While it lives, `mark`, if there is one, speaks of this thread, and signal handlers have a stack even where the
/// thread's own has overflowed.
class watched_thread {
 public:
  explicit watched_thread(crash_mark* mark) : mark_(mark) {
    if (mark_ == nullptr) return;
    stack_ = std::make_unique_for_overwrite<char[]>(stack_bytes);
    stack_t mine = {};
    mine.ss_sp = stack_.get();
    mine.ss_size = stack_bytes;
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
  static constexpr std::size_t stack_bytes = std::size_t{64} << 10U;

  crash_mark* mark_;
  std::unique_ptr<char[]> stack_;
  stack_t old_stack_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
