#pragma once
// SPDX-License-Identifier: MIT
// Tells a program that waits for the runtime API that SIGTERM was received. run_runtime_api() has one.

#include <lambda_proc/io/system.hpp>
#include <lambda_proc/process/sealed_streams.hpp>

#include <array>

#include <fcntl.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A pipe whose read end, event(), becomes readable when SIGTERM is received: stop_signal then makes end_of_input() a
/// duplicate of null(), which closes the only write end.
class stop_event {
 public:
  [[gnu::cold]] explicit stop_event(start_check& check) {
    check(::pipe(ends_.data()), "a pipe for SIGTERM");
    null_ = check(open_ended(), "a descriptor without requests");
    for (const int fd : {ends_[0], ends_[1], null_}) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  stop_event(const stop_event&) = delete;
  stop_event& operator=(const stop_event&) = delete;
  [[gnu::cold]] ~stop_event() {
    for (const int fd : {ends_[0], ends_[1], null_}) {
      if (fd >= 0) ::close(fd);
    }
  }

  [[nodiscard]] int event() const noexcept { return ends_[0]; }
  [[nodiscard]] int end_of_input() const noexcept { return ends_[1]; }
  [[nodiscard]] int null() const noexcept { return null_; }

 private:
  std::array<int, 2> ends_{-1, -1};
  int null_ = -1;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
