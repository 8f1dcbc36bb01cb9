#pragma once
// SPDX-License-Identifier: MIT
// Encodes bytes as base64 (RFC 4648, section 4). events/base64.hpp, streamed replies and crash replies share it.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

inline constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The size of this many bytes as base64, with padding.
constexpr std::size_t base64_size(std::size_t bytes) noexcept { return (bytes + 2) / 3 * 4; }

/// Writes base64_size(bytes.size()) characters to `out`. Async-signal-safe.
inline void encode_base64(std::string_view bytes, char* out) noexcept {
  const auto digit = [](std::uint32_t bits) { return base64_alphabet[bits & 63U]; };
  const auto byte = [bytes](std::size_t i) -> std::uint32_t {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  for (std::size_t i = 0; i < bytes.size(); i += 3, out += 4) {
    const std::uint32_t bits = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    out[0] = digit(bits >> 18U);
    out[1] = digit(bits >> 12U);
    out[2] = i + 1 < bytes.size() ? digit(bits >> 6U) : '=';
    out[3] = i + 2 < bytes.size() ? digit(bits) : '=';
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
