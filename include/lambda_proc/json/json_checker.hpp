#pragma once
// SPDX-License-Identifier: MIT
// Checks whether text is JSON, without a parser: simdjson's On-Demand checks only what is read.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

enum class json_validity : std::uint8_t { valid, malformed, too_deep };

/// Checks whether text is one JSON value (RFC 8259, UTF-8), nested at most `deepest`, which is at most max_depth.
LAMBDA_PROC_SEAM json_validity check_json(std::string_view text, std::size_t deepest = max_depth) noexcept;

/// Whether text is one JSON value, nested at most max_depth.
inline bool is_json(std::string_view text) noexcept { return check_json(text) == json_validity::valid; }

/// Whether text is one scalar, without white space around it.
LAMBDA_PROC_SEAM bool is_json_scalar(std::string_view text) noexcept;

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/json/json_checker_definitions.hpp>
#endif
