#pragma once
// SPDX-License-Identifier: MIT
// Turns what a handler throws into a failure. Handlers of requests and of records share it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/core/type_name.hpp>

#include <exception>
#include <new>
#include <string>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Returns what work() returns, or a failure for what it throws: the type's name and what() of a std::exception.
template <class Work>
result<void> catch_failures(Work&& work) {
#ifdef __cpp_exceptions
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return out_of_memory();  // there may be no memory for the type's name
  } catch (const std::exception& thrown) {
    return failure{type_name(thrown), std::string(message_of(thrown))};
  } catch (...) {
    return failure{"unknown", "the handler threw something that is not a std::exception"};
  }
#else
  return work();
#endif
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
