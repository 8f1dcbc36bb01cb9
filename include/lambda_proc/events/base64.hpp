#pragma once
// SPDX-License-Identifier: MIT
// Bytes that JSON carries as base64: a view that is decoded on demand, and the encoder for replies.

#include <lambda_proc/core/encode_base64.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

namespace detail {

inline constexpr std::uint32_t not_base64 = 0x8000'0000;

// The bits that a character contributes to the 24 bits of its group of four, for each place in the group.
inline constexpr auto base64_digits = [] {
  std::array<std::array<std::uint32_t, 256>, 4> table{};
  for (std::uint32_t place = 0; place < 4; ++place) {
    table[place].fill(not_base64);
    for (std::uint32_t i = 0; i < 64; ++i) {
      table[place][static_cast<unsigned char>(base64_alphabet[i])] = i << (18 - 6 * place);
    }
  }
  return table;
}();

inline std::uint32_t base64_group(const char* p) noexcept {
  const auto digit = [p](std::size_t place) { return base64_digits[place][static_cast<unsigned char>(p[place])]; };
  return digit(0) | digit(1) | digit(2) | digit(3);
}

inline std::size_t base64_padding(std::string_view text) noexcept {
  return text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
}

/// Writes size / 4 * 3 - padding bytes to `out`. Returns false if text is not base64; some bytes may have been written.
inline bool decode_base64(std::string_view text, char* out) noexcept {
  if (text.size() % 4 != 0) return false;
  const std::size_t padding = base64_padding(text);
  const char* p = text.data();
  const char* const end = p + text.size() - (padding != 0 ? 4 : 0);
  std::uint32_t all = 0;
  for (; p != end; p += 4, out += 3) {
    const std::uint32_t bits = base64_group(p);
    all |= bits;
    out[0] = static_cast<char>(bits >> 16U);
    out[1] = static_cast<char>(bits >> 8U);
    out[2] = static_cast<char>(bits);
  }
  if (padding != 0) {
    const char last[] = {p[0], p[1], padding == 2 ? 'A' : p[2], 'A'};
    const std::uint32_t bits = base64_group(last);
    // The unused bits of the last digit must be 0, so that each sequence of bytes has exactly one encoding.
    if ((bits & (padding == 2 ? 0xFFFFU : 0xFFU)) != 0) return false;
    all |= bits;
    out[0] = static_cast<char>(bits >> 16U);
    if (padding == 1) out[1] = static_cast<char>(bits >> 8U);
  }
  return (all & not_base64) == 0;
}

}  // namespace detail

namespace events {

/// Bytes encoded as base64 (RFC 4648, section 4), as in Kinesis, Firehose, Kafka, DynamoDB and binary HTTP bodies.
///
/// A view that is valid as long as the event. Nothing is decoded or checked before decode() is called.
class base64 {
 public:
  static constexpr bool wraps_text = true;

  base64() = default;
  explicit base64(std::string_view text) noexcept : text_(text) {}

  /// The text before decoding.
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

  /// How many bytes a successful decode() returns.
  [[nodiscard]] std::size_t size() const noexcept { return text_.size() / 4 * 3 - detail::base64_padding(text_); }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  /// Decodes into `buffer`, which keeps its memory from one call to the next. Fails with `invalid_event` if the text is
  /// not strict base64: another alphabet, white space, missing padding, or non-zero bits after the last byte.
  [[nodiscard]] result<std::string_view> decode(std::string& buffer) const {
    if (text_.size() % 4 != 0) return refused();
    buffer.resize(size());
    if (!detail::decode_base64(text_, buffer.data())) return refused();
    return std::string_view(buffer);
  }

  /// The same, into the first size() bytes of `buffer`, which must be large enough (asserted).
  [[nodiscard]] result<std::span<std::byte>> decode(std::span<std::byte> buffer) const {
    if (text_.size() % 4 != 0) return refused();
    const std::span<std::byte> bytes = buffer.first(size());
    if (!detail::decode_base64(text_, reinterpret_cast<char*>(bytes.data()))) return refused();
    return bytes;
  }

  friend bool operator==(const base64&, const base64&) = default;

  [[gnu::always_inline]] friend simdjson::error_code from_json(simdjson::ondemand::value& value, base64& out,
                                                               detail::decode_error& error) {
    return detail::read(value, out.text_, error);
  }
  friend void to_json(json_writer& writer, const base64& value) { writer.string(value.text_); }
  friend bool json_absent(const base64& value) noexcept { return value.text_.data() == nullptr; }

 private:
  static failure refused() { return {"invalid_event", "expected base64 with padding and without white space"}; }

  std::string_view text_;
};

/// Appends `bytes`, encoded as base64, to `out`.
inline void append_base64(std::string& out, std::string_view bytes) {
  const std::size_t size = out.size();
  out.resize(size + detail::base64_size(bytes.size()));
  detail::encode_base64(bytes, out.data() + size);
}

/// The base64 of `bytes`, for replies.
[[nodiscard]] inline std::string to_base64(std::string_view bytes) {
  std::string text;
  append_base64(text, bytes);
  return text;
}

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
