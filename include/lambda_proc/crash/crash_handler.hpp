#pragma once
// SPDX-License-Identifier: MIT
// What a process does when it crashes in a handler: it answers the in-flight requests, logs one record that says where
// it was, and lets the signal do its default work. run() installs it.

#include <lambda_proc/crash/crash_message.hpp>
#include <lambda_proc/crash/crash_record.hpp>
#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_thread.hpp>
#include <lambda_proc/crash/serving_threads.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <exception>

#include <pthread.h>
#include <time.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Handles crash signals, std::terminate and exit() while it lives. At most one at a time.
class crash_handler {
 public:
  /// `threads` are all threads that serve requests; `responder` knows which replies are still to be sent.
  [[gnu::cold]] crash_handler(const any_wire& wire, int reply_fd, serving_threads& threads, crash_responder responder,
                              start_check& check)
      : wire_(wire), reply_fd_(reply_fd), threads_(threads), responder_(responder), process_(::getpid()) {
    register_exits(threads.size());
    current().store(this);
    struct sigaction action = {};
    ::sigfillset(&action.sa_mask);
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    action.sa_sigaction = &on_signal;
    for (std::size_t i = 0; i < crash_signals.size(); ++i) {
      check(::sigaction(crash_signals[i].first, &action, &old_actions_[i]), "a signal handler");
    }
    old_terminate_ = std::set_terminate(&on_terminate);
  }
  crash_handler(const crash_handler&) = delete;
  crash_handler& operator=(const crash_handler&) = delete;
  [[gnu::cold]] ~crash_handler() {
    current().store(nullptr);
    for (std::size_t i = 0; i < crash_signals.size(); ++i) {
      ::sigaction(crash_signals[i].first, &old_actions_[i], nullptr);
    }
    std::set_terminate(old_terminate_);
  }

 private:
  // Signal handlers take no user data, so their state is a static.
  static std::atomic<crash_handler*>& current() noexcept {
    static constinit std::atomic<crash_handler*> installed = nullptr;
    return installed;
  }

  // Null in a child that the handler forked: it inherits these signal handlers, but must not answer.
  static crash_handler* current_here() noexcept {
    crash_handler* const self = current().load();
    return self != nullptr && self->process_ == ::getpid() ? self : nullptr;
  }

  // Registers only once in a process, since atexit(3) can't be undone, and then once for each thread: if several
  // threads call exit(3), each goes on to the next registered function while the first thread is still in its own.
  [[gnu::cold]] static void register_exits(std::size_t threads) {
    static const bool registered = [threads] {
      bool good = true;
      for (std::size_t i = 0; i < threads; ++i) {
        good = std::atexit(&at_exit) == 0 && good;
#ifndef __APPLE__  // macOS has no quick_exit
        good = std::at_quick_exit(&at_exit) == 0 && good;
#endif
      }
      return good;
    }();
    static_cast<void>(registered);  // if it failed, an exit in a handler sends no reply, as in any program
  }

  [[gnu::cold]] static void on_signal(int signal, siginfo_t* info, void*) {
    const int saved_errno = errno;
    crash_handler* const self = current_here();
    if (self == nullptr || self->crash(signal, *info)) resume_old_action(signal, *info);
    errno = saved_errno;
  }

  [[gnu::cold]] static void at_exit() {
    crash_handler* const self = current_here();
    if (self == nullptr) return;
    if (self->threads_.claim_end()) {
      self->message_.describe_exit();
      self->finish(0);
    } else if (!self->threads_.has_claimed_end()) {
      self->wait_until_reported();
    }
  }

  [[gnu::cold]] static void on_terminate() {
    std::terminate_handler old = nullptr;
    if (crash_handler* const self = current().load()) {
      old = self->old_terminate_;
      if (current_here() != nullptr && self->threads_.claim_end()) {
        self->message_.describe_terminate();
        self->finish(SIGABRT);
      }
    }
    if (old != nullptr) old();
    std::abort();
  }

  // Does what the signal would have done without this handler: the previous action, or the default one.
  [[gnu::cold]] static void resume_old_action(int signal, const siginfo_t& info) noexcept {
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    if (const crash_handler* const self = current().load()) {
      for (std::size_t i = 0; i < crash_signals.size(); ++i) {
        if (crash_signals[i].first == signal) action = self->old_actions_[i];
      }
    }
    ::sigaction(signal, &action, nullptr);
    // When this signal handler returns the fault is raised again, with all the details that a debugger or sanitizer
    // needs.
    if (is_fault(signal, info)) return;
    sigset_t this_one;
    ::sigemptyset(&this_one);
    ::sigaddset(&this_one, signal);
    ::pthread_kill(::pthread_self(), signal);
    ::pthread_sigmask(SIG_UNBLOCK, &this_one, nullptr);
  }

  // Returns false if this thread did not crash but was told to stop, and will do so at the end of its critical section.
  [[gnu::cold]] bool crash(int signal, const siginfo_t& info) noexcept {
    if (threads_.claim_end()) {
      message_.describe_signal(signal, info);
      finish(signal);
      return true;
    }
    // A second crash during the exit: in the destructor of a static object, or in a terminate handler.
    if (threads_.has_claimed_end()) return true;
    const bool told_to_stop = signal == serving_threads::stop_signal_number && !is_fault(signal, info);
    serving_thread* const thread = threads_.this_thread();
    if (thread == nullptr) {
      wait_until_reported();
      return !told_to_stop;
    }
    if (told_to_stop && thread->is_in_critical_section()) return false;
    thread->park();
  }

  [[gnu::cold]] void finish(int signal) noexcept {
    const bool can_reply = threads_.stop_others() || !responder_.shares_stream;
    const request* const in_flight = threads_.in_flight();
    // If the host takes a reply as the end of a request's log, the record comes first. Otherwise the reply is more
    // important.
    const bool log_first = wire_.traits.stray_output == stray_output::untouched;
    // An exit between requests is not a crash.
    const bool log = signal != 0 || in_flight != nullptr;
    if (log && log_first) record_.write(signal, message_.view(), in_flight);
    if (can_reply) {
      crash_replies replies(wire_, reply_fd_, message_.view());
      responder_.send(responder_.channel, replies);
    }
    if (log && !log_first) record_.write(signal, message_.view(), in_flight);
    reported_.store(true);
  }

  // This always ends, because everything in finish() has a time limit.
  void wait_until_reported() const noexcept {
    while (!reported_.load()) {
      const timespec pause{.tv_sec = 0, .tv_nsec = 1'000'000};
      ::nanosleep(&pause, nullptr);
    }
  }

  const any_wire& wire_;
  int reply_fd_;
  serving_threads& threads_;
  crash_responder responder_;
  pid_t process_;
  crash_message message_;
  crash_record record_;
  std::atomic<bool> reported_ = false;
  std::array<struct sigaction, crash_signals.size()> old_actions_;
  std::terminate_handler old_terminate_ = nullptr;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
