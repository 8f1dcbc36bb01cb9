#pragma once
// SPDX-License-Identifier: MIT
// Turns SIGTERM into the end of input. run() uses it; only process/ and crash/ handle signals.

#include <lambda_proc/io/system.hpp>
#include <lambda_proc/process/sealed_streams.hpp>

#include <atomic>
#include <cerrno>

#include <pthread.h>
#include <signal.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// While this object exists, SIGTERM ends the input instead of the process, and SIGPIPE does nothing. Programs that a
/// handler starts are not affected: exec resets a signal handler, but not SIG_IGN.
class stop_signal {
 public:
  /// On SIGTERM, `requests` becomes a duplicate of `null`, so that the reader finds the end of input. So the signal
  /// can't be missed between a check and a read, and a request needs no extra system call.
  [[gnu::cold]] stop_signal(int requests, int null, start_check& check) {
    state& now = current();
    now.stopped = false;
    now.requests = requests;
    now.null = null;
    now.main = ::pthread_self();
    now.reader = now.main;
    struct sigaction action = {};
    ::sigemptyset(&action.sa_mask);
    // An interrupted read(2) is restarted and finds the end of input. Those of a handler are restarted, too, but for
    // poll(2), nanosleep(2) and the like, which nothing restarts.
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

  /// For programs in which other threads read requests: a thread calls begin_reading() before it reads, so that SIGTERM
  /// interrupts its read, and end_reading() afterwards, so that a handler's system calls are not interrupted.
  static void begin_reading() noexcept { current().reader.store(::pthread_self()); }
  static void end_reading() noexcept { current().reader.store(current().main); }

  /// Does the same as SIGTERM, for a thread that finds the host gone before the reader does. Async-signal-safe.
  static void request_stop() noexcept {
    state& now = current();
    now.stopped = true;
    become_null(now.requests, now.null);
    // A read in progress still uses the original file until a signal interrupts it. Later ones find the end of input.
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
