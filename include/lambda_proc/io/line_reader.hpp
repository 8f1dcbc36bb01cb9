#pragma once
// SPDX-License-Identifier: MIT
// Reads lines from a descriptor or from memory, so that a parser can use them in place. The line channel reads with it.

#include <lambda_proc/io/busy_poller.hpp>
#include <lambda_proc/io/framing.hpp>
#include <lambda_proc/io/input_descriptor.hpp>
#include <lambda_proc/io/padded_buffer.hpp>
#include <lambda_proc/io/sanitizer.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

#include <sys/types.h>
#include <cerrno>

namespace lambda_proc {
inline namespace v0 {

/// Divides a stream of bytes into lines. A line is a view of the read buffer, never a copy, and is followed by at least
/// line_reader::padding readable bytes, which simdjson needs.
///
/// A line ends with '\n', which is not part of it, or at the end of input; or as another framing says. Memory is
/// bounded: the buffer grows to the longest line, at most `max_line_bytes`, and shrinks after a very long one. A longer
/// line, or one for which there is no memory, is drained: read to its end without being stored.
class line_reader {
 public:
  enum class status {
    line,       ///< line() is the next one.
    too_long,   ///< The next one was longer than max_line_bytes, and is gone.
    no_memory,  ///< There was no memory for the next one, and it is gone.
    malformed,  ///< The framing is broken: the start of the next one is unknown.
    end,        ///< There is no further line.
    failed      ///< read(2) failed, or the framing was broken before: error() is an errno.
  };

  static constexpr std::size_t padding = detail::padded_buffer::padding;
  /// Buffers larger than this are freed after the request that needed them.
  static constexpr std::size_t kept_bytes = std::size_t{8} << 20U;
  static constexpr std::size_t default_max_line_bytes = std::size_t{64} << 20U;

  /// Reads from a descriptor, blocking or not. The caller closes it.
  explicit line_reader(int fd, std::size_t max_line_bytes = default_max_line_bytes, framing kind = framing::newline)
      : input_(fd), max_line_bytes_(max_line_bytes), framing_(kind) {}
  /// Reads from memory, which must outlive the reader.
  explicit line_reader(std::string_view text, std::size_t max_line_bytes = default_max_line_bytes,
                       framing kind = framing::newline)
      : text_(text), max_line_bytes_(max_line_bytes), framing_(kind) {}

  line_reader(const line_reader&) = delete;
  line_reader& operator=(const line_reader&) = delete;
  ~line_reader() { detail::unpoison(data(), memory_.capacity); }

  /// Waits for input with this poller from now on. It must outlive the reader.
  void poll_with(detail::busy_poller& poller) noexcept { input_.poll_with(poller); }

  /// Waits for the next line. Ends the lifetime of the previous one: AddressSanitizer reports a view that was kept.
  [[nodiscard]] status next() {
    retire();
    bool dropped = false;
    status why_dropped = status::too_long;
    for (;;) {
      if (has_line()) {
        const status found = take_next(!dropped);
        return dropped ? why_dropped : found;
      }
      if (skip_ != 0) {
        if (skip()) return why_dropped;
      } else if (dropped || (framing_ == framing::newline && end_ - begin_ > max_line_bytes_)) {
        dropped = true;
        rewind();
      }
      if (malformed_) return stop();
      if (at_end_) {
        if (dropped || std::exchange(skip_, 0) != 0) return why_dropped;
        if (error_ != 0) return status::failed;
        if (begin_ == end_) return status::end;
        if (framing_ != framing::newline) return stop();
        const std::size_t start = std::exchange(begin_, end_);
        return take(start, end_ - start);
      }
      if (fill()) continue;
      why_dropped = status::no_memory;
      if (!skip_frame()) dropped = true;
    }
  }

  /// The same if has_line(), except that the lines before it stay valid: for callers that take several lines at once.
  [[nodiscard]] status next_in_buffer() { return take_next(true); }

  /// The line that was found last, without its frame. Valid until next(), is_ready() or hand_over() is
  /// called.
  [[nodiscard]] std::string_view line() const noexcept { return line_; }

  /// Whether a whole line is in the buffer, so that next() would not read.
  [[nodiscard]] bool has_line() noexcept {
    if (next_.end() != 0) return true;
    if (framing_ != framing::newline) return has_frame();
    if (scanned_ == end_) return false;
    const char* const start = data() + begin_;
    const void* const newline = std::memchr(data() + scanned_, '\n', end_ - scanned_);
    scanned_ = end_;
    if (newline == nullptr) return false;
    next_ = {.head = 0, .size = static_cast<std::size_t>(static_cast<const char*>(newline) - start), .tail = 1};
    return true;
  }

  /// Reads what is available without waiting. True if next() would not wait, except for the rest of a line that it has
  /// to drain. Ends the lifetime of the previous line.
  [[nodiscard]] bool is_ready() {
    retire();
    while (!has_line() && !at_end_) {
      if (malformed_ || skip_ != 0 || end_ - begin_ > max_line_bytes_) break;
      if (input_.is_open() && !input_.is_readable()) return false;
      if (!fill()) break;
    }
    return true;
  }

  /// The number of bytes in the buffer behind the lines that were found.
  [[nodiscard]] std::size_t rest() const noexcept { return end_ - begin_; }

  /// Gives away the memory of the lines that were found, which then stay valid as long as it, copies the rest to
  /// `memory`, and goes on reading there. False, and nothing has changed, if there is not enough memory.
  [[nodiscard]] bool hand_over(detail::padded_buffer& memory) noexcept {
    restore_behind();
    if (!memory.reserve(rest() < shared_bytes ? shared_bytes : memory_.capacity)) return false;
    detail::unpoison(data(), memory_.capacity);
    detail::unpoison(memory.bytes.get(), memory.capacity);
    if (begin_ != end_) std::memcpy(memory.bytes.get(), data() + begin_, rest());
    std::swap(memory_, memory);
    scanned_ -= begin_;
    end_ -= begin_;
    begin_ = 0;
    line_ = {};
    return true;
  }

  /// Whether the input has ended: the last line had no newline, or next() found the end.
  [[nodiscard]] bool at_end() const noexcept { return at_end_; }

  /// After status::failed, the errno of read(2); EBADMSG after status::malformed.
  [[nodiscard]] int error() const noexcept { return error_; }

 private:
  static constexpr std::size_t first_bytes = std::size_t{64} << 10U;
  // For a caller that takes over memory. It shares the input with others, which wait while it reads, so that many short
  // reads cost more than a larger block of memory.
  static constexpr std::size_t shared_bytes = std::size_t{256} << 10U;

  [[nodiscard]] char* data() const noexcept { return memory_.bytes.get(); }

  // Takes the line that has_line() found, or drops it.
  status take_next(bool wanted) {
    const std::size_t start = begin_ + next_.head;
    begin_ += next_.end();
    scanned_ = begin_;
    const std::size_t size = std::exchange(next_, {}).size;
    return wanted ? take(start, size) : status::line;
  }

  status take(std::size_t start, std::size_t size) {
    line_ = {};
    if (size > max_line_bytes_) return status::too_long;
    line_ = {data() + start, size};
    // simdjson reads the byte after a document with unbalanced brackets, and its error must not depend on what comes
    // next in the stream.
    behind_ = std::exchange(data()[start + size], '\n');
    return status::line;
  }

  [[gnu::cold]] status stop() {
    malformed_ = false;
    at_end_ = true;
    error_ = EBADMSG;
    begin_ = scanned_ = end_;
    return status::malformed;
  }

  void restore_behind() noexcept {
    if (line_.data() == nullptr) return;
    data()[static_cast<std::size_t>(line_.data() - data()) + line_.size()] = behind_;
  }

  bool has_frame() noexcept {
    restore_behind();  // it may be the first byte of the next line
    if (begin_ == end_ || skip_ != 0) return false;
    detail::frame frame;
    const auto found = detail::read_frame(framing_, {data() + begin_, end_ - begin_}, frame);
    malformed_ = found == detail::frame_status::malformed;
    if (found != detail::frame_status::whole) return false;
    if (frame.size > max_line_bytes_) {
      skip_ = frame.end();
    } else if (frame.end() <= end_ - begin_) {
      next_ = frame;
    }
    return next_.end() != 0;
  }

  // Starts to drain the line that begins here, whose frame says its size.
  [[gnu::cold]] bool skip_frame() noexcept {
    detail::frame frame;
    if (framing_ == framing::newline) return false;
    [[maybe_unused]] const auto found = detail::read_frame(framing_, {data() + begin_, end_ - begin_}, frame);
    assert(found == detail::frame_status::whole);  // otherwise has_frame() would have failed before the buffer was full
    skip_ = frame.end();
    return true;
  }

  // Drops the buffered part of a line that is drained. True if that was the rest of it.
  bool skip() {
    const std::size_t count = std::min(skip_, end_ - begin_);
    begin_ += count;
    skip_ -= count;
    if (begin_ == end_) rewind();
    return skip_ == 0;
  }

  void retire() {
    restore_behind();
    detail::poison(line_.data(), line_.size());
    line_ = {};
    if (begin_ != end_) return;
    rewind();
    // Under AddressSanitizer, lines don't reuse memory: a view into an old one would not be reported.
    if (memory_.capacity <= kept_bytes && !detail::has_asan) return;
    // The new buffer first: another thread may be short of memory.
    static_cast<void>(memory_.reallocate(first_bytes));
  }

  void rewind() {
    detail::unpoison(data(), memory_.capacity);
    begin_ = scanned_ = end_ = 0;
  }

  // Makes room after end_ and reads once. False if there is no memory.
  bool fill() {
    if (end_ == memory_.capacity && !make_room()) {
      if (memory_.capacity != 0) return false;
      // No memory even for the first bytes: nothing can be read.
      at_end_ = true;
      error_ = ENOMEM;
      return true;
    }
    const auto count = read(data() + end_, memory_.capacity - end_);
    if (count > 0) {
      end_ += static_cast<std::size_t>(count);
    } else {
      at_end_ = true;
      if (count < 0) error_ = errno;
    }
    return true;
  }

  [[gnu::cold]] bool make_room() {
    // With room for the frame, and for at least one byte that shows that a line is too long.
    constexpr std::size_t longest_frame = 16;
    const std::size_t most = std::numeric_limits<std::size_t>::max();
    const std::size_t limit = std::max(max_line_bytes_ + std::min(longest_frame, most - max_line_bytes_), first_bytes);
    const std::size_t size = end_ - begin_;
    detail::unpoison(data(), memory_.capacity);
    std::size_t capacity = std::max(memory_.capacity * 2, first_bytes);
    // Directly to the limit if it is near: while the content is copied there are two buffers.
    if (capacity > limit / 2) capacity = limit;
    const bool enough = begin_ > 0 && (size <= memory_.capacity / 2 || memory_.capacity == limit);
    if (enough || !memory_.reallocate(capacity, {data() + begin_, size})) {
      if (begin_ == 0) return false;
      std::memmove(data(), data() + begin_, size);
    }
    scanned_ -= begin_;
    end_ = size;
    begin_ = 0;
    return true;
  }

  ssize_t read(char* to, std::size_t count) {
    if (input_.is_open()) return input_.read(to, count);
    count = text_.copy(to, count);
    text_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }

  detail::input_descriptor input_;
  std::string_view text_;
  std::size_t max_line_bytes_;
  framing framing_;

  // [begin_, end_) of the memory is not part of a line yet. next_ is the next
  // line in it; if it is empty, there is no newline before scanned_.
  detail::padded_buffer memory_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t scanned_ = 0;
  detail::frame next_;
  // The bytes still to be drained of a line whose frame said that it is too long.
  std::size_t skip_ = 0;
  bool malformed_ = false;
  std::string_view line_;
  // The byte behind the line that was overwritten with a newline.
  char behind_ = '\n';
  bool at_end_ = false;
  int error_ = 0;
};

}  // namespace v0
}  // namespace lambda_proc
