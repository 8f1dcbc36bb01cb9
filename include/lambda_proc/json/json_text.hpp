#pragma once
// SPDX-License-Identifier: MIT
// Scans JSON text without a parser: where strings and white space end, and what json_writer may copy unchanged.

#include <lambda_proc/core/seam.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace lambda_proc {
inline namespace v0 {
namespace detail {

constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Text without trailing white space. Not with find_last_not_of(), which calls memchr(3) for each byte.
constexpr std::string_view without_space_behind(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Whether a byte may be copied into a JSON string: ASCII, but no quote, backslash or control character. Compared as
/// unsigned, since the sign of char depends on the machine.
constexpr bool is_plain(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

/// Whether all bytes of a text may be copied.
constexpr bool is_plain(std::string_view text) noexcept {
  for (const char c : text) {
    if (!is_plain(c)) return false;
  }
  return true;
}

/// Eight bytes with a copy of `byte` in each.
constexpr std::uint64_t eight_of(unsigned char byte) noexcept { return 0x0101010101010101U * byte; }

/// Sets the top bit of each byte that is zero. Use only the lowest: above it, bits of other bytes may be set as well.
constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept {
  return (word - eight_of(1)) & ~word & eight_of(0x80);
}

/// Up to seven bytes as a word, with spaces behind them. For little-endian machines.
inline std::uint64_t short_word(const char* p, std::size_t size) noexcept {
  const std::uint64_t spaces = eight_of(' ') << 8 * size;
  if (size >= 4) {
    std::uint32_t first;
    std::uint32_t last;
    std::memcpy(&first, p, 4);
    std::memcpy(&last, p + size - 4, 4);
    return spaces | first | std::uint64_t{last} << 8 * (size - 4);
  }
  if (size == 0) return spaces;
  const auto byte = [p](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(p[i])} << 8 * i; };
  return spaces | byte(0) | byte(size / 2) | byte(size - 1);
}

/// The first quote or backslash from p on. There must be one, followed by sixteen readable bytes.
inline const char* string_stop(const char* p) noexcept {
#ifdef __SSE2__
  for (;; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const int hits = _mm_movemask_epi8(_mm_or_si128(quotes, backslashes));
    if (hits != 0) return p + std::countr_zero(static_cast<unsigned>(hits));
  }
#endif
  if constexpr (std::endian::native == std::endian::little) {
    for (;; p += 8) {
      std::uint64_t word;
      std::memcpy(&word, p, 8);
      const std::uint64_t hits = zero_bytes(word ^ eight_of('"')) | zero_bytes(word ^ eight_of('\\'));
      if (hits != 0) return p + std::countr_zero(hits) / 8;
    }
  }
  while (*p != '"' && *p != '\\') ++p;
  return p;
}

/// The length of the well-formed UTF-8 sequence at p (Unicode 15, table 3-7); 0 if it is not well-formed, and for
/// ASCII.
LAMBDA_PROC_SEAM std::size_t utf8_sequence(const char* p, const char* end) noexcept;

/// The size of the longest prefix that is well-formed UTF-8.
LAMBDA_PROC_SEAM std::size_t utf8_prefix(std::string_view text) noexcept;

/// Whether all of the text is well-formed UTF-8.
LAMBDA_PROC_SEAM bool is_utf8(std::string_view text) noexcept;

/// The first byte in [p, end) that must not be copied into a JSON string: a quote, a backslash, a control character, or
/// the start of ill-formed UTF-8.
LAMBDA_PROC_SEAM const char* plain_end(const char* p, const char* end) noexcept;

/// The value of the four hexadecimal digits at p; -1 if they are not all digits.
LAMBDA_PROC_SEAM std::int32_t hex4(const char* p) noexcept;

/// The position after the escape at p; null if it is not valid (RFC 8259, which allows lone surrogates).
LAMBDA_PROC_SEAM const char* escape_end(const char* p, const char* end) noexcept;

/// Whether each backslash in the text begins a valid escape.
LAMBDA_PROC_SEAM bool has_valid_escapes(std::string_view text) noexcept;

/// The deepest nesting that is read, so that hostile input can't exhaust the stack. The same as simdjson's default.
inline constexpr std::size_t max_depth = 1024;

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/json/json_text_definitions.hpp>
#endif
