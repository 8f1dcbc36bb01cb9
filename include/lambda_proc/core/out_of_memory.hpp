#pragma once
// SPDX-License-Identifier: MIT
// The failure for memory that ran out, which needs no memory itself. The loop, the wires and the channels share it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/seam.hpp>

#include <new>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Does not allocate: both texts fit into the small-string buffers.
[[nodiscard, gnu::cold]] LAMBDA_PROC_SEAM failure out_of_memory();

/// Returns what work() returns, or that failure if it runs out of memory.
template <class Work>
result<void> within_memory(Work&& work) {
#ifdef __cpp_exceptions
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  }
#else
  return work();
#endif
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/core/out_of_memory_definitions.hpp>
#endif
