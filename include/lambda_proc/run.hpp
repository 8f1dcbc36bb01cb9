#pragma once
// SPDX-License-Identifier: MIT
// The loop for a process: run(handler) is all that most programs need. The one header that touches descriptors,
// signals and the environment.

#include <lambda_proc/detail/process.hpp>
#include <lambda_proc/detail/report.hpp>
#include <lambda_proc/failure.hpp>
#include <lambda_proc/handler.hpp>
#include <lambda_proc/line_channel.hpp>
#include <lambda_proc/line_reader.hpp>
#include <lambda_proc/log.hpp>
#include <lambda_proc/reply_writer.hpp>
#include <lambda_proc/serve.hpp>
#include <lambda_proc/wire/lambda_proc.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <type_traits>

#include <unistd.h>
#include <csignal>

namespace lambda_proc {
inline namespace v0 {

/// What run() returns, to be the process's exit status.
enum exit_status : int {
  input_ended = 0,  ///< After the last reply; also when SIGTERM was obeyed.
  host_gone = 1,    ///< The replies find no reader any more, or reading failed.
  not_started = 2   ///< The environment asks for what there is not; stderr says what.
};

namespace detail {

inline std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// AWS_LAMBDA_LOG_FORMAT (JSON or Text), AWS_LAMBDA_LOG_LEVEL, and before it LAMBDA_PROC_LOG (a level, or off). What is
/// no level changes nothing.
inline void configure_log() {
  log_settings& settings = log_settings_in_use();
  settings.json = equal_ignoring_case(environment("AWS_LAMBDA_LOG_FORMAT"), "JSON");
  for (const char* const name : {"AWS_LAMBDA_LOG_LEVEL", "LAMBDA_PROC_LOG"}) {
    const std::string_view wanted = environment(name);
    const auto known =
        std::ranges::find_if(log_level_names, [&](auto level) { return equal_ignoring_case(level, wanted); });
    if (known != log_level_names.end()) settings.level = static_cast<log_level>(known - log_level_names.begin());
  }
}

inline void say(std::string_view sentence) {
  const std::string line = std::string("lambda_proc: ").append(sentence).append("\n");
  write_record(line);
}

/// Serves a process's own descriptors in the words of a wire. Not a template of the handler: one copy serves all.
template <class Wire>
int run_process(any_invocation handler, const options& options) {
  const sealed_streams streams(Wire::reply_fd);
  if (streams.replies() < 0) {
    say("the descriptor for replies (" + std::to_string(Wire::reply_fd) + ") is closed");
    return host_gone;
  }
  const stop_signal stop(streams.requests(), streams.null());
  if (::isatty(streams.requests()) == 1) {
    say("waiting for requests, a line each: " + std::string(Wire::example) + " (Ctrl-D ends)");
  }
  // A closed stdin has no requests.
  line_reader reader(streams.requests() < 0 ? streams.null() : streams.requests(), options.max_line_bytes);
  reply_writer writer(streams.replies());
  line_channel<Wire> channel(reader, writer, options.bulk || streams.requests_are_a_file(), stop.stopped());

  stats total;
  if (environment("LAMBDA_PROC_REPORT") == "1") {
    reporter report;
    total = serve_any(channel, handler, any_observer(report));
  } else {
    total = serve_any(channel, handler);
  }
  return total.host_gone || reader.error() != 0 ? host_gone : input_ended;
}

inline int run_named_wire(std::string_view wire, any_invocation handler, const options& options) {
  if (wire.empty() || wire == wire::lambda_proc::name) return run_process<wire::lambda_proc>(handler, options);
  say("LAMBDA_PROC_WIRE is \"" + std::string(wire) + "\"; there is: lambda_proc");
  return not_started;
}

template <class Handler, class Run>
int run_checked(Handler& handler, Run run) {
  check_handler<Handler>();
  if constexpr (lambda_proc::handler<Handler>) {
    configure_log();
    invocation<Handler> invocation(handler);
    return run(any_invocation(invocation));
  } else {
    return not_started;
  }
}

}  // namespace detail

/// Serves requests with `handler` (its forms: handler.hpp) until the host ends them. Returns the process's exit status:
///
///     int main() { return lambda_proc::run([](const order& o) { return receipt{…}; }); }
///
/// Reads requests from stdin and writes replies to stdout, a line each; a handler's own output to stdout goes to
/// stderr. The wire is wire::lambda_proc, or the one that LAMBDA_PROC_WIRE names. Call it once, from main, before other
/// threads handle signals.
template <class Handler>
int run(Handler&& handler, const options& options = {}) {
  return detail::run_checked(handler, [&](detail::any_invocation invocation) {
    return detail::run_named_wire(detail::environment("LAMBDA_PROC_WIRE"), invocation, options);
  });
}

/// The same with a wire of the program's own choice: run<wire::lambda_proc>(handler).
template <class Wire, class Handler>
  requires requires { Wire::reply_fd; }
int run(Handler&& handler, const options& options = {}) {
  return detail::run_checked(
      handler, [&](detail::any_invocation invocation) { return detail::run_process<Wire>(invocation, options); });
}

}  // namespace v0
}  // namespace lambda_proc
