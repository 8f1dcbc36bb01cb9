#pragma once
// SPDX-License-Identifier: MIT
// Numbers in text that other programs wrote: headers, the environment.

#include <lambda_proc/core/seam.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The number that all of the text spells in decimal digits; none if the text is anything else, or more than 64 bits.
[[nodiscard]] LAMBDA_PROC_SEAM std::optional<std::uint64_t> decimal(std::string_view text) noexcept;

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/core/decimal_definitions.hpp>
#endif
