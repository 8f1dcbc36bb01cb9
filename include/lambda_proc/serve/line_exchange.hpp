#pragma once
// SPDX-License-Identifier: MIT
// Lines between one reader and several workers, and replies in their order; worker_pool is made of it.

#include <lambda_proc/crash/crash_mark.hpp>
#include <lambda_proc/crash/last_words.hpp>
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

/// A copy of a line between the reader and a worker, and what became of it.
class line_slot {
 public:
  /// Where there is no memory for the copy, that becomes the status.
  void fill(line_reader::status found, std::string_view text, std::uint64_t count) noexcept {
    number = count;
    const bool has_room = make_room(text.size() + line_reader::padding);
    status = has_room ? found : line_reader::status::no_memory;
    size_ = has_room ? text.size() : 0;
    if (!has_room) return;
    unpoison(bytes_.get(), capacity_);
    if (size_ != 0) std::memcpy(bytes_.get(), text.data(), size_);
    bytes_[size_] = '\n';  // as line_reader does, and for its reason
  }

  /// What was read from the line dies here.
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
  /// Waits until those before it have left.
  json_writer reply;
  /// Whose it is: the reader's, the queue's, a worker's; or answered, and waiting for those before it.
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

/// The lines that are on their way from the reader to the workers, and the order in which replies leave. Bounded: when
/// all slots are taken the reader waits, then the pipe fills, then the host.
///
/// Locks are only held in whole sections, and nothing that has no end is waited for in one: so a thread that a crash
/// has stopped holds none.
class line_exchange {
 public:
  line_exchange(std::size_t slots, reply_writer& writer)
      : writer_(writer),
        slots_(std::make_unique<line_slot[]>(slots)),
        slot_count_(slots),
        free_count_(static_cast<std::ptrdiff_t>(slots)) {}

  /// For the reader: hands a line over. False: the host is gone.
  bool put(line_reader::status status, std::string_view line, std::uint64_t number, crash_mark* mark) {
    free_count_.acquire();
    if (host_gone_.load()) return false;
    const whole_section section(mark);
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

  /// No more lines will come, for this many workers.
  void close(std::size_t workers) { queued_count_.release(static_cast<std::ptrdiff_t>(workers)); }

  /// For workers: returns when take() should be called.
  void wait() { queued_count_.acquire(); }

  /// The next line; null when there will be none. To be called in a whole section, in which the request is also put
  /// into the worker's hands: the replies to those behind it can't leave before its own, also at a crash.
  line_slot* take() {
    const std::lock_guard lock(mutex_);
    line_slot* const slot = earliest([](const line_slot& one) { return one.where == line_slot::place::queued; });
    if (slot == nullptr || host_gone_.load()) return nullptr;
    slot->where = line_slot::place::taken;
    return slot;
  }

  /// The reply to this one need not wait for those before it, nor those behind it for this one.
  void leave_order(line_slot* slot, crash_mark* mark) {
    const whole_section section(mark);
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

  /// Sends the reply that was made, when its turn has come. False: the host is gone.
  bool answer(line_slot* slot, reply_composer& made, crash_mark* mark) {
    const whole_section section(mark);
    const std::lock_guard lock(write_mutex_);
    if (mark != nullptr) mark->answered();
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

  /// In a signal handler, when all others have stopped: says what is left to say. `holder(slot)` is the mark of the
  /// worker that has it in hand; null if none has.
  template <class Holder>
  void speak(last_words& words, Holder holder) const noexcept {
    for (const line_slot* slot = next_in_order(nullptr); slot != nullptr; slot = next_in_order(slot)) {
      if (slot->where == line_slot::place::answered) {
        words.send(slot->reply.view());
      } else if (crash_mark* const mark = holder(slot)) {
        words.fail(*mark);
      } else {
        return;
      }
    }
  }

 private:
  // Of the slots that are wanted, the one with the first line; null if there is none. There are few slots.
  template <class Wanted>
  line_slot* earliest(Wanted wanted) const noexcept {
    line_slot* found = nullptr;
    for (std::size_t i = 0; i < slot_count_; ++i) {
      line_slot& one = slots_[i];
      if (wanted(one) && (found == nullptr || one.number < found->number)) found = &one;
    }
    return found;
  }

  // Of those whose replies have to wait for the ones before them, and those of which nobody knows yet, the next one
  // behind `last`; the first one where that is null.
  line_slot* next_in_order(const line_slot* last) const noexcept {
    return earliest([last](const line_slot& one) {
      return one.where != line_slot::place::free && one.in_order && (last == nullptr || one.number > last->number);
    });
  }

  // The first of them, if it is answered.
  line_slot* first_answered() const noexcept {
    line_slot* const first = next_in_order(nullptr);
    return first != nullptr && first->where == line_slot::place::answered ? first : nullptr;
  }

  void send(std::string_view reply) {
    if (writer_.write(reply) || host_gone_.exchange(true)) return;
    // Whoever waits for a line or a slot need not wait any more.
    free_count_.release();
    queued_count_.release(static_cast<std::ptrdiff_t>(slot_count_));
  }

  // With the write lock held, so that nobody overtakes.
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

  // Taken before the other one where both are.
  std::mutex write_mutex_;
  // Guards whose each slot is, and whether it is in order.
  std::mutex mutex_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
