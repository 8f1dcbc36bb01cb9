#pragma once
// SPDX-License-Identifier: MIT
// What a loop lets signal handlers know of itself: which request is in hand, and when not to cut in. The channels of a
// process set it, crash_marks reads it.

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

/// One for each thread that serves requests. Its own thread writes it; a signal handler, on whatever thread, reads it.
class crash_mark {
 public:
  crash_mark() { text_.reserve(text_bytes + usual_id_bytes); }

  /// Comes first: `dying` is set once the process is about to crash.
  void heed(const std::atomic<bool>& dying) noexcept { dying_ = &dying; }

  /// For signal handlers on this thread, whose own stack may have overflowed.
  [[nodiscard]] stack_t spare_stack() const noexcept {
    stack_t spare = {};
    spare.ss_sp = stack_.get();
    spare.ss_size = stack_bytes;
    return spare;
  }

  /// Between these two, this thread is the one that the mark speaks of.
  void adopt() noexcept {
    owner_.store(::pthread_self());
    serves_.store(true);
  }
  void retire() noexcept { serves_.store(false); }

  void take(const request& request) noexcept { in_hand_.store(&request, std::memory_order_release); }
  void answered() noexcept { in_hand_.store(nullptr, std::memory_order_release); }

  /// Makes room for the failure of a request with such a long id.
  void expect_id(std::size_t bytes) {
    text_.clear(line_reader::kept_bytes);
    text_.reserve(bytes + text_bytes);
  }
  /// For signal handlers, to write that failure to; null if there is no room, since that is what failed.
  [[nodiscard]] json_writer* text_for(const request& request) noexcept {
    return text_.capacity() < request.id.size() + text_bytes ? nullptr : &text_;
  }

  /// What is done between these two is done whole: replies are on their way, or the order of replies changes. Once the
  /// process is dying neither of them returns.
  ///
  /// Fences for signals are enough: who makes sure that this thread stops sends it signals until it has parked, and the
  /// signal handler that looks whether it is busy runs on this thread. A look from another one only saves a signal.
  void begin_whole() noexcept {
    busy_.store(true, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (dying_->load(std::memory_order_relaxed)) end_whole();
  }
  void end_whole() noexcept {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    busy_.store(false, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (dying_->load(std::memory_order_relaxed)) park();
  }

  /// Stops this thread for good.
  [[noreturn]] void park() noexcept {
    parked_.store(true);
    for (;;) ::pause();
  }

  [[nodiscard]] const request* in_hand() const noexcept { return in_hand_.load(std::memory_order_acquire); }
  [[nodiscard]] bool is_busy() const noexcept { return busy_.load(); }
  [[nodiscard]] bool is_still() const noexcept { return parked_.load() || !serves_.load(); }
  [[nodiscard]] bool is_mine() const noexcept {
    return serves_.load() && ::pthread_equal(owner_.load(), ::pthread_self()) != 0;
  }
  [[nodiscard]] pthread_t owner() const noexcept { return owner_.load(); }

 private:
  // What a failure takes besides its id: its message is cut to less, however much of it has to be escaped.
  static constexpr std::size_t text_bytes = 8192;
  // Room for ids before expect_id(): a crash may come while the request is read.
  static constexpr std::size_t usual_id_bytes = 1024;
  static constexpr std::size_t stack_bytes = std::size_t{64} << 10U;

  const std::atomic<bool>* dying_ = nullptr;
  std::atomic<const request*> in_hand_ = nullptr;
  std::atomic<bool> busy_ = false;
  std::atomic<bool> parked_ = false;
  std::atomic<bool> serves_ = false;
  std::atomic<pthread_t> owner_ = pthread_t{};
  json_writer text_;
  // Here, since a thread that starts while another one uses up all memory would not get it.
  std::unique_ptr<char[]> stack_ = std::make_unique_for_overwrite<char[]>(stack_bytes);
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
