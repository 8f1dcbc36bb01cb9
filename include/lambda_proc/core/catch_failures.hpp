#pragma once
// SPDX-License-Identifier: MIT
// Turns what a handler throws into a failure. Handlers of requests and of records share it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/core/seam.hpp>

#include <exception>
#include <new>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The failure for an exception: the type's name, and what().
[[nodiscard, gnu::cold]] LAMBDA_PROC_SEAM failure failure_of(const std::exception& thrown);

/// The failure for anything else that was thrown.
[[nodiscard, gnu::cold]] LAMBDA_PROC_SEAM failure unknown_failure();

/// Returns what work() returns, or a failure for what it throws: the type's name and what() of a std::exception.
template <class Work>
result<void> catch_failures(Work&& work) {
#ifdef __cpp_exceptions
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return out_of_memory();  // there may be no memory for the type's name
  } catch (const std::exception& thrown) {
    return failure_of(thrown);
  } catch (...) {
    return unknown_failure();
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
