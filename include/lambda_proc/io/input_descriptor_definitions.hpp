#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind input_descriptor.hpp.

#include <lambda_proc/core/function_ref.hpp>
#include <lambda_proc/io/input_descriptor.hpp>
#include <lambda_proc/io/system.hpp>

#include <cstddef>

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <cerrno>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

bool input_descriptor::is_readable() const noexcept {
  pollfd input{.fd = fd_, .events = POLLIN, .revents = 0};
  return ::poll(&input, 1, 0) > 0;
}

ssize_t input_descriptor::read(char* to, std::size_t size) {
  if (poller_ == nullptr) return wait_and_read(to, size);
  ssize_t count = 0;
  const auto try_now = [&] {
    count = read_now(to, size);
    return count >= 0 || (errno != EAGAIN && errno != EINTR);
  };
  const auto sleep = [&] { count = wait_and_read(to, size); };
  poller_->wait(function_ref<bool()>(try_now), function_ref<void()>(sleep));
  return count;
}

ssize_t input_descriptor::wait_and_read(char* to, std::size_t size) {
  return retry(fd_, POLLIN, [&] { return ::read(fd_, to, size); });
}

// Polling with the read itself, where possible: asking poll(2) first costs a system call more.
ssize_t input_descriptor::read_now(char* to, std::size_t size) {
  if (attempt_ == attempt::recv) {
    const ssize_t count = ::recv(fd_, to, size, MSG_DONTWAIT);
    if (count >= 0 || errno != ENOTSOCK) return count;
    attempt_ = attempt::preadv2;
  }
#ifdef RWF_NOWAIT
  if (attempt_ == attempt::preadv2) {
    const iovec buffer{.iov_base = to, .iov_len = size};
    const ssize_t count = ::preadv2(fd_, &buffer, 1, -1, RWF_NOWAIT);
    if (count >= 0 || errno == EAGAIN || errno == EINTR) return count;
    attempt_ = attempt::poll;
  }
#endif
  if (is_readable()) return ::read(fd_, to, size);
  errno = EAGAIN;
  return -1;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
