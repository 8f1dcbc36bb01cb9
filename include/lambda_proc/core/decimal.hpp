#pragma once
// SPDX-License-Identifier: MIT
// Reads decimal numbers from text that other programs wrote: headers, environment variables.

#include <lambda_proc/core/seam.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The number that a text of decimal digits means; nothing if it has other characters or none, or exceeds 64 bits.
[[nodiscard]] LAMBDA_PROC_SEAM std::optional<std::uint64_t> decimal(std::string_view text) noexcept;

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/core/decimal_definitions.hpp>
#endif
