#pragma once
// SPDX-License-Identifier: MIT
// A descriptor that is read; line_reader reads from it.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/io/busy_poller.hpp>

#include <cstddef>
#include <cstdint>

#include <sys/types.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Reads from a descriptor, blocking or not. The caller closes it.
class input_descriptor {
 public:
  input_descriptor() = default;
  explicit input_descriptor(int fd) noexcept : fd_(fd) {}

  [[nodiscard]] bool is_open() const noexcept { return fd_ >= 0; }

  /// Whether read() would return at once, with bytes, the end, or an error.
  [[nodiscard]] LAMBDA_PROC_SEAM bool is_readable() const noexcept;

  /// Waits with this poller from now on. It must outlive this.
  void poll_with(busy_poller& poller) noexcept { poller_ = &poller; }

  /// Like read(2), but is not interrupted, and waits for input even if the descriptor is non-blocking. Not inline: the
  /// reader's path for lines that it has already would get slower.
  [[gnu::noinline]] LAMBDA_PROC_SEAM ssize_t read(char* to, std::size_t size);

 private:
  // Ways to read without waiting. None of them sets O_NONBLOCK, which would change the descriptor for all processes
  // that share it. What fails is not tried again: only sockets can recv, and only newer kernels know RWF_NOWAIT for
  // pipes.
  enum class attempt : std::uint8_t { recv, preadv2, poll };

  LAMBDA_PROC_SEAM ssize_t wait_and_read(char* to, std::size_t size);
  LAMBDA_PROC_SEAM ssize_t read_now(char* to, std::size_t size);

  int fd_ = -1;
  attempt attempt_ = attempt::recv;
  busy_poller* poller_ = nullptr;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/io/input_descriptor_definitions.hpp>
#endif
