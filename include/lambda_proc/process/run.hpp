#pragma once
// SPDX-License-Identifier: MIT
// run(handler), the only function that most programs need.

#include <lambda_proc/process/run_process.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <concepts>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Makes an invocation of the handler for each thread of run().
template <class Handler>
auto handler_source(Handler& handler) {
  return [&handler](function_ref<void(const any_invocation&)> use) { with_invocation(handler, use); };
}

}  // namespace detail

/// Serves requests with `handler` (handler.hpp lists the accepted forms) until the input ends, SIGTERM is received or
/// the host is gone. Returns the exit status of the process (see exit_status):
///
///     int main() { return lambda_proc::run([](const order& o) { return receipt{…}; }); }
///
/// Reads requests from stdin and writes replies to stdout, one line each; a handler's own output to stdout goes to
/// stderr. The wire is wire::lambda_proc, or the one that LAMBDA_PROC_WIRE names. Call it once, from main, before other
/// threads handle signals.
template <class Handler>
int run(Handler&& handler, const options& options = {}) {
  if constexpr (!std::same_as<detail::refusal<Handler>, detail::accepted>) {
    explain(detail::refusal<Handler>{});
    return 1;
  } else {
    auto source = detail::handler_source(handler);
    return detail::run_chosen_wire(detail::invocation_source(source), options);
  }
}

/// The same with a wire that the program chooses: run<wire::lambda_proc>(handler).
template <wire_type Wire, class Handler>
int run(Handler&& handler, const options& options = {}) {
  if constexpr (!std::same_as<detail::refusal<Handler>, detail::accepted>) {
    explain(detail::refusal<Handler>{});
    return 1;
  } else {
    auto source = detail::handler_source(handler);
    return detail::run_process(wire_of<Wire>, detail::invocation_source(source), options);
  }
}

}  // namespace v0
}  // namespace lambda_proc
