#pragma once
// SPDX-License-Identifier: MIT
// std::isfinite that also works with -ffast-math. Numbers are read and written with it.

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Whether a number is neither NaN nor infinite. With -ffast-math the compiler assumes that of all numbers.
// It also avoids <cmath>, which takes longer to compile than this library's decoding.
template <std::floating_point Number>
  requires(sizeof(Number) <= 8)
bool is_finite(Number number) noexcept {
  using word = std::conditional_t<sizeof(Number) == 4, std::uint32_t, std::uint64_t>;
  auto bits = std::bit_cast<word>(number);
  // Newer compilers also recognize and remove a test of the bits, so the origin of the bits is hidden from them.
  asm("" : "+r"(bits));
  constexpr auto infinity = static_cast<word>(~word{0} << std::numeric_limits<Number>::digits);
  return static_cast<word>(bits << 1U) < infinity;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
