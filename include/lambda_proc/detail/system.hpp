#pragma once
// SPDX-License-Identifier: MIT
// System calls that are tried again: the reader and the writers share the rule.

#include <poll.h>
#include <sys/types.h>
#include <cerrno>

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

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
