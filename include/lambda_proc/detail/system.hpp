#pragma once
// SPDX-License-Identifier: MIT
// System calls that are tried again: the reader and the writers share the rule.

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string_view>

#include <poll.h>
#include <sys/types.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Repeats call(), which answers as read(2) and write(2) do, while it is interrupted; on a non-blocking descriptor,
/// waits for `ready` (POLLIN, POLLOUT).
template <class Call>
ssize_t retry(int fd, short ready, Call call) {
  for (;;) {
    const ssize_t count = call();
    if (count >= 0) return count;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd waiting{.fd = fd, .events = ready, .revents = 0};
      ::poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      return count;
    }
  }
}

/// Writes what a descriptor takes within `patience_ms` for each piece; async-signal-safe. False: not all of it.
inline bool write_bounded(int fd, std::string_view text, int patience_ms = 1000) noexcept {
  // Not more at a time than a pipe takes whole: a blocking write of it can't hang after poll(2) said yes.
  constexpr std::size_t piece = 4096;
  while (!text.empty()) {
    pollfd ready{.fd = fd, .events = POLLOUT, .revents = 0};
    const int found = ::poll(&ready, 1, patience_ms);
    if (found < 0 && errno == EINTR) continue;
    if (found <= 0) return false;
    const auto count = ::write(fd, text.data(), std::min(piece, text.size()));
    if (count < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
