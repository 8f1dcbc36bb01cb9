#pragma once
// SPDX-License-Identifier: MIT
// The seam between run(), a template over handlers, and the process side, which does not depend on the handler's type.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/process/exit_status.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/wire.hpp>

namespace lambda_proc {
inline namespace v0 {

namespace detail {

/// Serves requests of this wire, from stdin or AWS Lambda's runtime API, and returns the exit status of the process.
[[gnu::cold]] LAMBDA_PROC_SEAM int run_process(const any_wire& wire, invocation_source handlers,
                                               const options& options);

/// The same with the wire that LAMBDA_PROC_WIRE names, or the default wire.
[[gnu::cold]] LAMBDA_PROC_SEAM int run_chosen_wire(invocation_source handlers, const options& options);

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/process/run_process_definitions.hpp>
#endif
