#pragma once
// SPDX-License-Identifier: MIT
// What signal handlers know of a thread that serves requests: its in-flight request, and whether it is in a critical
// section. Channels write it, serving_threads reads it.

#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <atomic>
#include <csignal>
#include <cstddef>
#include <memory>

#include <pthread.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// One for each thread that serves requests. Its own thread writes it; a signal handler on any thread reads it.
///
/// They are in an array, and each is written several times for each request, so no two are in one cache line. Two lines
/// of 64 bytes, because processors often fetch such a pair.
class alignas(128) serving_thread {
 public:
  serving_thread() { text_.reserve(text_bytes + usual_id_bytes); }

  /// Call this before anything else. `dying` becomes true when the process is about to crash.
  void set_dying_flag(const std::atomic<bool>& dying) noexcept { dying_ = &dying; }

  /// A separate stack for signal handlers, because the thread's own may have overflowed.
  [[nodiscard]] stack_t spare_stack() const noexcept {
    stack_t spare = {};
    spare.ss_sp = stack_.get();
    spare.ss_size = stack_bytes;
    return spare;
  }

  /// Between these calls, this object describes the calling thread.
  void begin_serving() noexcept {
    owner_.store(::pthread_self());
    serves_.store(true);
  }
  void end_serving() noexcept { serves_.store(false); }

  void take(const request& request) noexcept { in_flight_.store(&request, std::memory_order_release); }
  void answered() noexcept { in_flight_.store(nullptr, std::memory_order_release); }

  /// Reserves memory for the crash reply to a request whose id has this size.
  void reserve_for_id(std::size_t bytes) {
    text_.clear(line_reader::kept_bytes);
    text_.reserve(bytes + text_bytes);
  }
  /// The buffer for the crash reply; null if its memory could not be reserved.
  [[nodiscard]] json_writer* text_for(const request& request) noexcept {
    return text_.capacity() < request.id.size() + text_bytes ? nullptr : &text_;
  }

  /// The start of a critical section, in which replies are written or reordered: a crash on another thread does not
  /// interrupt it. Neither this call nor end_critical() returns once the process is dying.
  ///
  /// Signal fences are enough: the crashing thread sends signals until this thread has parked, and the signal handler
  /// that checks for a critical section runs on this thread. A check from another thread only saves a signal.
  void begin_critical() noexcept {
    in_critical_section_.store(true, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (dying_->load(std::memory_order_relaxed)) end_critical();
  }
  void end_critical() noexcept {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    in_critical_section_.store(false, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (dying_->load(std::memory_order_relaxed)) park();
  }

  /// Stops this thread for good.
  [[noreturn]] void park() noexcept {
    parked_.store(true);
    for (;;) ::pause();
  }

  [[nodiscard]] const request* in_flight() const noexcept { return in_flight_.load(std::memory_order_acquire); }
  [[nodiscard]] bool is_in_critical_section() const noexcept { return in_critical_section_.load(); }
  [[nodiscard]] bool has_stopped() const noexcept { return parked_.load() || !serves_.load(); }
  [[nodiscard]] bool is_this_thread() const noexcept {
    return serves_.load() && ::pthread_equal(owner_.load(), ::pthread_self()) != 0;
  }
  [[nodiscard]] pthread_t owner() const noexcept { return owner_.load(); }

 private:
  // The maximum size of a crash reply without its id, even if the whole message has to be escaped.
  static constexpr std::size_t text_bytes = 8192;
  // Reserved for the id before reserve_for_id() is called: a crash may happen while the request is being parsed.
  static constexpr std::size_t usual_id_bytes = 1024;
  static constexpr std::size_t stack_bytes = std::size_t{64} << 10U;

  const std::atomic<bool>* dying_ = nullptr;
  std::atomic<const request*> in_flight_ = nullptr;
  std::atomic<bool> in_critical_section_ = false;
  std::atomic<bool> parked_ = false;
  std::atomic<bool> serves_ = false;
  std::atomic<pthread_t> owner_ = pthread_t{};
  json_writer text_;
  // Allocated at the start: when the thread starts later, there might be no memory left.
  std::unique_ptr<char[]> stack_ = std::make_unique_for_overwrite<char[]>(stack_bytes);
};

/// A critical section for as long as this object lives. `thread` may be null.
class critical_section {
 public:
  explicit critical_section(serving_thread* thread) noexcept : thread_(thread) {
    if (thread_ != nullptr) thread_->begin_critical();
  }
  critical_section(const critical_section&) = delete;
  critical_section& operator=(const critical_section&) = delete;
  ~critical_section() {
    if (thread_ != nullptr) thread_->end_critical();
  }

 private:
  serving_thread* thread_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
