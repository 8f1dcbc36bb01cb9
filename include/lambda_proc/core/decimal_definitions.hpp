#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind decimal.hpp.

#include <lambda_proc/core/decimal.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

std::optional<std::uint64_t> decimal(std::string_view text) noexcept {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
