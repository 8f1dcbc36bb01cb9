#pragma once
// SPDX-License-Identifier: MIT
// Lines that a worker takes from the input at once, and their replies until they may be sent; a part of worker_pool.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/padded_buffer.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/reply_composer.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Consecutive lines of the input. The worker that fills the batch is its owner, and takes one line after the other. In
/// the meantime other workers may move lines that wait to batches of their own; the first line always stays.
class line_batch {
 public:
  /// Enough lines that the cost of taking a batch does not matter.
  static constexpr std::size_t max_lines = 1024;

  struct line {
    line_reader::status status = line_reader::status::line;
    std::string_view text;     ///< A view of the reader's buffer; after keep_text(), of the batch's own memory.
    std::uint64_t number = 0;  ///< The number of the request, from 0.
  };

  line_batch() {
    lines_.reserve(max_lines);
    replies.reserve(reply_bytes);
  }
  line_batch(const line_batch&) = delete;
  line_batch& operator=(const line_batch&) = delete;
  ~line_batch() { unpoison(memory_.bytes.get(), memory_.capacity); }

  void add(line_reader::status status, std::string_view text, std::uint64_t number) {
    lines_.push_back({status, text, number});
  }
  [[nodiscard]] std::size_t size() const noexcept { return lines_.size(); }

  /// Takes over the text of the lines, which is in the reader's buffer: the buffer itself, or a copy if what follows
  /// the lines would take longer to copy. If there is no memory for a copy, the lines get the status no_memory.
  void keep_text(line_reader& reader) noexcept {
    const std::size_t bytes = bytes_of(lines_);
    if (reader.rest() <= bytes && reader.hand_over(memory_)) return;
    if (memory_.reserve(bytes)) return copy_text();
    for (line& one : lines_) one = {line_reader::status::no_memory, {}, one.number};
  }

  /// Call this when the batch is complete, before other threads can see it.
  void start() noexcept {
    progress_.store({.next = 0, .end = static_cast<std::uint16_t>(lines_.size())});
    unchanged_calls_ = last_next_ = 0;
  }

  /// Moves the shareable lines of `other` to this batch, which must be empty: all of them, or the later half. `other`
  /// must not be released in the meantime. Returns false if there are none, or if there is no memory.
  bool take_from(line_batch& other, bool all) noexcept {
    progress now = other.progress_.load();
    std::span<const line> taken;
    std::size_t middle = 0;
    do {
      middle = now.end - (all ? now.shareable() : (now.shareable() + 1) / 2);
      taken = std::span(other.lines_).subspan(middle, now.end - middle);
      if (taken.empty() || !memory_.reserve(bytes_of(taken))) return false;
    } while (!other.progress_.compare_exchange_weak(
        now, {.next = now.next, .end = static_cast<std::uint16_t>(middle), .left_order = now.left_order}));
    lines_.assign(taken.begin(), taken.end());
    copy_text();
    start();
    return true;
  }

  /// For the owner: takes the next line, which is valid until the next call. Returns false if none waits.
  bool take(line& out) noexcept {
    progress now = progress_.load();
    if (now.next != 0) poison(lines_[now.next - 1U].text.data(), lines_[now.next - 1U].text.size());
    do {
      if (now.next == now.end) return false;
    } while (
        !progress_.compare_exchange_weak(now, {.next = static_cast<std::uint16_t>(now.next + 1U), .end = now.end}));
    out = lines_[now.next];
    // As in line_reader: simdjson may read the byte behind a document, and its error must not depend on that byte.
    if (out.text.data() != nullptr) {
      memory_.bytes[static_cast<std::size_t>(out.text.data() - memory_.bytes.get()) + out.text.size()] = '\n';
    }
    return true;
  }

  /// For the owner: lets the reply to the line that was taken last be sent out of order.
  void leave_order() noexcept {
    progress now = progress_.load();
    while (!progress_.compare_exchange_weak(now, {.next = now.next, .end = now.end, .left_order = 1})) {
    }
  }
  /// For the owner: drops the lines that wait.
  void drop_waiting() noexcept {
    progress now = progress_.load();
    while (!progress_.compare_exchange_weak(now, {.next = now.next, .end = now.next, .left_order = now.left_order})) {
    }
  }

  /// Moves finished replies to `replies`. Returns false if there is no room; if none are kept yet there always is.
  bool keep(reply_composer& made) noexcept {
    const std::string_view finished = made.finished();
    if (finished.size() <= replies.capacity() - replies.size()) {
      replies.append(finished);
      made.clear();
      return true;
    }
    if (replies.size() != 0) return false;
    made.move_finished(replies);
    return true;
  }

  /// Empties the batch, so that it can be filled again. Everything that was read from its lines becomes invalid.
  void release() noexcept {
    lines_.clear();
    replies.clear(line_reader::kept_bytes);
    reserve_replies();
    unpoison(memory_.bytes.get(), memory_.capacity);
    // Under AddressSanitizer, lines don't reuse memory: a view into an old one would not be reported.
    if (memory_.capacity > line_reader::kept_bytes || has_asan) memory_ = {};
  }

  /// The number of the first line.
  [[nodiscard]] std::uint64_t number() const noexcept { return lines_.front().number; }
  [[nodiscard]] bool has_waiting() const noexcept {
    const progress now = progress_.load();
    return now.next != now.end;
  }
  /// Whether all lines were dropped before one was taken.
  [[nodiscard]] bool was_dropped() const noexcept {
    const progress now = progress_.load();
    return now.end == 0;
  }
  /// Whether lines wait that other threads may take.
  [[nodiscard]] bool is_shareable() const noexcept { return progress_.load().shareable() != 0; }
  /// Whether a reply of this batch is still to be sent in order.
  [[nodiscard]] bool holds_order() const noexcept {
    const progress now = progress_.load();
    return now.next != now.end || now.left_order == 0 || replies.size() != 0;
  }
  /// Whether the owner has taken no line during the last few calls of this function.
  [[nodiscard]] bool is_stuck() noexcept {
    const std::size_t next = progress_.load().next;
    unchanged_calls_ = std::exchange(last_next_, next) == next ? unchanged_calls_ + 1 : 0;
    return unchanged_calls_ >= calls_until_stuck;
  }

  /// Finished replies that wait for earlier ones. A mutex of reply_order guards this and `where`.
  json_writer replies;
  enum class place {
    free,     ///< Not in use.
    in_work,  ///< The owner takes its lines.
    done      ///< All lines are answered, but kept replies are still to be sent.
  };
  place where = place::free;

 private:
  // Fewer than the batches that another worker can take while this one is stuck. More than one, because the owner may
  // just have been preempted.
  static constexpr std::size_t calls_until_stuck = 4;
  // The number of bytes of replies that can be kept without allocating memory.
  static constexpr std::size_t reply_bytes = std::size_t{64} << 10U;

  // The lines [next, end) wait. Both are in one atomic value, so that no line is taken twice. It is aligned because
  // clang would call libatomic otherwise.
  struct alignas(8) progress {
    std::uint16_t next = 0;
    std::uint16_t end = 0;
    std::uint32_t left_order = 0;  // whether the reply to the line that was taken last may be sent out of order

    // The first line stays with the owner.
    [[nodiscard]] std::size_t shareable() const noexcept {
      const std::uint16_t first = next == 0 ? 1 : next;
      return end > first ? static_cast<std::size_t>(end - first) : 0;
    }
  };
  static_assert(std::atomic<progress>::is_always_lock_free);

  static std::size_t bytes_of(std::span<const line> lines) noexcept {
    std::size_t sum = 0;
    for (const line& one : lines) sum += one.text.size() + 1;
    return sum;
  }

  // The memory of a very large reply was freed, so it must be reserved again. If there is none, fewer replies can be
  // kept.
  void reserve_replies() noexcept {
    if (replies.capacity() >= reply_bytes) return;
    static_cast<void>(within_memory([this]() -> result<void> {
      replies.reserve(reply_bytes);
      return {};
    }));
  }

  void copy_text() noexcept {
    char* to = memory_.bytes.get();
    unpoison(to, memory_.capacity);
    for (line& one : lines_) {
      if (!one.text.empty()) std::memcpy(to, one.text.data(), one.text.size());
      one.text = {to, one.text.size()};
      to += one.text.size() + 1;
    }
  }

  std::vector<line> lines_;
  padded_buffer memory_;
  std::atomic<progress> progress_ = progress{};
  // For is_stuck(): what the last call found, and how many calls in a row have found the same.
  std::size_t last_next_ = 0;
  std::size_t unchanged_calls_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
