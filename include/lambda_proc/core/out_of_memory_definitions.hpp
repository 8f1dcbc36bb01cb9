#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind out_of_memory.hpp.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

failure out_of_memory() { return {"std::bad_alloc", "out of memory"}; }

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
