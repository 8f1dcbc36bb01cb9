#pragma once
// SPDX-License-Identifier: MIT
// A set of the members of a struct.

#include <lambda_proc/json/bind_members.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A set of members, by their index.
struct member_set {
  std::array<std::uint64_t, max_members / 64> words{};

  /// The first members.
  [[nodiscard]] static constexpr member_set first(std::size_t count) noexcept {
    member_set all;
    all.insert(0, count);
    return all;
  }
  [[nodiscard]] constexpr bool contains(std::size_t i) const noexcept { return (words[i / 64] >> i % 64 & 1U) != 0; }
  /// Whether all `others` are in this set.
  [[nodiscard]] constexpr bool contains(const member_set& others) const noexcept {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if ((others.words[i] & ~words[i]) != 0) return false;
    }
    return true;
  }
  constexpr void insert(std::size_t i) noexcept { words[i / 64] |= std::uint64_t{1} << i % 64; }
  constexpr void erase(std::size_t i) noexcept { words[i / 64] &= ~(std::uint64_t{1} << i % 64); }
  /// Inserts the members from `first` on, up to `last` exclusively.
  constexpr void insert(std::size_t first, std::size_t last) noexcept {
    if (last <= 64) {
      if (first < last) words[0] |= ~std::uint64_t{0} << first & ~std::uint64_t{0} >> (64 - last);
    } else {
      for (std::size_t i = first; i < last; ++i) insert(i);
    }
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return size() == 0; }
  [[nodiscard]] constexpr std::size_t size() const noexcept {
    std::size_t count = 0;
    for (const std::uint64_t word : words) count += static_cast<std::size_t>(std::popcount(word));
    return count;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
