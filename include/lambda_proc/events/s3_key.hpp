#pragma once
// SPDX-License-Identifier: MIT
// Object keys in S3 notifications; a part of s3.hpp.

#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// An object's key, URL-encoded as S3 sends it: "Happy+Face.jpg" is "Happy Face.jpg". S3's API takes keys that are not
/// encoded (S3 User Guide, "Event message structure": "The s3 key … is URL encoded").
struct s3_key {
  /// A view of the event.
  std::string_view encoded;

  /// The object's key: "+" becomes a space, "%C3%BC" the bytes C3 BC. A "%" that two hexadecimal digits don't follow is
  /// kept.
  [[nodiscard]] std::string decoded() const;

  friend bool operator==(const s3_key&, const s3_key&) = default;
};

inline std::string s3_key::decoded() const {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  };
  std::string key;
  key.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    char c = encoded[i];
    if (c == '+') c = ' ';
    if (c == '%' && encoded.size() - i > 2) {
      const int high = digit(encoded[i + 1]);
      const int low = digit(encoded[i + 2]);
      if (high >= 0 && low >= 0) {
        c = static_cast<char>(high * 16 + low);
        i += 2;
      }
    }
    key += c;
  }
  return key;
}

inline simdjson::error_code from_json(simdjson::ondemand::value& value, s3_key& out, detail::decode_error& error) {
  return detail::read(value, out.encoded, error);
}
inline void to_json(json_writer& writer, const s3_key& value) { writer.string(value.encoded); }

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
