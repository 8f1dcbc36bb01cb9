#pragma once
// SPDX-License-Identifier: MIT
// What decides bulk mode, in which replies may be collected while further requests are in the buffer. run() uses it.

#include <lambda_proc/process/process.hpp>
#include <lambda_proc/serve/serve.hpp>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A host that wrote all its requests to a file does not wait for each reply.
inline bool uses_bulk_mode(const options& options, const sealed_streams& streams) {
  return options.bulk || streams.requests_are_a_file();
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
