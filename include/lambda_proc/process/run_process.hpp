#pragma once
// SPDX-License-Identifier: MIT
// The seam between run(), a template over handlers, and the process side, which knows no handler's type. By default
// run.hpp includes the definitions; with LAMBDA_PROC_COMPILED they are those of the library lambda_proc::compiled.

#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <string_view>

#ifdef LAMBDA_PROC_COMPILED
#define LAMBDA_PROC_SEAM
#else
#define LAMBDA_PROC_SEAM inline
#endif

namespace lambda_proc {
inline namespace v0 {

/// What run() returns, to be the process's exit status.
enum exit_status : int {
  input_ended = 0,  ///< After the last reply; also when SIGTERM was obeyed.
  host_gone = 1,    ///< The replies find no reader any more, or reading failed.
  not_started = 2   ///< Something that it needs can't be had: a wire, a file, descriptors, threads. stderr says what.
};

namespace detail {

/// Serves the process's own descriptors in the words of a wire, and returns its exit status.
LAMBDA_PROC_SEAM int run_process(const any_wire& wire, invocation_source handlers, const options& options);

/// The same with the wire that LAMBDA_PROC_WIRE names, or the default one.
LAMBDA_PROC_SEAM int run_chosen_wire(invocation_source handlers, const options& options);

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
