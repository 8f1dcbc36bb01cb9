#pragma once
// SPDX-License-Identifier: MIT
// Copies of simdjson's values for functions that are not inlined.

#include <cstddef>
#include <cstring>
#include <type_traits>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A copy of value whose address may be taken, so that the value itself can stay in registers.
///
/// It is made in the parts that simdjson stores: pointer, depth, pointer. A plain copy is one of 16 bytes, and the
/// processor waits, some ten nanoseconds, until what was stored in smaller parts just before can be loaded as a whole.
[[gnu::always_inline]] inline simdjson::ondemand::value apart_from(const simdjson::ondemand::value& value) noexcept {
  using copied = simdjson::ondemand::value;
  static_assert(std::is_trivially_copyable_v<copied>);
  if constexpr (sizeof(copied) == 24) {
    copied copy;
    auto* const to = reinterpret_cast<std::byte*>(&copy);
    const auto* const from = reinterpret_cast<const std::byte*>(&value);
    std::memcpy(to, from, 8);
    std::memcpy(to + 8, from + 8, 4);
    std::memcpy(to + 12, from + 12, 4);
    std::memcpy(to + 16, from + 16, 8);
    return copy;
  } else {
    return value;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
