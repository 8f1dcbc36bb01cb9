#pragma once
// SPDX-License-Identifier: MIT
// Writes whole replies to a descriptor or to memory. The line channel writes with it.

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
  /// Writes to memory: text() has everything.
  reply_writer() = default;
  /// Writes to a descriptor, blocking or not. The caller closes it. SIGPIPE must be ignored or handled, or the process
  /// ends when the host is gone.
  explicit reply_writer(int fd) : fd_(fd) {}

  /// Writes all of text, with as many calls of write(2) as that takes. False if write(2) fails: error() is its errno
  /// (EPIPE means that the host is gone), and further calls write nothing.
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
