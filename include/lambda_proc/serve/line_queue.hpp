#pragma once
// SPDX-License-Identifier: MIT
// The queue of lines from one reader to several workers, which also keeps replies in order; a part of worker_pool.

#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_thread.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/reply_composer.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <semaphore>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A copy of a line on its way from the reader to a worker, and then its reply.
class line_slot {
 public:
  /// If there is no memory for the copy, the status says so.
  void fill(line_reader::status found, std::string_view text, std::uint64_t count) noexcept {
    number = count;
    const bool has_room = make_room(text.size() + line_reader::padding);
    status = has_room ? found : line_reader::status::no_memory;
    size_ = has_room ? text.size() : 0;
    if (!has_room) return;
    unpoison(bytes_.get(), capacity_);
    if (size_ != 0) std::memcpy(bytes_.get(), text.data(), size_);
    bytes_[size_] = '\n';  // as line_reader does, for the same reason
  }

  /// Ends the lifetime of everything that was read from the line.
  void release() noexcept {
    poison(bytes_.get(), size_);
    reply.clear(line_reader::kept_bytes);
    in_order = true;
    if (capacity_ <= line_reader::kept_bytes) return;
    unpoison(bytes_.get(), capacity_);
    bytes_.reset();
    capacity_ = 0;
  }

  [[nodiscard]] std::string_view line() const noexcept { return {bytes_.get(), size_}; }

  line_slot() { reply.reserve(reply_composer::failure_bytes); }
  line_slot(const line_slot&) = delete;
  line_slot& operator=(const line_slot&) = delete;
  ~line_slot() { unpoison(bytes_.get(), capacity_); }

  line_reader::status status = line_reader::status::line;
  std::uint64_t number = 0;
  /// Kept until all earlier replies have been sent.
  json_writer reply;
  /// Who owns the slot: the reader, the queue, or a worker; or it is answered and waits for earlier replies.
  enum class place { free, queued, taken, answered };
  place where = place::free;
  bool in_order = true;

 private:
  bool make_room(std::size_t capacity) noexcept {
    if (capacity <= capacity_) return true;
    unpoison(bytes_.get(), capacity_);
    bytes_.reset(new (std::nothrow) char[capacity]);
    capacity_ = bytes_ == nullptr ? 0 : capacity;
    return bytes_ != nullptr;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

/// The lines on their way from the reader to the workers, and the order in which replies are sent. Bounded: when all
/// slots are taken the reader waits, then the pipe fills, then the host waits.
///
/// Locks are held only in critical sections, all of which end: a thread that a crash has stopped holds no lock.
class line_queue {
 public:
  [[gnu::cold]] line_queue(std::size_t slots, reply_writer& writer)
      : writer_(writer),
        slots_(std::make_unique<line_slot[]>(slots)),
        slot_count_(slots),
        free_count_(static_cast<std::ptrdiff_t>(slots)) {}

  /// For the reader: adds a line. False if the host is gone.
  bool put(line_reader::status status, std::string_view line, std::uint64_t number, serving_thread* thread) {
    free_count_.acquire();
    if (host_gone_.load()) return false;
    const critical_section section(thread);
    line_slot* slot = nullptr;
    {
      const std::lock_guard lock(mutex_);
      slot = earliest([](const line_slot& one) { return one.where == line_slot::place::free; });
    }
    if (slot == nullptr) __builtin_unreachable();  // free_count_ counts them
    slot->fill(status, line, number);
    {
      const std::lock_guard lock(mutex_);
      slot->where = line_slot::place::queued;
    }
    queued_count_.release();
    return true;
  }

  /// Tells this many workers that there are no more lines.
  void close(std::size_t workers) { queued_count_.release(static_cast<std::ptrdiff_t>(workers)); }

  /// For workers: waits until take() should be called.
  void wait() { queued_count_.acquire(); }

  /// Returns the next line; null when there are no more. Call it in a critical section, and make the request the
  /// worker's in-flight one in the same section: then no later reply is sent before this one, not even at a crash.
  line_slot* take() {
    const std::lock_guard lock(mutex_);
    line_slot* const slot = earliest([](const line_slot& one) { return one.where == line_slot::place::queued; });
    if (slot == nullptr || host_gone_.load()) return nullptr;
    slot->where = line_slot::place::taken;
    return slot;
  }

  /// Lets this reply be sent out of order: it waits for no earlier reply, and no later one waits for it.
  void leave_order(line_slot* slot, serving_thread* thread) {
    const critical_section section(thread);
    bool others_wait = false;
    {
      const std::lock_guard lock(mutex_);
      slot->in_order = false;
      others_wait = first_answered() != nullptr;
    }
    if (!others_wait) return;
    const std::lock_guard lock(write_mutex_);
    send_ready();
  }

  /// Sends a finished reply when it is its turn. False if the host is gone.
  bool answer(line_slot* slot, reply_composer& made, serving_thread* thread) {
    const critical_section section(thread);
    const std::lock_guard lock(write_mutex_);
    if (thread != nullptr) thread->answered();
    if (slot->in_order) {
      made.move_finished(slot->reply);
      {
        const std::lock_guard lists_lock(mutex_);
        slot->where = line_slot::place::answered;
      }
      send_ready();
    } else {
      send(made.finished());
      const std::lock_guard lists_lock(mutex_);
      recycle(slot);
    }
    return !host_gone_.load();
  }

  /// In a signal handler, when all other threads have stopped: sends the finished replies and the failures that keep
  /// the order. `holder(slot)` is the thread that has the slot's request in flight; null if there is none.
  template <class Holder>
  [[gnu::cold]] void send_crash_replies(crash_replies& replies, Holder holder) const noexcept {
    for (const line_slot* slot = next_in_order(nullptr); slot != nullptr; slot = next_in_order(slot)) {
      if (slot->where == line_slot::place::answered) {
        replies.send(slot->reply.view());
      } else if (serving_thread* const thread = holder(slot)) {
        replies.fail(*thread);
      } else {
        return;
      }
    }
  }

 private:
  // Of the wanted slots, the one with the earliest line; null if there is none. A linear search: there are few slots.
  template <class Wanted>
  line_slot* earliest(Wanted wanted) const noexcept {
    line_slot* found = nullptr;
    for (std::size_t i = 0; i < slot_count_; ++i) {
      line_slot& one = slots_[i];
      if (wanted(one) && (found == nullptr || one.number < found->number)) found = &one;
    }
    return found;
  }

  // Of the slots whose replies are sent in order, or may be, the first one after `last`; the very first if `last` is
  // null.
  line_slot* next_in_order(const line_slot* last) const noexcept {
    return earliest([last](const line_slot& one) {
      return one.where != line_slot::place::free && one.in_order && (last == nullptr || one.number > last->number);
    });
  }

  // The first of these, if it is answered.
  line_slot* first_answered() const noexcept {
    line_slot* const first = next_in_order(nullptr);
    return first != nullptr && first->where == line_slot::place::answered ? first : nullptr;
  }

  void send(std::string_view reply) {
    if (writer_.write(reply) || host_gone_.exchange(true)) return;
    // Wakes all threads that wait for a line or a slot.
    free_count_.release();
    queued_count_.release(static_cast<std::ptrdiff_t>(slot_count_));
  }

  // Call it with the write lock held, so that replies keep their order.
  void send_ready() {
    for (;;) {
      line_slot* ready = nullptr;
      {
        const std::lock_guard lock(mutex_);
        ready = first_answered();
      }
      if (ready == nullptr) return;
      send(ready->reply.view());
      const std::lock_guard lock(mutex_);
      recycle(ready);
    }
  }

  void recycle(line_slot* slot) {
    slot->release();
    slot->where = line_slot::place::free;
    free_count_.release();
  }

  reply_writer& writer_;
  std::unique_ptr<line_slot[]> slots_;
  std::size_t slot_count_;
  std::counting_semaphore<> free_count_;
  std::counting_semaphore<> queued_count_{0};
  std::atomic<bool> host_gone_ = false;

  // Always locked before mutex_.
  std::mutex write_mutex_;
  // Guards the `where` and `in_order` of all slots.
  std::mutex mutex_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
