#pragma once
// SPDX-License-Identifier: MIT
// The one record that a crashing process logs: what, where, which request. Async-signal-safe, but for the backtrace,
// which is given up when it fails.

#include <lambda_proc/crash/crash_message.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/log/log.hpp>
#include <lambda_proc/wire/aws_context.hpp>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <pthread.h>
#include <setjmp.h>
#include <unistd.h>

#if __has_include(<execinfo.h>)
#define LAMBDA_PROC_BACKTRACE 1
#include <execinfo.h>
#endif

namespace lambda_proc {
inline namespace v0 {
namespace detail {

#ifdef LAMBDA_PROC_BACKTRACE

/// Loads what backtrace(3) needs: the first call allocates and takes locks, later ones don't.
inline void prepare_backtrace() noexcept {
  void* frame = nullptr;
  ::backtrace(&frame, 1);
}

/// backtrace(3) on a stack that may be broken: it is given up when it crashes or takes too long.
class guarded_backtrace {
 public:
  static constexpr int most_frames = 64;

  guarded_backtrace() noexcept {
    state& now = current();
    now.thread = ::pthread_self();
    struct sigaction action = {};
    action.sa_handler = &give_up;
    action.sa_flags = SA_ONSTACK;
    sigset_t guards;
    ::sigemptyset(&guards);
    for (std::size_t i = 0; i < guard_count; ++i) {
      ::sigaction(guard_signals[i], &action, &old_actions_[i]);
      ::sigaddset(&guards, guard_signals[i]);
    }
    sigset_t old_mask;
    ::pthread_sigmask(SIG_UNBLOCK, &guards, &old_mask);
    if (sigsetjmp(now.way_out, 1) == 0) {
      constexpr unsigned patience_s = 2;
      ::alarm(patience_s);
      count_ = ::backtrace(frames_, most_frames);
    }
    ::alarm(0);
    ::pthread_sigmask(SIG_SETMASK, &old_mask, nullptr);
    for (std::size_t i = 0; i < guard_count; ++i) ::sigaction(guard_signals[i], &old_actions_[i], nullptr);
  }

  [[nodiscard]] int size() const noexcept { return count_; }
  [[nodiscard]] const void* operator[](int i) const noexcept { return frames_[i]; }

 private:
  struct state {
    pthread_t thread;
    sigjmp_buf way_out;
  };

  // A signal handler is given nothing, so what it needs has to be found.
  static state& current() noexcept {
    static constinit state now{};
    return now;
  }

  static void give_up(int signal) {
    // An alarm is the whole process's: it may come to any thread.
    if (::pthread_equal(current().thread, ::pthread_self()) != 0) ::siglongjmp(current().way_out, 1);
    ::pthread_kill(current().thread, signal);
  }

  static constexpr std::size_t guard_count = 3;
  static constexpr int guard_signals[guard_count] = {SIGSEGV, SIGBUS, SIGALRM};

  void* frames_[most_frames];
  int count_ = 0;
  struct sigaction old_actions_[guard_count];
};

#else

inline void prepare_backtrace() noexcept {}

#endif

class crash_record {
 public:
  /// All memory that it needs is had here.
  crash_record() { out_.reserve(longest_record); }

  /// `signal` is 0 where there is none, `in_hand` null.
  void write(int signal, std::string_view message, const request* in_hand) noexcept {
    const log_settings& settings = log_settings_in_use();
    if (settings.level == log_level::off) return;
    out_.clear();
    begin_record(out_, settings, log_level::fatal, in_hand == nullptr ? "" : request_id(*in_hand), message);
    if (signal != 0) {
      begin_record_field(out_, settings.json, "signal");
      word(signal_name(signal));
    }
    if (in_hand != nullptr) {
      begin_record_field(out_, settings.json, "request");
      out_.number(in_hand->number);
    }
    add_backtrace();
    if (settings.json) out_.end_object();
    out_.append("\n");
    write_bounded(settings.fd, out_.view());
  }

 private:
  // Message and id are cut to less than half of it, even where all of it has to be escaped.
  static constexpr std::size_t longest_record = 8192;

  // Text that a text record needs no quotes for.
  void word(std::string_view text) noexcept { log_settings_in_use().json ? out_.string(text) : out_.append(text); }

  // A handler that takes no context has not had it decoded, and here it is too late for a parser.
  static std::string_view request_id(const request& request) noexcept {
    constexpr std::size_t longest = 200;
    const std::string_view known = request.context().aws_request_id;
    return (known.empty() ? find_request_id(request.context_text()) : known).substr(0, longest);
  }

  void add_backtrace() noexcept {
#ifdef LAMBDA_PROC_BACKTRACE
    const guarded_backtrace frames;
    begin_record_field(out_, log_settings_in_use().json, "backtrace");
    const std::string_view quote = log_settings_in_use().json ? "\"" : "";
    out_.append(quote);
    for (int i = 0; i < frames.size(); ++i) {
      if (i != 0) out_.append(",");
      append_hex(out_, reinterpret_cast<std::uintptr_t>(frames[i]));
    }
    out_.append(quote);
#endif
  }

  json_writer out_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
