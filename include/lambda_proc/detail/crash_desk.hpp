#pragma once
// SPDX-License-Identifier: MIT
// What a process does when it crashes in a handler: the request in hand is answered, one record tells where it was, and
// the crash takes its course. run() installs it.

#include <lambda_proc/detail/crash_mark.hpp>
#include <lambda_proc/detail/crash_record.hpp>
#include <lambda_proc/detail/last_words.hpp>
#include <lambda_proc/detail/type_name.hpp>
#include <lambda_proc/json_writer.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <exception>
#include <memory>
#include <string_view>

#include <pthread.h>
#include <time.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// While an alternate stack lives, signal handlers have one even where the thread's own has overflowed.
class alternate_stack {
 public:
  alternate_stack() : memory_(std::make_unique_for_overwrite<char[]>(bytes)) {
    const stack_t mine{.ss_sp = memory_.get(), .ss_flags = 0, .ss_size = bytes};
    ::sigaltstack(&mine, &old_);
  }
  alternate_stack(const alternate_stack&) = delete;
  alternate_stack& operator=(const alternate_stack&) = delete;
  ~alternate_stack() { ::sigaltstack(&old_, nullptr); }

 private:
  static constexpr std::size_t bytes = std::size_t{64} << 10U;
  std::unique_ptr<char[]> memory_;
  stack_t old_;
};

/// Waits for the worst while it lives. At most one at a time.
class crash_desk {
 public:
  crash_desk(const any_wire& wire, int reply_fd) : words_(wire, reply_fd), process_(::getpid()) {
    prepare_backtrace();
    register_exits();
  }
  crash_desk(const crash_desk&) = delete;
  crash_desk& operator=(const crash_desk&) = delete;
  ~crash_desk() {
    if (current().exchange(nullptr) == nullptr) return;
    for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i].number, &old_actions_[i], nullptr);
    std::set_terminate(old_terminate_);
  }

  [[nodiscard]] const std::atomic<bool>& dying() const noexcept { return dying_; }
  [[nodiscard]] last_words& words() noexcept { return words_; }

  /// Begins to watch: `marks` speak for all threads that serve, `speaker` for what they have to say.
  void open(std::deque<crash_mark>& marks, last_speaker speaker) {
    marks_ = &marks;
    speaker_ = speaker;
    current().store(this);
    struct sigaction action = {};
    ::sigfillset(&action.sa_mask);
    // Not the alarm that ends a backtrace which hangs.
    ::sigdelset(&action.sa_mask, SIGALRM);
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    action.sa_sigaction = &on_signal;
    for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i].number, &action, &old_actions_[i]);
    old_terminate_ = std::set_terminate(&on_terminate);
  }

 private:
  struct named_signal {
    int number;
    std::string_view name;
  };
  static constexpr std::array<named_signal, 5> signals{
      {{SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"}, {SIGFPE, "SIGFPE"}, {SIGILL, "SIGILL"}, {SIGABRT, "SIGABRT"}}};

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

  // Once for each process: what is registered there can't be taken back.
  static void register_exits() {
    static const bool registered = [] {
      // NOLINTNEXTLINE(cert-err33-c): without them, an exit in a handler is silent, as in any program.
      return std::atexit(&on_exit) == 0 && std::at_quick_exit(&on_exit) == 0;
    }();
    static_cast<void>(registered);
  }

  static void on_signal(int signal, siginfo_t* info, void*) {
    const int saved_errno = errno;
    if (crash_desk* const desk = current_here()) desk->die(signal, info);
    take_course(signal, info);
    errno = saved_errno;
  }

  static void on_exit() {
    crash_desk* const desk = current_here();
    if (desk == nullptr || desk->dying_.exchange(true)) return;
    if (desk->nothing_in_hand()) return;
    desk->describe("the process ended: exit was called");
    desk->speak(SIGABRT);
  }

  static void on_terminate() {
    if (crash_desk* const desk = current_here()) desk->describe_exception();
    const auto old = current().load() != nullptr ? current().load()->old_terminate_ : nullptr;
    if (old != nullptr) old();
    std::abort();
  }

  // What would have happened without this: the action that was there before, or death.
  static void take_course(int signal, const siginfo_t* info) noexcept {
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    if (const crash_desk* const desk = current().load()) {
      for (std::size_t i = 0; i < signals.size(); ++i) {
        if (signals[i].number == signal) action = desk->old_actions_[i];
      }
    }
    ::sigaction(signal, &action, nullptr);
    // A fault comes again by itself when this returns, with all that a debugger or sanitizer wants to know.
    if (info->si_code > 0) return;
    sigset_t this_one;
    ::sigemptyset(&this_one);
    ::sigaddset(&this_one, signal);
    ::pthread_kill(::pthread_self(), signal);
    ::pthread_sigmask(SIG_UNBLOCK, &this_one, nullptr);
  }

  void die(int signal, const siginfo_t* info) noexcept {
    crash_mark* const mine = mark_of_this_thread();
    if (dying_.exchange(true)) {
      // Another thread is at it, and wants this one to stand still.
      if (mine == nullptr) {
        for (;;) ::pause();
      }
      return mine->park_unless_busy();
    }
    const bool fault = info->si_code > 0;
    if (message_.size() == 0) describe_signal(name_of(signal), fault, info->si_addr);
    const request* const in_hand = mine == nullptr ? nullptr : mine->in_hand();
    // Cut off in the middle of a reply there is nothing that could be said.
    if (mine == nullptr || !mine->is_busy()) speak(signal);
    write_crash_record(
        {.signal = signal, .signal_name = name_of(signal), .message = message_.view(), .in_hand = in_hand}, record_);
  }

  // Brings all other threads that serve to a stop, and says what is left to say.
  void speak(int signal) noexcept {
    const pthread_t self = ::pthread_self();
    for (const crash_mark& mark : *marks_) {
      if (::pthread_equal(mark.owner(), self) != 0) continue;
      constexpr int patience_ms = 1000;
      for (int ms = 0; ms < patience_ms && !mark.is_parked(); ++ms) {
        if (!mark.is_busy()) ::pthread_kill(mark.owner(), signal);
        const timespec pause{.tv_sec = 0, .tv_nsec = 1'000'000};
        ::nanosleep(&pause, nullptr);
      }
      // It holds the replies' descriptor in the middle of one.
      if (mark.is_busy()) return;
    }
    words_.set_message(message_.view());
    speaker_.speak(speaker_.channel, words_);
  }

  [[nodiscard]] crash_mark* mark_of_this_thread() const noexcept {
    const pthread_t self = ::pthread_self();
    for (crash_mark& mark : *marks_) {
      if (::pthread_equal(mark.owner(), self) != 0) return &mark;
    }
    return nullptr;
  }

  [[nodiscard]] bool nothing_in_hand() const noexcept {
    return std::ranges::all_of(*marks_, [](const crash_mark& mark) { return mark.in_hand() == nullptr; });
  }

  static std::string_view name_of(int signal) noexcept {
    for (const auto& known : signals) {
      if (known.number == signal) return known.name;
    }
    return "a signal";
  }

  void describe(std::string_view what) noexcept { message_.append(what); }

  void describe_signal(std::string_view name, bool fault, const void* address) noexcept {
    describe("the process crashed: ");
    describe(name);
    if (!fault) return;
    describe(" at address ");
    append_hex(message_, reinterpret_cast<std::uintptr_t>(address));
  }

  void describe_exception() noexcept {
    describe("the process crashed: std::terminate was called");
#ifdef __cpp_exceptions
    if (!std::current_exception()) return;
    try {
      std::rethrow_exception(std::current_exception());
    } catch (const std::exception& thrown) {
      describe(" for ");
      describe(std::string_view(type_name(thrown)).substr(0, 200));
      describe(": ");
      // Within what there is room for.
      constexpr std::size_t longest = 400;
      describe(std::string_view(thrown.what()).substr(0, longest));
    } catch (...) {
      describe(" for something that is not a std::exception");
    }
#endif
  }

  last_words words_;
  // Room for both is made before anything happens.
  json_writer message_ = reserved(1024);
  json_writer record_ = reserved(8192);
  pid_t process_;
  std::atomic<bool> dying_ = false;
  std::deque<crash_mark>* marks_ = nullptr;
  last_speaker speaker_;
  std::array<struct sigaction, signals.size()> old_actions_;
  std::terminate_handler old_terminate_ = nullptr;

  static json_writer reserved(std::size_t bytes) {
    json_writer writer;
    writer.reserve(bytes);
    return writer;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
