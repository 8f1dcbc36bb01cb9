#pragma once
// SPDX-License-Identifier: MIT
// Some of the members of a struct. decode_struct.hpp and decode_variant.hpp use it.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A set of indices below `Count`, one bit each. Unlike a std::bitset it is constexpr, and tells its first element.
template <std::size_t Count>
class member_set {
  static constexpr std::size_t size = Count <= 64 ? 1 : (Count + 63) / 64;

 public:
  constexpr void add(std::size_t i) noexcept { words_[word(i)] |= bit(i); }
  constexpr void remove(std::size_t i) noexcept { words_[word(i)] &= ~bit(i); }
  [[nodiscard]] constexpr bool contains(std::size_t i) const noexcept { return (words_[word(i)] & bit(i)) != 0; }

  /// The elements of `others` that are not in this set.
  [[nodiscard]] constexpr member_set lacks(const member_set& others) const noexcept {
    member_set missing;
    for (std::size_t k = 0; k < size; ++k) missing.words_[k] = others.words_[k] & ~words_[k];
    return missing;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return *this == member_set{}; }
  [[nodiscard]] constexpr std::size_t count() const noexcept {
    std::size_t total = 0;
    for (const std::uint64_t one : words_) total += static_cast<std::size_t>(std::popcount(one));
    return total;
  }
  /// The set must not be empty.
  [[nodiscard]] constexpr std::size_t first() const noexcept {
    std::size_t k = 0;
    while (words_[k] == 0) ++k;
    return 64 * k + static_cast<std::size_t>(std::countr_zero(words_[k]));
  }
  friend constexpr bool operator==(const member_set&, const member_set&) = default;

  [[nodiscard]] static constexpr member_set all() noexcept {
    member_set all;
    for (std::size_t k = 0; k < size; ++k) {
      all.words_[k] = Count < 64 * (k + 1) ? bit(Count) - 1 : ~std::uint64_t{0};
    }
    return all;
  }

 private:
  static constexpr std::size_t word(std::size_t i) noexcept { return size == 1 ? 0 : i / 64; }
  static constexpr std::uint64_t bit(std::size_t i) noexcept { return std::uint64_t{1} << i % 64; }

  std::array<std::uint64_t, size> words_{};
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
