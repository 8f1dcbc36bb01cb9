#pragma once
// SPDX-License-Identifier: MIT
// The seam between run(), a template over handlers, and the process side, which does not depend on the handler's type.
// By default run.hpp includes the definitions; with LAMBDA_PROC_COMPILED the library lambda_proc::compiled provides
// them.

#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <string_view>

#include <simdjson.h>

// simdjson's types differ with SIMDJSON_DEVELOPMENT_CHECKS, which depends on optimization. A program that was compiled
// differently from lambda_proc::compiled must not link.
#ifndef LAMBDA_PROC_COMPILED
#define LAMBDA_PROC_SEAM inline
#elif SIMDJSON_DEVELOPMENT_CHECKS
#define LAMBDA_PROC_SEAM [[gnu::abi_tag("simdjson_checks")]]
#else
#define LAMBDA_PROC_SEAM
#endif

namespace lambda_proc {
inline namespace v0 {

/// The values that run() returns.
enum exit_status : int {
  input_ended = 0,  ///< The input ended, or SIGTERM was received, and all replies were sent.
  host_gone = 1,    ///< Replies could no longer be written, or reading failed.
  not_started = 2   ///< A wire, a file, descriptors or threads were not available. A message on stderr says which.
};

namespace detail {

/// Serves the process's own descriptors with this wire, and returns the exit status.
LAMBDA_PROC_SEAM int run_process(const any_wire& wire, invocation_source handlers, const options& options);

/// The same with the wire that LAMBDA_PROC_WIRE names, or the default wire.
LAMBDA_PROC_SEAM int run_chosen_wire(invocation_source handlers, const options& options);

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
