#pragma once
// SPDX-License-Identifier: MIT
// Compares names without regard to case, as HTTP does. The headers of HTTP events and replies use it.

#include <algorithm>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Names are compared as in HTTP, where the case of ASCII letters does not matter (RFC 9110, section 5.1).
struct caseless_names {
  static constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
  static bool same(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, lower, lower);
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
