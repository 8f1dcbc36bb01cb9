#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind escaped_key.hpp.

#include <lambda_proc/json/escaped_key.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Unescapes the sequence at p to `to`, which has room for 4 bytes, and moves p past it. Returns the number of bytes; 0
/// if the escape is not valid. The string must be closed.
inline std::size_t unescape(const char*& p, char* to) noexcept {
  constexpr std::string_view letters = "\"\\/bfnrt";
  if (p[1] != 'u') {
    const std::size_t which = letters.find(p[1]);
    if (which == std::string_view::npos) return 0;
    p += 2;
    *to = "\"\\/\b\f\n\r\t"[which];
    return 1;
  }
  std::int32_t code = hex4(p + 2);
  if (code < 0 || (code >= 0xDC00 && code <= 0xDFFF)) return 0;
  p += 6;
  if (code >= 0xD800 && code <= 0xDBFF) {
    const std::int32_t low = p[0] == '\\' && p[1] == 'u' ? hex4(p + 2) : -1;
    if (low < 0xDC00 || low > 0xDFFF) return 0;
    p += 6;
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  if (code < 0x80) {
    *to = static_cast<char>(code);
    return 1;
  }
  const std::size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (std::size_t i = size - 1; i > 0; --i, code >>= 6) to[i] = static_cast<char>(0x80 | (code & 0x3F));
  constexpr std::uint8_t leads[] = {0xC0, 0xE0, 0xF0};
  to[0] = static_cast<char>(leads[size - 2] | code);
  return size;
}

bool equals_unescaped(const char* raw, std::string_view name) noexcept {
  while (*raw != '"') {
    char bytes[4];
    std::size_t size = 1;
    if (*raw == '\\') {
      size = unescape(raw, bytes);
    } else {
      bytes[0] = *raw++;
    }
    if (size == 0 || !name.starts_with(std::string_view(bytes, size))) return false;
    name.remove_prefix(size);
  }
  return name.empty();
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
