#pragma once
// SPDX-License-Identifier: MIT
// The batches of all workers, and the order in which their replies are sent; a part of worker_pool.

#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_thread.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/serve/line_batch.hpp>
#include <lambda_proc/wire/reply_composer.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <semaphore>
#include <span>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Owns the batches of all workers, and sends their replies. The number of batches is fixed, so that memory is bounded:
/// when all are in use no more lines are read, so the pipe fills and the host waits.
///
/// The first batch is the earliest one of which a reply is still to be sent in order. Its owner sends them at once,
/// while those of later batches are kept. Replies in order are sent only by the owner of the first batch, or by the
/// thread that has just made it the first, with write_mutex_ locked.
///
/// Locks are held only in critical sections, which a crash in another thread does not interrupt: a thread that a crash
/// has stopped holds no lock.
class reply_order {
 public:
  [[gnu::cold]] reply_order(std::size_t batches, reply_writer& writer)
      : writer_(writer),
        batches_(std::make_unique<line_batch[]>(batches)),
        count_(batches),
        free_count_(static_cast<std::ptrdiff_t>(batches)) {}

  // For the worker that has locked the input:

  /// Waits for a free batch. Null if the host is gone.
  line_batch* acquire(serving_thread* thread) {
    free_count_.acquire();
    if (host_gone_.load()) {
      free_count_.release();  // wakes the next thread that waits
      return nullptr;
    }
    const critical_section section(thread);
    const std::lock_guard lock(mutex_);
    for (line_batch& one : all()) {
      if (one.where == line_batch::place::free) return &one;
    }
    __builtin_unreachable();  // free_count_ has counted one
  }

  /// Returns a batch that is not needed.
  void give_back(line_batch& batch) noexcept {
    batch.release();
    free_count_.release();
  }

  /// Puts a batch to work that was filled with new lines. Returns false if drop_waiting() has dropped earlier ones.
  bool add(line_batch& batch, serving_thread* thread) {
    const critical_section section(thread);
    const std::lock_guard lock(mutex_);
    if (dropped_) return false;
    batch.start();
    batch.where = line_batch::place::in_work;
    return true;
  }

  /// The lines that wait for other workers.
  enum class waiting {
    none,    ///< There are none.
    moving,  ///< The workers for which they wait are still taking lines.
    stuck    ///< One of these workers has taken no line during several calls, or only one batch is free.
  };
  waiting look_for_waiting(serving_thread* thread) {
    const critical_section section(thread);
    const std::lock_guard lock(mutex_);
    const auto is_free = [](const line_batch& one) { return one.where == line_batch::place::free; };
    const bool is_last = std::ranges::count_if(all(), is_free) == 1;
    waiting found = waiting::none;
    for (line_batch& one : all()) {
      if (!has_shareable(one)) continue;
      found = one.is_stuck() || is_last || found == waiting::stuck ? waiting::stuck : waiting::moving;
    }
    return found;
  }

  /// Moves lines that wait for another worker to this batch: all that wait for it if it is stuck, otherwise the later
  /// half. Returns false if there are none, or if there is no memory.
  bool take_waiting(line_batch& batch, waiting found, serving_thread* thread) {
    const critical_section section(thread);
    const std::lock_guard lock(mutex_);
    line_batch* const other = earliest(&has_shareable);
    if (other == nullptr || !batch.take_from(*other, found == waiting::stuck)) return false;
    batch.where = line_batch::place::in_work;
    return true;
  }

  // For the owner of a batch:

  /// Drops the lines that wait in a batch, unless a later line was taken or may still be taken. After that, add() takes
  /// no batch.
  void drop_waiting(line_batch& batch, serving_thread* thread) {
    const critical_section section(thread);
    const std::lock_guard lock(mutex_);
    const line_batch* const later = earliest([&batch](const line_batch& one) {
      return one.where != line_batch::place::free && one.number() > batch.number() && !one.was_dropped();
    });
    if (later != nullptr) return;
    dropped_ = true;
    batch.drop_waiting();
  }

  /// Lets the reply to the line that was taken last be sent out of order: it waits for no earlier reply, and no later
  /// one waits for it.
  void leave_order(line_batch& batch, serving_thread* thread) {
    const critical_section section(thread);
    batch.leave_order();
    {
      const std::lock_guard lock(mutex_);
      if (batch.holds_order() || first_kept() == nullptr) {
        order_changed();
        return;
      }
    }
    const std::lock_guard lock(write_mutex_);
    send_kept();
  }

  /// Sends finished replies, or keeps them until it is their turn; if there is no room for that, waits for the turn.
  /// Returns false if the host is gone.
  bool answer(line_batch& batch, reply_composer& made, bool in_order, serving_thread* thread) {
    for (;;) {
      const unsigned changes = changes_.load();
      {
        const critical_section section(thread);
        bool can_send = !in_order;
        bool has_kept = false;
        if (in_order) {
          const std::lock_guard lock(mutex_);
          can_send = first() == &batch || host_gone_.load();
          if (!can_send && batch.keep(made)) {
            if (thread != nullptr) thread->answered();
            return true;
          }
          has_kept = batch.replies.size() != 0;
        }
        if (can_send) {
          const std::lock_guard lock(write_mutex_);
          // The thread that made this batch the first may not have sent the kept replies yet.
          if (has_kept) send_kept();
          if (thread != nullptr) thread->answered();
          send(made.finished());
          made.clear();
          return !host_gone_.load();
        }
      }
      changes_.wait(changes);
    }
  }

  /// Takes back a batch whose lines are all answered. It is reused when its replies are sent.
  void finish(line_batch& batch, serving_thread* thread) {
    const critical_section section(thread);
    {
      const std::lock_guard lock(mutex_);
      if (!batch.holds_order()) return recycle(batch);
      if (first() != &batch) {
        batch.where = line_batch::place::done;
        return;
      }
    }
    const std::lock_guard lock(write_mutex_);
    {
      const std::lock_guard lists_lock(mutex_);
      batch.where = line_batch::place::done;
    }
    send_kept();
  }

  [[nodiscard]] bool host_gone() const noexcept { return host_gone_.load(); }

  /// In a signal handler, when all other threads have stopped: sends the finished replies in order. For a batch in
  /// work, `send_rest(batch)` must send the replies that its owner has not passed on, and a failure for its in-flight
  /// request.
  template <class SendRest>
  [[gnu::cold]] void send_crash_replies(crash_replies& replies, SendRest send_rest) const noexcept {
    const line_batch* last = nullptr;
    for (;;) {
      const line_batch* const next = earliest([last](const line_batch& one) {
        return holds_order(one) && (last == nullptr || one.number() > last->number());
      });
      if (next == nullptr) return;
      replies.send(next->replies.view());
      if (next->where == line_batch::place::in_work) {
        send_rest(next);
        if (next->has_waiting()) return;
      }
      last = next;
    }
  }

 private:
  [[nodiscard]] std::span<line_batch> all() const noexcept { return {batches_.get(), count_}; }

  static bool holds_order(const line_batch& batch) noexcept {
    return batch.where == line_batch::place::done || (batch.where == line_batch::place::in_work && batch.holds_order());
  }

  static bool has_shareable(const line_batch& batch) noexcept {
    return batch.where == line_batch::place::in_work && batch.is_shareable();
  }

  // Of the wanted batches, the one with the earliest line; null if there is none. A linear search: there are few.
  template <class Wanted>
  line_batch* earliest(Wanted wanted) const noexcept {
    line_batch* found = nullptr;
    for (line_batch& one : all()) {
      if (wanted(one) && (found == nullptr || one.number() < found->number())) found = &one;
    }
    return found;
  }

  line_batch* first() const noexcept { return earliest(&holds_order); }

  // The first batch, if it has kept replies to send or is done; otherwise null.
  line_batch* first_kept() const noexcept {
    line_batch* const now = first();
    const bool is_kept = now != nullptr && (now->where == line_batch::place::done || now->replies.size() != 0);
    return is_kept ? now : nullptr;
  }

  void order_changed() noexcept {
    changes_.fetch_add(1);
    changes_.notify_all();
  }

  void send(std::string_view reply) {
    if (writer_.write(reply) || host_gone_.exchange(true)) return;
    free_count_.release();
    order_changed();
  }

  // Sends kept replies whose turn has come. Call this with write_mutex_ locked.
  void send_kept() {
    for (;;) {
      line_batch* ready = nullptr;
      {
        const std::lock_guard lock(mutex_);
        ready = first_kept();
      }
      if (ready == nullptr) return order_changed();
      // Not locked: the owner of the first batch sends its further replies instead of keeping them.
      send(ready->replies.view());
      const std::lock_guard lock(mutex_);
      if (ready->where == line_batch::place::done) {
        recycle(*ready);
      } else {
        ready->replies.clear(line_reader::kept_bytes);
      }
    }
  }

  void recycle(line_batch& batch) {
    batch.release();
    batch.where = line_batch::place::free;
    free_count_.release();
  }

  reply_writer& writer_;
  std::unique_ptr<line_batch[]> batches_;
  std::size_t count_;
  std::counting_semaphore<> free_count_;
  std::atomic<bool> host_gone_ = false;
  // Incremented whenever another batch becomes the first, and when the host is gone. answer() waits for that.
  std::atomic<unsigned> changes_ = 0;

  // Always locked before mutex_.
  std::mutex write_mutex_;
  // Guards `where` and `replies` of all batches, except while send_kept() sends the replies of the first batch.
  std::mutex mutex_;
  bool dropped_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
