#pragma once
// SPDX-License-Identifier: MIT
// Copies text into JSON strings, and escapes it. The definitions behind json_writer.hpp use it.

#include <lambda_proc/json/json_text.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The bytes that escape() needs for a text of `size` bytes: each one may become \u00XX, and it writes eight at a time.
constexpr std::size_t most_escaped_bytes(std::size_t size) noexcept { return 6 * size + 8; }

/// The text of a byte in a JSON string, and in the last of the eight bytes its length. Bytes beyond ASCII are
/// unchanged.
constexpr std::array<char, 8> escape_of(unsigned char byte) noexcept {
  constexpr std::string_view named = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (std::size_t i = 0; i < named.size(); i += 2) {
    if (byte == static_cast<unsigned char>(named[i])) return {'\\', named[i + 1], 0, 0, 0, 0, 0, 2};
  }
  constexpr std::string_view hex = "0123456789abcdef";
  if (byte < 0x20) return {'\\', 'u', '0', '0', hex[byte >> 4U], hex[byte & 0xFU], 0, 6};
  return {static_cast<char>(byte), 0, 0, 0, 0, 0, 0, 1};
}

// As words, so that an entry is loaded once.
inline constexpr auto escapes = [] {
  std::array<std::uint64_t, 256> words{};
  unsigned char byte = 0;
  for (std::uint64_t& word : words) word = std::bit_cast<std::uint64_t>(escape_of(byte++));
  return words;
}();

/// Without a branch: where text must be escaped at all, how often is hard to predict.
inline char* escape(char* out, char c) noexcept {
  const std::uint64_t entry = escapes[static_cast<unsigned char>(c)];
  std::memcpy(out, &entry, sizeof entry);
  return out + (std::endian::native == std::endian::little ? entry >> 56U : entry & 0xFFU);
}

/// Bytes that the compiler compares at once, with the instructions of any machine. Not of 32 bytes: without AVX, g++
/// compares these one by one.
template <std::size_t Size>
using byte_vector [[gnu::vector_size(Size)]] = unsigned char;

template <std::size_t Size>
byte_vector<Size> load(const char* p) noexcept {
  byte_vector<Size> bytes;
  std::memcpy(&bytes, p, Size);
  return bytes;
}

/// All bytes in one word, for a test of whether any bit is set.
template <class Vector>
std::uint64_t merge(const Vector& bytes) noexcept {
  std::array<std::uint64_t, sizeof bytes / 8> words;
  std::memcpy(&words, &bytes, sizeof bytes);
  std::uint64_t merged = 0;
  for (const std::uint64_t word : words) merged |= word;
  return merged;
}

/// Sets the bytes that must be escaped. The exclusive or leaves control characters below 0x20, and makes a quote 0x20.
template <class Vector>
auto must_escape(const Vector& bytes) noexcept {
  return (bytes == '\\') | ((bytes ^ 2) <= 0x20);
}

/// Escapes the block at `p`, whose last `count` bytes are still to be written. The others were written before `out`; if
/// nothing in the block must be escaped, they stand there unchanged.
// Inlined, as what calls it: otherwise texts of 5 to 20 bytes take half as long again.
template <class Vector>
[[gnu::always_inline]] inline char* escape_block(char* out, const char* p, const Vector& bytes,
                                                 std::size_t count = sizeof(Vector)) noexcept {
  if (merge(must_escape(bytes)) == 0) {
    std::memcpy(out + count - sizeof bytes, &bytes, sizeof bytes);
    return out + count;
  }
  for (std::size_t i = sizeof bytes - count; i < sizeof bytes; ++i) out = escape(out, p[i]);
  return out;
}

/// Where a text ends that escape() wrote, and whether it is ASCII.
struct escaped_text {
  char* end;
  bool is_ascii;
};

/// Escapes at least Size bytes, block after block; the last block may overlap the one before.
template <std::size_t Size>
[[gnu::always_inline]] inline escaped_text escape_blocks(char* out, const char* p, const char* end) noexcept {
  byte_vector<Size> all{};
  // In pairs, which take two thirds of the time where nothing has to be escaped.
  for (; static_cast<std::size_t>(end - p) >= 2 * Size; p += 2 * Size) {
    const auto first = load<Size>(p);
    const auto second = load<Size>(p + Size);
    all |= first | second;
    if (merge(must_escape(first) | must_escape(second)) == 0) {
      std::memcpy(out, p, 2 * Size);
      out += 2 * Size;
    } else {
      out = escape_block(out, p, first);
      out = escape_block(out, p + Size, second);
    }
  }
  if (static_cast<std::size_t>(end - p) >= Size) {
    const auto bytes = load<Size>(p);
    all |= bytes;
    out = escape_block(out, p, bytes);
    p += Size;
  }
  const auto bytes = load<Size>(end - Size);
  out = escape_block(out, end - Size, bytes, static_cast<std::size_t>(end - p));
  return {out, (merge(all | bytes) & eight_of(0x80)) == 0};
}

/// Writes text as the content of a JSON string to `out`, where most_escaped_bytes() are free. Bytes beyond ASCII are
/// not checked.
inline escaped_text escape(char* out, std::string_view text) noexcept {
  const char* p = text.data();
  const char* const end = p + text.size();
  if (text.size() >= 16) return escape_blocks<16>(out, p, end);
  if (text.size() >= 8) return escape_blocks<8>(out, p, end);
  if constexpr (std::endian::native == std::endian::little) {
    const std::uint64_t word = short_word(p, text.size());
    if (merge(must_escape(std::bit_cast<byte_vector<8>>(word))) == 0) {
      std::memcpy(out, &word, sizeof word);
      return {out + text.size(), (word & eight_of(0x80)) == 0};
    }
  }
  unsigned seen = 0;
  for (; p != end; ++p) {
    seen |= static_cast<unsigned char>(*p);
    out = escape(out, *p);
  }
  return {out, seen < 0x80};
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
