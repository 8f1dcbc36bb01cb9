#pragma once
// SPDX-License-Identifier: MIT
// What a loop lets signal handlers know of itself: which request is in hand, and when not to cut in. The channels of a
// process set it, crash_desk reads it.

#include <lambda_proc/request.hpp>

#include <atomic>

#include <pthread.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// One for each thread that serves requests. Its own thread writes it; a signal handler, on whatever thread, reads it.
class crash_mark {
 public:
  /// `dying` is set once the process is about to crash.
  explicit crash_mark(const std::atomic<bool>& dying) noexcept : dying_(dying) {}

  /// This thread is the one that the mark speaks of.
  void adopt() noexcept { owner_ = ::pthread_self(); }

  void take(const request& request) noexcept { in_hand_.store(&request, std::memory_order_release); }
  void answered() noexcept { in_hand_.store(nullptr, std::memory_order_release); }

  /// What is done between these two is done whole: replies are on their way, or the order of replies changes. Once the
  /// process is dying neither of them returns.
  void begin_whole() noexcept {
    busy_.store(true);
    if (dying_.load()) end_whole();
  }
  void end_whole() noexcept {
    busy_.store(false);
    if (dying_.load()) park();
  }

  /// For signal handlers: stops this thread for good, unless it has to finish something first.
  void park_unless_busy() noexcept {
    if (!busy_.load()) park();
  }

  [[nodiscard]] const request* in_hand() const noexcept { return in_hand_.load(std::memory_order_acquire); }
  [[nodiscard]] bool is_busy() const noexcept { return busy_.load(); }
  [[nodiscard]] bool is_parked() const noexcept { return parked_.load(); }
  [[nodiscard]] pthread_t owner() const noexcept { return owner_; }

 private:
  [[noreturn]] void park() noexcept {
    parked_.store(true);
    for (;;) ::pause();
  }

  const std::atomic<bool>& dying_;
  std::atomic<const request*> in_hand_ = nullptr;
  std::atomic<bool> busy_ = false;
  std::atomic<bool> parked_ = false;
  pthread_t owner_ = ::pthread_self();
};

/// The same for channels that need not have one.
class whole_section {
 public:
  explicit whole_section(crash_mark* mark) noexcept : mark_(mark) {
    if (mark_ != nullptr) mark_->begin_whole();
  }
  whole_section(const whole_section&) = delete;
  whole_section& operator=(const whole_section&) = delete;
  ~whole_section() {
    if (mark_ != nullptr) mark_->end_whole();
  }

 private:
  crash_mark* mark_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
