#pragma once
// SPDX-License-Identifier: MIT
// The message that describes a crash, in the replies to in-flight requests and in the log record.

#include <lambda_proc/core/type_name.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <array>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The signals that count as crashes.
inline constexpr std::array<std::pair<int, std::string_view>, 7> crash_signals{{{SIGSEGV, "SIGSEGV"},
                                                                                {SIGBUS, "SIGBUS"},
                                                                                {SIGFPE, "SIGFPE"},
                                                                                {SIGILL, "SIGILL"},
                                                                                {SIGTRAP, "SIGTRAP"},
                                                                                {SIGSYS, "SIGSYS"},
                                                                                {SIGABRT, "SIGABRT"}}};

[[gnu::cold]] inline std::string_view signal_name(int signal) noexcept {
  for (const auto& [number, name] : crash_signals) {
    if (number == signal) return name;
  }
  return {};
}

/// Whether an instruction raised the signal and will raise it again when the signal handler returns. This is false
/// after a breakpoint or a system call that seccomp refused, where execution continues, and for a signal that was sent
/// (BSD's codes for those are positive, too).
[[gnu::cold]] inline bool is_fault(int signal, const siginfo_t& info) noexcept {
  return signal != SIGTRAP && signal != SIGSYS && info.si_code > 0 && info.si_code < 0x10000;
}

[[gnu::cold]] inline void append_hex(json_writer& out, std::uintptr_t value) noexcept {
  char text[2 * sizeof value];
  out.append("0x");
  out.append({text, static_cast<std::size_t>(std::to_chars(text, text + sizeof text, value, 16).ptr - text)});
}

/// A message of one sentence. Its memory is allocated before any crash.
class crash_message {
 public:
  crash_message() { text_.reserve(longest_name + longest_what + 200); }

  [[nodiscard]] std::string_view view() const noexcept { return text_.view(); }

  /// Async-signal-safe.
  [[gnu::cold]] void describe_signal(int signal, const siginfo_t& info) noexcept {
    text_.append("the process crashed: ");
    text_.append(signal_name(signal));
    if (!is_fault(signal, info)) return;
    text_.append(" at address ");
    append_hex(text_, reinterpret_cast<std::uintptr_t>(info.si_addr));
  }

  void describe_exit() noexcept { text_.append("the process ended: exit was called"); }

  /// Says why std::terminate was called, if that is known.
  [[gnu::cold]] void describe_terminate() noexcept {
    text_.append("the process crashed: std::terminate was called");
#ifdef __cpp_exceptions
    try {
      try {
        if (const std::exception_ptr thrown = std::current_exception()) std::rethrow_exception(thrown);
      } catch (const std::exception& thrown) {
        const std::string name = type_name(thrown);
        text_.append(" for ");
        text_.append(std::string_view(name).substr(0, longest_name));
        text_.append(": ");
        text_.append(message_of(thrown).substr(0, longest_what));
      }
    } catch (...) {
      // Not a std::exception, or its what() throws.
      text_.append(" for an exception of unknown type");
    }
#endif
  }

 private:
  static constexpr std::size_t longest_name = 200;
  static constexpr std::size_t longest_what = 400;

  json_writer text_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
