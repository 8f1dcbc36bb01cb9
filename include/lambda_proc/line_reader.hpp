#pragma once
// SPDX-License-Identifier: MIT
// Lines from a descriptor or from memory, where a parser can read them in place; the line channel reads with it.

#include <lambda_proc/detail/sanitizer.hpp>
#include <lambda_proc/detail/system.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include <poll.h>
#include <unistd.h>
#include <cerrno>

namespace lambda_proc {
inline namespace v0 {

/// Cuts a stream of bytes into lines. Each line is handed out where it was read to, never copied, and at least
/// line_reader::padding readable bytes stand behind it, as simdjson wants them.
///
/// A line ends with '\n', which is not part of it, or with the input. Memory stays bounded: the buffer grows to
/// the longest line, at most `max_line_bytes`, and shrinks after a very long one; a line that is longer is read to
/// its end without being stored.
class line_reader {
 public:
  enum class status {
    line,      ///< line() is the next one.
    too_long,  ///< The next one was longer than max_line_bytes, and is gone.
    end,       ///< There is no further line.
    failed     ///< read(2) said no: error() is its errno.
  };

  static constexpr std::size_t padding = 64;
  /// Buffers that grew beyond this are given back after the request that needed them.
  static constexpr std::size_t kept_bytes = std::size_t{8} << 20U;
  static constexpr std::size_t default_max_line_bytes = std::size_t{64} << 20U;

  /// Reads from a descriptor, blocking or not; it stays the caller's to close.
  explicit line_reader(int fd, std::size_t max_line_bytes = default_max_line_bytes)
      : fd_(fd), max_line_bytes_(max_line_bytes) {}
  /// Reads from memory, which must outlive the reader.
  explicit line_reader(std::string_view text, std::size_t max_line_bytes = default_max_line_bytes)
      : text_(text), max_line_bytes_(max_line_bytes) {}

  line_reader(const line_reader&) = delete;
  line_reader& operator=(const line_reader&) = delete;
  ~line_reader() { detail::unpoison(data_.get(), capacity_); }

  /// Waits for the next line. The line before it ends here: under AddressSanitizer its bytes are poisoned, so that a
  /// view that was kept is caught.
  [[nodiscard]] status next() {
    retire();
    bool drained = false;
    for (;;) {
      if (has_line()) {
        const auto end = static_cast<std::size_t>(std::exchange(newline_, nullptr) - data_.get());
        const std::size_t start = std::exchange(begin_, end + 1);
        scanned_ = begin_;
        return drained ? status::too_long : take(start, end);
      }
      if (end_ - begin_ > max_line_bytes_ || drained) {
        drained = true;
        rewind();
      }
      if (at_end_) {
        if (drained) return status::too_long;
        if (error_ != 0) return status::failed;
        if (begin_ == end_) return status::end;
        const std::size_t start = std::exchange(begin_, end_);
        return take(start, end_);
      }
      fill();
    }
  }

  /// The line that next() found, without its '\n'. Valid until the next call of next().
  [[nodiscard]] std::string_view line() const noexcept { return line_; }

  /// Whether next() would find a whole line without reading.
  [[nodiscard]] bool has_line() noexcept {
    if (newline_ == nullptr && scanned_ != end_) {
      newline_ = static_cast<const char*>(std::memchr(data_.get() + scanned_, '\n', end_ - scanned_));
      if (newline_ == nullptr) scanned_ = end_;
    }
    return newline_ != nullptr;
  }

  /// Whether the input is known to have ended: what next() gave last had no newline behind it, or was the end.
  [[nodiscard]] bool at_end() const noexcept { return at_end_; }

  /// After status::failed, the errno of read(2).
  [[nodiscard]] int error() const noexcept { return error_; }

 private:
  static constexpr std::size_t first_bytes = std::size_t{64} << 10U;

  status take(std::size_t start, std::size_t end) {
    if (end - start > max_line_bytes_) return status::too_long;
    line_ = {data_.get() + start, end - start};
    return status::line;
  }

  void retire() {
    detail::poison(line_.data(), line_.size());
    line_ = {};
    if (begin_ != end_) return;
    rewind();
    if (capacity_ > kept_bytes) {
      data_.reset();
      capacity_ = 0;
    }
  }

  void rewind() {
    detail::unpoison(data_.get(), capacity_);
    begin_ = scanned_ = end_ = 0;
  }

  // Makes room behind end_ and reads once.
  void fill() {
    if (end_ == capacity_) make_room();
    const auto count = read(data_.get() + end_, capacity_ - end_);
    if (count > 0) {
      end_ += static_cast<std::size_t>(count);
    } else {
      at_end_ = true;
      if (count < 0) error_ = errno;
    }
  }

  void make_room() {
    const std::size_t size = end_ - begin_;
    detail::unpoison(data_.get(), capacity_);
    if (begin_ > 0 && size <= capacity_ / 2) {
      std::memmove(data_.get(), data_.get() + begin_, size);
    } else {
      // One byte over the limit is enough to know that a line is too long.
      const std::size_t limit = std::max(max_line_bytes_ + 1, first_bytes);
      const std::size_t capacity = std::clamp(capacity_ * 2, first_bytes, std::max(limit, size + first_bytes));
      auto larger = std::make_unique_for_overwrite<char[]>(capacity + padding);
      if (size != 0) std::memcpy(larger.get(), data_.get() + begin_, size);
      data_ = std::move(larger);
      capacity_ = capacity;
    }
    scanned_ -= begin_;
    end_ = size;
    begin_ = 0;
  }

  ssize_t read(char* to, std::size_t count) {
    if (fd_ >= 0) return detail::retry(fd_, POLLIN, [&] { return ::read(fd_, to, count); });
    count = text_.copy(to, count);
    text_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }

  int fd_ = -1;
  std::string_view text_;
  std::size_t max_line_bytes_;

  // Behind capacity_ there are `padding` more bytes. [begin_, end_) is what no line took yet. The first newline in it
  // is at newline_, or, where that is null, not before scanned_.
  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t scanned_ = 0;
  const char* newline_ = nullptr;
  std::string_view line_;
  bool at_end_ = false;
  int error_ = 0;
};

}  // namespace v0
}  // namespace lambda_proc
