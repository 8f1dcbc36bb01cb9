#pragma once
// SPDX-License-Identifier: MIT
// The one record that a crashing process logs: what, where, which request. Async-signal-safe, but for the backtrace,
// which is given up when it fails.

#include <lambda_proc/detail/aws_context.hpp>
#include <lambda_proc/detail/system.hpp>
#include <lambda_proc/json_writer.hpp>
#include <lambda_proc/log.hpp>
#include <lambda_proc/request.hpp>

#include <charconv>
#include <csignal>
#include <cstdint>
#include <string_view>

#include <pthread.h>
#include <unistd.h>

#if __has_include(<execinfo.h>)
#define LAMBDA_PROC_BACKTRACE 1
#include <execinfo.h>
#endif

namespace lambda_proc {
inline namespace v0 {
namespace detail {

struct crash {
  int signal;
  std::string_view signal_name;
  std::string_view message;
  const request* in_hand;
};

inline void append_hex(json_writer& out, std::uintptr_t value) noexcept {
  char text[2 * sizeof value];
  out.append("0x");
  out.append({text, static_cast<std::size_t>(std::to_chars(text, text + sizeof text, value, 16).ptr - text)});
}

/// Loads what backtrace(3) needs: the first call allocates and takes locks, later ones don't.
inline void prepare_backtrace() noexcept {
#ifdef LAMBDA_PROC_BACKTRACE
  void* frame = nullptr;
  ::backtrace(&frame, 1);
#endif
}

/// Writes one record in pieces: what is known first, then what may fail.
class crash_recorder {
 public:
  crash_recorder(const crash& what, json_writer& out) : what_(what), out_(out), json_(log_settings_in_use().json) {
    const request* const in_hand = what.in_hand;
    begin_record(out, log_settings_in_use(), log_level::fatal, in_hand == nullptr ? "" : request_id(*in_hand),
                 what.message);
    begin_field("signal");
    text_field(what.signal_name);
    if (in_hand != nullptr) {
      begin_field("request");
      out.number(in_hand->number);
    }
    add_backtrace();
    finish();
  }

 private:
  void begin_field(std::string_view name) { begin_record_field(out_, json_, name); }
  void text_field(std::string_view text) { json_ ? out_.string(text) : out_.append(text); }

  // A handler that takes no context has not had it decoded, and here it is too late for a parser.
  static std::string_view request_id(const request& request) noexcept {
    const std::string_view known = request.context().aws_request_id;
    return known.empty() ? find_request_id(request.context_text()) : known;
  }

  void add_backtrace() {
#ifdef LAMBDA_PROC_BACKTRACE
    current() = this;
    struct sigaction action = {};
    action.sa_handler = [](int) { current()->give_up(); };
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    sigset_t awaited;
    ::sigemptyset(&awaited);
    for (const int signal : {SIGSEGV, SIGBUS, SIGALRM}) {
      ::sigaction(signal, &action, signal == SIGSEGV ? &old_segv_ : signal == SIGBUS ? &old_bus_ : nullptr);
      ::sigaddset(&awaited, signal);
    }
    ::pthread_sigmask(SIG_UNBLOCK, &awaited, nullptr);
    constexpr unsigned patience_s = 2;
    ::alarm(patience_s);
    void* frames[64];
    const int count = ::backtrace(frames, 64);
    ::alarm(0);
    ::sigaction(SIGSEGV, &old_segv_, nullptr);
    ::sigaction(SIGBUS, &old_bus_, nullptr);
    begin_field("backtrace");
    // In one word, so that it needs no quotes in a text record.
    if (json_) out_.append("\"");
    for (int i = 0; i < count; ++i) {
      if (i != 0) out_.append(",");
      append_hex(out_, reinterpret_cast<std::uintptr_t>(frames[i]));
    }
    if (json_) out_.append("\"");
#endif
  }

  void finish() {
    if (json_) out_.end_object();
    out_.append("\n");
    write_bounded(log_settings_in_use().fd, out_.view());
  }

#ifdef LAMBDA_PROC_BACKTRACE
  static crash_recorder*& current() noexcept {
    static constinit crash_recorder* recorder = nullptr;
    return recorder;
  }

  [[noreturn]] void give_up() {
    finish();
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    ::sigaction(what_.signal, &action, nullptr);
    ::pthread_kill(::pthread_self(), what_.signal);
    sigset_t all;
    ::sigemptyset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
    ::_exit(128 + what_.signal);
  }

  struct sigaction old_segv_;
  struct sigaction old_bus_;
#endif

  const crash& what_;
  json_writer& out_;
  bool json_;
};

inline void write_crash_record(const crash& what, json_writer& out) {
  if (log_settings_in_use().level == log_level::off) return;
  out.clear();
  crash_recorder(what, out);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
