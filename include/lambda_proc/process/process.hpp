#pragma once
// SPDX-License-Identifier: MIT
// The process's descriptors and signals. run() uses it; only process/ and crash/ touch them.

#include <lambda_proc/io/forked_copy.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <atomic>
#include <cerrno>
#include <csignal>

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
/// likewise.
[[gnu::cold]] inline int open_sink() noexcept {
  const int sink = ::open("/dev/null", O_WRONLY);
  return sink != -1 ? sink : open_ended();
}

/// Makes `fd` a duplicate of `null`. Async-signal-safe.
[[gnu::cold]] inline void become_null(int fd, int null) noexcept {
  ::dup2(null, fd);
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/// Opens descriptors 0, 1 and 2 if they are closed. Otherwise the next file that is opened would get one of these
/// numbers and be used as a standard stream.
[[gnu::cold]] inline void reserve_standard_streams(start_check& check) {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) != -1) continue;
    // Both return the lowest free number, which is fd.
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
    static const int not_watching = ::pthread_atfork(nullptr, nullptr, &leave_to_parent);
    check.error(not_watching, "pthread_atfork");
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
  // the handler it would reply a second time. With these descriptors it finds no requests, and its replies go nowhere.
  [[gnu::cold]] static void leave_to_parent() noexcept {
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

/// While it lives, SIGTERM ends the requests instead of the process, and SIGPIPE does nothing. Programs that a handler
/// starts are not affected: unlike SIG_IGN, a signal handler is reset by exec.
class stop_signal {
 public:
  /// On SIGTERM, `requests` becomes a duplicate of `null`, so that the reader finds the end of input. The signal can't
  /// be missed between a check and a read, and requests need no extra system call.
  [[gnu::cold]] stop_signal(int requests, int null, start_check& check) {
    state& now = current();
    now.stopped = false;
    now.requests = requests;
    now.null = null;
    now.main = ::pthread_self();
    now.reader = now.main;
    struct sigaction action = {};
    ::sigemptyset(&action.sa_mask);
    // An interrupted read(2) is restarted and finds the end of input; a handler's own system calls are not interrupted.
    action.sa_flags = SA_RESTART;
    action.sa_handler = &on_sigterm;
    check(::sigaction(SIGTERM, &action, &old_sigterm_), "SIGTERM");
    check(::sigaction(SIGPIPE, nullptr, &old_sigpipe_), "SIGPIPE");
    action.sa_handler = old_sigpipe_.sa_handler == SIG_IGN ? SIG_IGN : [](int) {};
    check(::sigaction(SIGPIPE, &action, nullptr), "SIGPIPE");
  }
  stop_signal(const stop_signal&) = delete;
  stop_signal& operator=(const stop_signal&) = delete;
  [[gnu::cold]] ~stop_signal() {
    ::sigaction(SIGTERM, &old_sigterm_, nullptr);
    ::sigaction(SIGPIPE, &old_sigpipe_, nullptr);
  }

  /// For programs in which other threads read requests: call begin_reading() in a thread that is about to read, and
  /// end_reading() before it ends.
  static void begin_reading() noexcept { current().reader.store(::pthread_self()); }
  static void end_reading() noexcept { current().reader.store(current().main); }

  /// Does the same as SIGTERM, for threads that learn of the end before the reader does. Async-signal-safe.
  static void request_stop() noexcept {
    state& now = current();
    now.stopped = true;
    become_null(now.requests, now.null);
    // A read in progress keeps using the original file until a signal interrupts its thread; later ones find the end.
    const pthread_t reader = now.reader.load();
    if (::pthread_equal(::pthread_self(), reader) != 0) return;
    ::pthread_kill(reader, SIGTERM);  // NOLINT(bugprone-bad-signal-to-kill-thread,cert-pos44-c): only wakes it
  }

  /// True once SIGTERM was received.
  [[nodiscard]] const std::atomic<bool>* stopped() const noexcept { return &current().stopped; }

 private:
  struct state {
    std::atomic<bool> stopped;  // another thread's read would race with a sig_atomic_t
    static_assert(std::atomic<bool>::is_always_lock_free);
    int requests;
    int null;
    pthread_t main;
    std::atomic<pthread_t> reader;
  };

  // Signal handlers take no user data, so their state is a static.
  static state& current() noexcept {
    static constinit state now{};
    return now;
  }

  [[gnu::cold]] static void on_sigterm(int) {
    const int saved_errno = errno;
    request_stop();
    errno = saved_errno;
  }

  struct sigaction old_sigterm_;
  struct sigaction old_sigpipe_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
