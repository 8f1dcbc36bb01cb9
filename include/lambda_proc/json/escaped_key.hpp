#pragma once
// SPDX-License-Identifier: MIT
// Compares keys that have escapes, without unescaping them to memory. A part of decode_struct.hpp.

#include <lambda_proc/core/seam.hpp>

#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Whether the key that starts at raw, after its quote, equals name. A variant examines keys before they are read, and
/// the parser's buffer has room for each string only once: so they are compared without the parser.
LAMBDA_PROC_SEAM bool equals_unescaped(const char* raw, std::string_view name) noexcept;

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/json/escaped_key_definitions.hpp>
#endif
