#pragma once
// SPDX-License-Identifier: MIT
// Turns what a handler throws into a failure. Handlers of requests and of records share it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/seam.hpp>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The failure for the exception that is being handled, for use in a catch block: the type's name and what() of a
/// std::exception. Does not allocate for std::bad_alloc.
[[nodiscard, gnu::cold]] LAMBDA_PROC_SEAM failure failure_in_flight();

/// Returns what work() returns, or a failure for what it throws.
template <class Work>
result<void> catch_failures(Work&& work) {
#ifdef __cpp_exceptions
  try {
    return work();
  } catch (...) {
    return failure_in_flight();
  }
#else
  return work();
#endif
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/core/catch_failures_definitions.hpp>
#endif
