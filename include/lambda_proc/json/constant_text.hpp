#pragma once
// SPDX-License-Identifier: MIT
// Comparing text in constant expressions. With the functions of std::string_view and of <algorithm>, g++ evaluates
// several calls for each character, which adds seconds to programs with many structs.

#include <cstddef>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// a == b.
constexpr bool same_text(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && __builtin_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// The index of the first text that is the same; the number of texts if there is none.
template <class Texts>
constexpr std::size_t index_of_text(const Texts& texts, std::string_view wanted) noexcept {
  std::size_t i = 0;
  while (i < texts.size() && !same_text(texts[i], wanted)) ++i;
  return i;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
