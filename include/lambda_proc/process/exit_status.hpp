#pragma once
// SPDX-License-Identifier: MIT
// The exit status of a program that calls run().

namespace lambda_proc {
inline namespace v0 {

/// The values that run() returns.
enum exit_status : int {
  input_ended = 0,  ///< The input ended, or SIGTERM was received, and all replies were sent.
  host_gone = 1,    ///< Replies could no longer be written, or reading failed.
  not_started = 2   ///< A wire, a file, descriptors or threads were not available. A message on stderr says which.
};

}  // namespace v0
}  // namespace lambda_proc
