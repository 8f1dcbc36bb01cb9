#pragma once
// SPDX-License-Identifier: MIT
// System calls with retries and time limits; the reader and the writers share them.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Checks the system calls at the start of a process and keeps the first failure. Without exceptions, since programs
/// may be compiled without them.
class start_check {
 public:
  /// Checks and returns the result of a call that reports failure as -1 and errno. `what` names the purpose of the
  /// call, for the message.
  int operator()(int answer, const char* what) {
    if (answer == -1) error(errno, what);
    return answer;
  }
  /// The same for calls that return an errno, like those of pthreads. True if it was 0.
  [[gnu::cold]] bool error(int number, const char* what) {
    if (number != 0 && !failed()) sentence_ = std::string(what) + ": " + std::generic_category().message(number);
    return number == 0;
  }

  [[nodiscard]] bool failed() const noexcept { return !sentence_.empty(); }
  [[nodiscard]] const std::string& sentence() const noexcept { return sentence_; }

 private:
  std::string sentence_;
};

/// Text as a piece for writev(2) and sendmsg(2), which don't change it.
inline iovec to_iovec(std::string_view text) noexcept { return {const_cast<char*>(text.data()), text.size()}; }

/// Repeats call(), which returns what read(2) or write(2) returns, while it is interrupted. On a non-blocking
/// descriptor, waits for `ready` (POLLIN, POLLOUT).
template <class Call>
ssize_t retry(int fd, short ready, Call call) {
  for (;;) {
    const ssize_t count = call();
    if (count >= 0) return count;
    static_assert(EAGAIN == EWOULDBLOCK);
    if (errno == EAGAIN) {
      pollfd waiting{.fd = fd, .events = ready, .revents = 0};
      ::poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      return count;
    }
  }
}

/// The beginning of a file, as much as the buffer holds. Empty if the file can't be read.
inline std::string_view read_head(const char* path, std::span<char> buffer) noexcept {
  const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  const auto size = ::read(fd, buffer.data(), buffer.size());
  ::close(fd);
  return {buffer.data(), static_cast<std::size_t>(std::max(size, ssize_t{0}))};
}

/// Waits until a descriptor is writable or has failed, so that the next write won't block. Returns false after the time
/// limit, which holds however often the wait is interrupted. Async-signal-safe.
inline bool wait_until_writable(int fd, int time_limit_ms) noexcept {
  using clock = std::chrono::steady_clock;
  const auto deadline = clock::now() + std::chrono::milliseconds(time_limit_ms);
  pollfd room{.fd = fd, .events = POLLOUT, .revents = 0};
  for (int left = time_limit_ms;;) {
    const int found = ::poll(&room, 1, left);
    if (found >= 0 || errno != EINTR) return found > 0;
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
    left = static_cast<int>(std::max(rest.count(), decltype(rest.count()){0}));
  }
}

/// The most that write_bounded() writes at once: what a pipe accepts as a whole (PIPE_BUF), so that a blocking write
/// can't hang once poll(2) has reported it writable.
inline constexpr std::size_t bounded_write_bytes = 4096;

/// Writes text with a time limit for each part of it. True if all was written. Async-signal-safe.
inline bool write_bounded(int fd, std::string_view text, int time_limit_ms = 1000) noexcept {
  while (!text.empty()) {
    if (!wait_until_writable(fd, time_limit_ms)) return false;
    const auto count = ::write(fd, text.data(), std::min(bounded_write_bytes, text.size()));
    if (count < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
