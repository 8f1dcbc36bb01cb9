#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind json_text.hpp.

#include <lambda_proc/json/json_text.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

std::size_t utf8_sequence(const char* p, const char* end) noexcept {
  const auto byte = [p](std::size_t i) { return static_cast<unsigned char>(p[i]); };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const auto left = static_cast<std::size_t>(end - p);
  const unsigned char lead = byte(0);
  if (lead >= 0xC2 && lead <= 0xDF) return left >= 2 && tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (left < 3 || !tail(1) || !tail(2)) return 0;
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (left < 4 || !tail(1) || !tail(2) || !tail(3)) return 0;
    const bool overlong = lead == 0xF0 && byte(1) < 0x90;
    const bool too_large = lead == 0xF4 && byte(1) > 0x8F;
    return overlong || too_large ? 0 : 4;
  }
  return 0;
}

std::size_t utf8_prefix(std::string_view text) noexcept {
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p != end) {
    const std::size_t length = static_cast<unsigned char>(*p) < 0x80 ? 1 : utf8_sequence(p, end);
    if (length == 0) break;
    p += length;
  }
  return static_cast<std::size_t>(p - text.data());
}

bool is_utf8(std::string_view text) noexcept {
  // However short the text is, simdjson's check takes as long as this loop over some ten characters.
  constexpr std::size_t few = 32;
  return text.size() > few ? simdjson::validate_utf8(text.data(), text.size()) : utf8_prefix(text) == text.size();
}

/// Sets the top bit of the first byte that is not plain, and perhaps bits above it; 0 if all bytes are plain.
constexpr std::uint64_t not_plain(std::uint64_t word) noexcept {
  // The subtraction sets the top bit of a byte below 0x20. A borrow can set wrong bits only above a correct one, and
  // only the lowest is used.
  return zero_bytes(word ^ eight_of('"')) | zero_bytes(word ^ eight_of('\\')) |
         ((((word - eight_of(0x20)) & ~word) | word) & eight_of(0x80));
}

/// The first byte in [p, end) that is not plain.
inline const char* ascii_end(const char* p, const char* end) noexcept {
#ifdef __SSE2__
  // Most strings end within the first sixteen bytes, which need no branch that could be mispredicted.
  for (; end - p >= 16; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const __m128i others = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));  // bytes are signed here: negative beyond ASCII
    const int hits = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, backslashes), others));
    if (hits != 0) return p + std::countr_zero(static_cast<unsigned>(hits));
  }
#endif
  if constexpr (std::endian::native == std::endian::little) {
    for (; end - p >= 8; p += 8) {
      std::uint64_t word;
      std::memcpy(&word, p, 8);
      if (const std::uint64_t hits = not_plain(word)) return p + std::countr_zero(hits) / 8;
    }
    const std::uint64_t hits = not_plain(short_word(p, static_cast<std::size_t>(end - p)));
    return hits == 0 ? end : p + std::countr_zero(hits) / 8;
  }
  while (p < end && is_plain(*p)) ++p;
  return p;
}

const char* plain_end(const char* p, const char* end) noexcept {
  for (;;) {
    p = ascii_end(p, end);
    if (p >= end || static_cast<unsigned char>(*p) < 0x80) return p;
    const std::size_t length = utf8_sequence(p, end);
    if (length == 0) return p;
    p += length;
  }
}

std::int32_t hex4(const char* p) noexcept {
  std::int32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const char digit = p[i];
    const char lower = static_cast<char>(digit | 0x20);
    if (digit >= '0' && digit <= '9') {
      value = value * 16 + (digit - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + (lower - 'a' + 10);
    } else {
      return -1;
    }
  }
  return value;
}

const char* escape_end(const char* p, const char* end) noexcept {
  if (end - p < 2) return nullptr;
  const char c = p[1];
  p += 2;
  if (c != 'u') return std::string_view{"\"\\/bfnrt"}.find(c) != std::string_view::npos ? p : nullptr;
  if (end - p < 4) return nullptr;
  return hex4(p) < 0 ? nullptr : p + 4;
}

bool has_valid_escapes(std::string_view text) noexcept {
  const char* const end = text.data() + text.size();
  for (const char* p = text.data(); p != nullptr; p = escape_end(p, end)) {
    p = static_cast<const char*>(std::memchr(p, '\\', static_cast<std::size_t>(end - p)));
    if (p == nullptr) return true;
  }
  return false;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
