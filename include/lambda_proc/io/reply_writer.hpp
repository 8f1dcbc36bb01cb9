#pragma once
// SPDX-License-Identifier: MIT
// Replies to a descriptor or to memory, whole; the line channel writes with it.

#include <lambda_proc/io/system.hpp>

#include <optional>
#include <string>
#include <string_view>

#include <poll.h>
#include <unistd.h>
#include <cerrno>

namespace lambda_proc {
inline namespace v0 {

/// Where replies go: a descriptor, or memory.
class reply_writer {
 public:
  /// Keeps what is written: text() is all of it.
  reply_writer() = default;
  /// Writes to a descriptor, blocking or not; it stays the caller's to close. SIGPIPE must be ignored, or a host
  /// that is gone ends the process.
  explicit reply_writer(int fd) : fd_(fd) {}

  /// Writes all of text, however many calls of write(2) that takes. False when the host is gone, or write(2) fails
  /// otherwise: error() is its errno (EPIPE: gone), and nothing is written any more.
  bool write(std::string_view text) {
    if (!fd_) {
      text_ += text;
      return true;
    }
    while (!text.empty() && error_ == 0) {
      const auto count = detail::retry(*fd_, POLLOUT, [&] { return ::write(*fd_, text.data(), text.size()); });
      if (count < 0) {
        error_ = errno;
      } else {
        text.remove_prefix(static_cast<std::size_t>(count));
      }
    }
    return error_ == 0;
  }

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] int error() const noexcept { return error_; }

 private:
  std::optional<int> fd_;
  int error_ = 0;
  std::string text_;
};

}  // namespace v0
}  // namespace lambda_proc
