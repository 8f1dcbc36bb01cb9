#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind catch_failures.hpp.

#include <lambda_proc/core/catch_failures.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/core/type_name.hpp>

#include <exception>
#include <new>
#include <string>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

failure failure_in_flight() {
#ifdef __cpp_exceptions
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return out_of_memory();  // there may be no memory for the type's name
  } catch (const std::exception& thrown) {
    return {type_name(thrown), std::string(message_of(thrown))};
  } catch (...) {
  }
#endif
  return {"unknown", "the handler threw something that is not a std::exception"};
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
