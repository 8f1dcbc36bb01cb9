#pragma once
// SPDX-License-Identifier: MIT
// System calls that are tried again: the reader and the writers share the rule.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>

#include <poll.h>
#include <sys/types.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Looks at the system calls that a process begins with, and keeps the first failure. Without exceptions, since
/// programs may do without them.
class start_check {
 public:
  /// What a call gave that answers with -1 and errno; `what` it was for.
  int operator()(int answer, const char* what) {
    if (answer == -1) error(errno, what);
    return answer;
  }
  /// The same for those that return an errno, as those of pthreads do. True: it was 0.
  bool error(int number, const char* what) {
    if (number != 0 && !failed()) sentence_ = std::string(what) + ": " + std::generic_category().message(number);
    return number == 0;
  }

  [[nodiscard]] bool failed() const noexcept { return !sentence_.empty(); }
  [[nodiscard]] const std::string& sentence() const noexcept { return sentence_; }

 private:
  std::string sentence_;
};

/// Repeats call(), which answers as read(2) and write(2) do, while it is interrupted; on a non-blocking descriptor,
/// waits for `ready` (POLLIN, POLLOUT).
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

/// Waits until a descriptor takes something, or can't be waited for; not longer than that, however often it is
/// interrupted. Async-signal-safe.
inline bool wait_for_room(int fd, int patience_ms) noexcept {
  using clock = std::chrono::steady_clock;
  const auto deadline = clock::now() + std::chrono::milliseconds(patience_ms);
  pollfd room{.fd = fd, .events = POLLOUT, .revents = 0};
  for (int left = patience_ms;;) {
    const int found = ::poll(&room, 1, left);
    if (found >= 0 || errno != EINTR) return found > 0;
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
    left = static_cast<int>(std::max(rest.count(), decltype(rest.count()){0}));
  }
}

/// What write_bounded() writes at a time: not more than a pipe takes whole (PIPE_BUF), since a blocking write of it
/// can't hang after poll(2) said yes.
inline constexpr std::size_t bounded_piece = 4096;

/// Writes what a descriptor takes, with so much patience for each piece. Whether that was all. Async-signal-safe.
inline bool write_bounded(int fd, std::string_view text, int patience_ms = 1000) noexcept {
  while (!text.empty()) {
    if (!wait_for_room(fd, patience_ms)) return false;
    const auto count = ::write(fd, text.data(), std::min(bounded_piece, text.size()));
    if (count < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
