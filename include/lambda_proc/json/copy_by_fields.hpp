#pragma once
// SPDX-License-Identifier: MIT
// Copies simdjson's values for functions that are not inlined.

#include <cstddef>
#include <cstring>
#include <type_traits>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Copies a value, so that the copy's address may be taken and the value itself can stay in registers.
///
/// Copies field by field, as simdjson stores them: pointer, depth, pointer. A plain copy loads 16 bytes at once, and
/// for that the processor waits some ten nanoseconds until the smaller stores just before have completed.
[[gnu::always_inline]] inline simdjson::ondemand::value copy_by_fields(
    const simdjson::ondemand::value& value) noexcept {
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
