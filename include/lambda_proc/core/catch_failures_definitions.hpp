#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind catch_failures.hpp.

#include <lambda_proc/core/catch_failures.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/type_name.hpp>

#include <exception>
#include <string>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

failure failure_of(const std::exception& thrown) { return {type_name(thrown), std::string(message_of(thrown))}; }

failure unknown_failure() { return {"unknown", "the handler threw something that is not a std::exception"}; }

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
