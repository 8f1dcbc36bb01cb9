#pragma once
// SPDX-License-Identifier: MIT
// Reading JSON text without a parser: what json_writer may copy as it is, and whether a text is JSON at all.

#include <array>
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

/// The length of the well-formed UTF-8 sequence at p, or 0 (Unicode 15, table 3-7). Not for ASCII.
inline std::size_t utf8_sequence(const char* p, const char* end) noexcept {
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

constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Text without the white space behind it. Not with find_last_not_of(), which calls memchr(3) for each byte.
constexpr std::string_view without_space_behind(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Eight bytes with a copy of `byte` in each.
constexpr std::uint64_t eight_of(unsigned char byte) noexcept { return 0x0101010101010101U * byte; }

/// The top bit of each byte that is zero; above the lowest of them, of some others as well.
constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept {
  return (word - eight_of(1)) & ~word & eight_of(0x80);
}

/// The first quote or backslash from p on. There must be one, and eight readable bytes from it on.
inline const char* string_stop(const char* p) noexcept {
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

/// The first byte in [p, end) that is not plain text of a JSON string: a quote, a backslash, a control character, or
/// any that is not ASCII.
inline const char* ascii_end(const char* p, const char* end) noexcept {
#ifdef __SSE2__
  // Most strings end within the first sixteen bytes, which then cost no branch that could be mispredicted.
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
      // A byte's top bit comes up where the byte is less than 0x20 before the subtraction; a borrow can only set bits
      // above a true hit, and the lowest hit is all that is used.
      const std::uint64_t hits = zero_bytes(word ^ eight_of('"')) | zero_bytes(word ^ eight_of('\\')) |
                                 ((((word - eight_of(0x20)) & ~word) | word) & eight_of(0x80));
      if (hits != 0) return p + std::countr_zero(hits) / 8;
    }
  }
  for (; p < end; ++p) {
    const auto byte = static_cast<unsigned char>(*p);
    if (byte >= 0x80 || byte < 0x20 || byte == '"' || byte == '\\') break;
  }
  return p;
}

/// The first byte in [p, end) that can't stand in a JSON string as it is: a quote, a backslash, a control
/// character, or the start of ill-formed UTF-8.
inline const char* plain_end(const char* p, const char* end) noexcept {
  for (;;) {
    p = ascii_end(p, end);
    if (p >= end || static_cast<unsigned char>(*p) < 0x80) return p;
    const std::size_t length = utf8_sequence(p, end);
    if (length == 0) return p;
    p += length;
  }
}

/// Nesting beyond this is refused: recursion on hostile input must end. simdjson's own default, too.
inline constexpr std::size_t max_depth = 1024;

/// Checks text against RFC 8259 in one pass, without recursion and without memory of its own.
class json_checker {
 public:
  explicit json_checker(std::string_view text) noexcept : p_(text.data()), end_(text.data() + text.size()) {}

  /// Whether the text is one value, in well-formed UTF-8, not nested beyond max_depth.
  bool check() noexcept {
    for (;;) {
      skip_space();
      if (at('{')) {
        if (!open(true)) return false;
        skip_space();
        if (!at('}')) {
          if (!key()) return false;
          continue;
        }
      } else if (at('[')) {
        if (!open(false)) return false;
        skip_space();
        if (p_ < end_ && *p_ != ']') continue;
      } else if (!scalar()) {
        return false;
      }
      bool more = false;
      if (!close(more)) return false;
      if (!more) return p_ == end_;
    }
  }

 private:
  bool at(char c) const noexcept { return p_ < end_ && *p_ == c; }

  void skip_space() noexcept {
    while (p_ < end_ && is_space(*p_)) ++p_;
  }

  bool in_object() const noexcept { return (kinds_[(depth_ - 1) / 64] >> ((depth_ - 1) % 64) & 1U) != 0; }

  bool open(bool object) noexcept {
    if (depth_ == max_depth) return false;
    const std::uint64_t bit = std::uint64_t{1} << (depth_ % 64);
    auto& word = kinds_[depth_ / 64];
    word = object ? word | bit : word & ~bit;
    ++depth_;
    ++p_;
    return true;
  }

  // After a value, or after the opening bracket of an empty container: leaves what ends here. `more` says that
  // another value must follow.
  bool close(bool& more) noexcept {
    for (;;) {
      skip_space();
      if (depth_ == 0) return true;
      if (p_ == end_) return false;
      const char c = *p_++;
      if (c == ',') {
        more = true;
        skip_space();
        return !in_object() || key();
      }
      if (c != (in_object() ? '}' : ']')) return false;
      --depth_;
    }
  }

  bool key() noexcept {
    if (!string()) return false;
    skip_space();
    if (!at(':')) return false;
    ++p_;
    return true;
  }

  bool string() noexcept {
    if (!at('"')) return false;
    ++p_;
    for (;;) {
      p_ = plain_end(p_, end_);
      if (p_ == end_) return false;
      if (*p_ == '"') {
        ++p_;
        return true;
      }
      if (*p_ != '\\' || !escape()) return false;
    }
  }

  bool escape() noexcept {
    if (end_ - p_ < 2) return false;
    const char c = p_[1];
    p_ += 2;
    if (c != 'u') return std::string_view{"\"\\/bfnrt"}.find(c) != std::string_view::npos;
    if (end_ - p_ < 4) return false;
    for (int i = 0; i < 4; ++i, ++p_) {
      const char lower = static_cast<char>(*p_ | 0x20);
      if (!is_digit(*p_) && (lower < 'a' || lower > 'f')) return false;
    }
    return true;
  }

  bool scalar() noexcept {
    if (p_ == end_) return false;
    switch (*p_) {
      case '"': return string();
      case 't': return word("true");
      case 'f': return word("false");
      case 'n': return word("null");
      default: return number();
    }
  }

  bool word(std::string_view expected) noexcept {
    if (std::string_view(p_, static_cast<std::size_t>(end_ - p_)).substr(0, expected.size()) != expected) return false;
    p_ += expected.size();
    return true;
  }

  bool number() noexcept {
    if (at('-')) ++p_;
    if (at('0')) {
      ++p_;
    } else if (!digits()) {
      return false;
    }
    if (at('.')) {
      ++p_;
      if (!digits()) return false;
    }
    if (at('e') || at('E')) {
      ++p_;
      if (at('+') || at('-')) ++p_;
      if (!digits()) return false;
    }
    return true;
  }

  static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

  bool digits() noexcept {
    const char* const start = p_;
    while (p_ < end_ && is_digit(*p_)) ++p_;
    return p_ != start;
  }

  const char* p_;
  const char* end_;
  std::size_t depth_ = 0;
  std::array<std::uint64_t, max_depth / 64> kinds_;
};

/// Whether text is one JSON value (RFC 8259, UTF-8), nested at most max_depth.
inline bool is_json(std::string_view text) noexcept { return json_checker(text).check(); }

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
