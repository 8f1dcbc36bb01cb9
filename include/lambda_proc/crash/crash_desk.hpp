#pragma once
// SPDX-License-Identifier: MIT
// What a process does when it crashes in a handler: the requests in hand are answered, one record tells where it was,
// and the crash takes its course. run() installs it.

#include <lambda_proc/crash/crash_mark.hpp>
#include <lambda_proc/crash/crash_marks.hpp>
#include <lambda_proc/crash/crash_message.hpp>
#include <lambda_proc/crash/crash_record.hpp>
#include <lambda_proc/crash/last_words.hpp>
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

/// Waits for the worst while it lives. At most one at a time.
class crash_desk {
 public:
  /// `marks` speak for all threads that serve, `speaker` for what they have to say.
  crash_desk(const any_wire& wire, int reply_fd, crash_marks& marks, last_speaker speaker, start_check& check)
      : wire_(wire), reply_fd_(reply_fd), marks_(marks), speaker_(speaker), process_(::getpid()) {
    register_exits(marks.size());
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
  crash_desk(const crash_desk&) = delete;
  crash_desk& operator=(const crash_desk&) = delete;
  ~crash_desk() {
    current().store(nullptr);
    for (std::size_t i = 0; i < crash_signals.size(); ++i) {
      ::sigaction(crash_signals[i].first, &old_actions_[i], nullptr);
    }
    std::set_terminate(old_terminate_);
  }

 private:
  // A signal handler is given nothing, so what it needs has to be found.
  static std::atomic<crash_desk*>& current() noexcept {
    static constinit std::atomic<crash_desk*> desk = nullptr;
    return desk;
  }

  // A child that the handler forked has all of this as well, and nothing to say here.
  static crash_desk* current_here() noexcept {
    crash_desk* const desk = current().load();
    return desk != nullptr && desk->process_ == ::getpid() ? desk : nullptr;
  }

  // Once for each process: what is registered there can't be taken back. Several threads may call exit at the same
  // time, and while the first is in a function that was registered, the others go on with the next: so there is one for
  // each.
  static void register_exits(std::size_t threads) {
    static const bool registered = [threads] {
      bool good = true;
      for (std::size_t i = 0; i < threads; ++i) {
        good = std::atexit(&at_exit) == 0 && good;
#ifndef __APPLE__  // which has no quick_exit
        good = std::at_quick_exit(&at_exit) == 0 && good;
#endif
      }
      return good;
    }();
    static_cast<void>(registered);  // without them, an exit in a handler is silent, as in any program
  }

  static void on_signal(int signal, siginfo_t* info, void*) {
    const int saved_errno = errno;
    crash_desk* const desk = current_here();
    if (desk == nullptr || desk->crash(signal, *info)) take_course(signal, *info);
    errno = saved_errno;
  }

  static void at_exit() {
    crash_desk* const desk = current_here();
    if (desk == nullptr) return;
    if (desk->marks_.claim_end()) {
      desk->message_.describe_exit();
      desk->finish(0);
    } else if (!desk->marks_.is_end_mine()) {
      desk->wait_until_said();
    }
  }

  static void on_terminate() {
    std::terminate_handler old = nullptr;
    if (crash_desk* const desk = current().load()) {
      old = desk->old_terminate_;
      if (current_here() != nullptr && desk->marks_.claim_end()) {
        desk->message_.describe_terminate();
        desk->finish(SIGABRT);
      }
    }
    if (old != nullptr) old();
    std::abort();
  }

  // What would have happened without this: the action that was there before, or death.
  static void take_course(int signal, const siginfo_t& info) noexcept {
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    if (const crash_desk* const desk = current().load()) {
      for (std::size_t i = 0; i < crash_signals.size(); ++i) {
        if (crash_signals[i].first == signal) action = desk->old_actions_[i];
      }
    }
    ::sigaction(signal, &action, nullptr);
    // A fault comes again by itself when this returns, with all that a debugger or sanitizer wants to know.
    if (is_fault(signal, info)) return;
    sigset_t this_one;
    ::sigemptyset(&this_one);
    ::sigaddset(&this_one, signal);
    ::pthread_kill(::pthread_self(), signal);
    ::pthread_sigmask(SIG_UNBLOCK, &this_one, nullptr);
  }

  // False: nothing crashed here, this thread was only told to stop, and will when it has finished something.
  bool crash(int signal, const siginfo_t& info) noexcept {
    if (marks_.claim_end()) {
      message_.describe_signal(signal, info);
      finish(signal);
      return true;
    }
    // On its way out it crashed again: in the destructor of a static object, in a terminate handler.
    if (marks_.is_end_mine()) return true;
    const bool told_to_stop = signal == crash_marks::stop_number && !is_fault(signal, info);
    crash_mark* const mine = marks_.mine();
    if (mine == nullptr) {
      wait_until_said();
      return !told_to_stop;
    }
    if (told_to_stop && mine->is_busy()) return false;
    mine->park();
  }

  void finish(int signal) noexcept {
    const bool can_speak = marks_.stop_others();
    const request* const in_hand = marks_.in_hand();
    // Where the host takes a reply for the end of a request's log, the record stands before it. Elsewhere the reply is
    // what matters more.
    const bool log_first = wire_.traits.stray_output == stray_output::untouched;
    // To exit between requests is no crash.
    const bool log = signal != 0 || in_hand != nullptr;
    if (log && log_first) record_.write(signal, message_.view(), in_hand);
    if (can_speak) {
      last_words words(wire_, reply_fd_, message_.view());
      speaker_.speak(speaker_.channel, words);
    }
    if (log && !log_first) record_.write(signal, message_.view(), in_hand);
    said_.store(true);
  }

  // All that finish() does has an end.
  void wait_until_said() const noexcept {
    while (!said_.load()) {
      const timespec pause{.tv_sec = 0, .tv_nsec = 1'000'000};
      ::nanosleep(&pause, nullptr);
    }
  }

  const any_wire& wire_;
  int reply_fd_;
  crash_marks& marks_;
  last_speaker speaker_;
  pid_t process_;
  crash_message message_;
  crash_record record_;
  std::atomic<bool> said_ = false;
  std::array<struct sigaction, crash_signals.size()> old_actions_;
  std::terminate_handler old_terminate_ = nullptr;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
