#pragma once
// SPDX-License-Identifier: MIT
// The one record that a crashing process logs: what happened, where, and in which request. Async-signal-safe except for
// the backtrace, which is abandoned if it fails.

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

/// Calls backtrace(3) once, because only its first call allocates memory and takes locks.
inline void prepare_backtrace() noexcept {
  void* frame = nullptr;
  ::backtrace(&frame, 1);
}

/// backtrace(3) on a stack that may be corrupt: abandoned if it crashes or takes too long.
class guarded_backtrace {
 public:
  static constexpr int most_frames = 64;

  [[gnu::cold]] guarded_backtrace() noexcept {
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
      constexpr unsigned time_limit_s = 2;
      ::alarm(time_limit_s);
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

  // Signal handlers take no user data, so their state is a static.
  static state& current() noexcept {
    static constinit state now{};
    return now;
  }

  [[gnu::cold]] static void give_up(int signal) {
    // SIGALRM is sent to the process: any thread may receive it.
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
  /// Allocates all the memory that it needs.
  crash_record() { out_.reserve(longest_record); }

  /// `signal` is 0 and `in_flight` null if there is none.
  [[gnu::cold]] void write(int signal, std::string_view message, const request* in_flight) noexcept {
    const log_settings& settings = log_settings_in_use();
    if (settings.level == log_level::off) return;
    out_.clear();
    begin_record(out_, settings, log_level::fatal, in_flight == nullptr ? "" : request_id(*in_flight), message);
    if (signal != 0) {
      begin_record_field(out_, settings.json, "signal");
      word(signal_name(signal));
    }
    if (in_flight != nullptr) {
      begin_record_field(out_, settings.json, "request");
      out_.number(in_flight->number);
    }
    add_backtrace();
    if (settings.json) out_.end_object();
    out_.append("\n");
    write_bounded(settings.fd, out_.view());
  }

 private:
  // Message and id are truncated so that they take less than half of it, even if every character has to be escaped.
  static constexpr std::size_t longest_record = 8192;

  // Writes text that needs no quotes in a text record.
  void word(std::string_view text) noexcept { log_settings_in_use().json ? out_.string(text) : out_.append(text); }

  // If the handler takes no context, none was decoded, and a signal handler can't use a parser.
  static std::string_view request_id(const request& request) noexcept {
    constexpr std::size_t longest = 200;
    const std::string_view known = request.context().aws_request_id;
    return (known.empty() ? find_request_id(request.context_text()) : known).substr(0, longest);
  }

  [[gnu::cold]] void add_backtrace() noexcept {
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
