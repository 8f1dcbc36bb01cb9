#pragma once
// SPDX-License-Identifier: MIT
// The process's standard streams: the protocol moves to private descriptors, so that a handler's output can't corrupt
// it. run() uses it.

#include <lambda_proc/io/forked_copy.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Opens a descriptor that is always at end of file for readers and rejects writes. It is not a file, because the root
/// file system may have no /dev/null. Returns -1 and sets errno if there are no descriptors left.
[[gnu::cold]] inline int open_ended() noexcept {
  int ends[2];
  if (::pipe(ends) != 0) return -1;
  ::close(ends[1]);
  return ends[0];
}

/// Opens a descriptor that discards what is written, or rejects it if there is no /dev/null. Returns -1 and sets errno
/// if there are no descriptors left.
[[gnu::cold]] inline int open_sink() noexcept {
  const int sink = ::open("/dev/null", O_WRONLY);
  return sink != -1 ? sink : open_ended();
}

/// Makes `fd` a close-on-exec duplicate of `null`. Async-signal-safe.
[[gnu::cold]] inline void become_null(int fd, int null) noexcept {
  ::dup2(null, fd);
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/// Opens descriptors 0, 1 and 2 if they are closed. Otherwise the next file that is opened would get one of these
/// numbers and be used as a standard stream.
[[gnu::cold]] inline void reserve_standard_streams(start_check& check) {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) != -1) continue;
    // Both open the lowest free number, which is fd.
    check(fd == STDIN_FILENO ? open_ended() : open_sink(), "the standard streams");
  }
}

/// The protocol's descriptors, moved to private numbers. A handler's printf, std::cout and write(1, …) then go to
/// stderr, stdin is at its end, and child processes don't inherit the protocol's descriptors, not even forked ones.
class sealed_streams {
 public:
  /// Takes over descriptor 0, the descriptor for replies and, for stray_output::to_log_file, `log_fd`. All must be
  /// open.
  [[gnu::cold]] sealed_streams(int reply_fd, stray_output stray, int log_fd, start_check& check) {
    requests_ = check(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, first_private_fd), "a descriptor for requests");
    replies_ = check(::fcntl(reply_fd, F_DUPFD_CLOEXEC, first_private_fd), "a descriptor for replies");
    null_ = check(open_ended(), "a descriptor without requests");
    ::fcntl(null_, F_SETFD, FD_CLOEXEC);
    check(::dup2(null_, STDIN_FILENO), "stdin");
    if (stray == stray_output::to_log_file) {
      check(::dup2(log_fd, STDERR_FILENO), "stderr");
      ::close(log_fd);
    }
    if (stray != stray_output::untouched) check(::dup2(STDERR_FILENO, STDOUT_FILENO), "stdout");
    if (reply_fd > STDERR_FILENO) ::close(reply_fd);
    enlarge(requests_);
    enlarge(replies_);
    static const int atfork_error = ::pthread_atfork(nullptr, nullptr, &disconnect_forked_copy);
    check.error(atfork_error, "pthread_atfork");
    is_forked_copy() = false;
    in_use() = this;
  }
  sealed_streams(const sealed_streams&) = delete;
  sealed_streams& operator=(const sealed_streams&) = delete;
  [[gnu::cold]] ~sealed_streams() {
    in_use() = nullptr;
    for (const int fd : {requests_, replies_, null_}) {
      if (fd >= 0) ::close(fd);
    }
  }

  [[nodiscard]] int requests() const noexcept { return requests_; }
  [[nodiscard]] int replies() const noexcept { return replies_; }
  /// A descriptor that is always at the end of input.
  [[nodiscard]] int null() const noexcept { return null_; }

  /// Whether the requests come from a regular file, so that no host waits for each reply.
  [[nodiscard]] bool requests_are_a_file() const noexcept {
    struct stat status;
    return ::fstat(requests_, &status) == 0 && S_ISREG(status.st_mode);
  }

 private:
  // Higher than the descriptors of a program's own files, so that the output of strace and lsof is easier to read.
  static constexpr int first_private_fd = 10;

  // pthread_atfork(3) passes no user data, so this is a static.
  static const sealed_streams*& in_use() noexcept {
    static constinit const sealed_streams* streams = nullptr;
    return streams;
  }

  // Runs in a child that a handler forked. Without exec it would keep the host's pipes open, and if it returned from
  // the handler it would reply a second time. Now it finds no requests, and its replies are rejected.
  [[gnu::cold]] static void disconnect_forked_copy() noexcept {
    if (in_use() == nullptr) return;
    is_forked_copy() = true;
    for (const int fd : {in_use()->requests_, in_use()->replies_}) {
      if (fd >= 0) become_null(fd, in_use()->null_);
    }
  }

  // A message larger than the pipe's buffer costs a context switch for each part. A refusal by the kernel is not an
  // error.
  [[gnu::cold]] static void enlarge(int fd) {
    constexpr int bytes = 1 << 20;
#ifdef F_SETPIPE_SZ
    if (::fcntl(fd, F_SETPIPE_SZ, bytes) >= 0) return;
#endif
    ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
  }

  int requests_ = -1;
  int replies_ = -1;
  int null_ = -1;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
