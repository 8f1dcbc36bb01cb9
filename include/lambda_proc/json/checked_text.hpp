#pragma once
// SPDX-License-Identifier: MIT
// The text of values that are not decoded: skipped, or kept as raw JSON. simdjson walks over such text without a check,
// so it is checked here.

#include <lambda_proc/json/decode_trail.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Whether simdjson can skip the value that begins with this token. It would also skip a closing bracket; and it takes
/// an unread string for a key if a colon follows, and skips the next value as well. The token of a value ends where the
/// next one begins.
inline bool can_be_skipped(std::string_view token) noexcept {
  if (token.starts_with('"')) return token.data()[token.size()] != ':';
  return !token.empty() && std::string_view("{[-0123456789tfn").find(token[0]) != std::string_view::npos;
}

/// Gives the text of a value, unchecked and without white space behind it, and the value's type. For an object,
/// `object` is what it was read as. A scalar is not consumed: iterating on skips it.
[[gnu::always_inline]] inline simdjson::error_code slice(simdjson_value& value, simdjson::ondemand::json_type& type,
                                                         simdjson::ondemand::object& object, std::string_view& out) {
  if (const auto code = value.type().get(type)) return code;
  simdjson::error_code code = simdjson::SUCCESS;
  if (type == simdjson::ondemand::json_type::object) {
    if ((code = value.get_object().get(object)) == simdjson::SUCCESS) code = object.raw_json().get(out);
  } else if (type == simdjson::ondemand::json_type::array) {
    simdjson::ondemand::array array;
    if ((code = value.get_array().get(array)) == simdjson::SUCCESS) code = array.raw_json().get(out);
  } else {
    out = value.raw_json_token();
    if (!can_be_skipped(out)) return simdjson::TAPE_ERROR;
  }
  if (code == simdjson::SUCCESS) out = without_space_behind(out);
  return code;
}

/// Checks the text of a value that slice() gave.
inline simdjson::error_code check_slice(std::string_view text) noexcept {
  json_checker checker(text, true);
  if (checker.check()) return simdjson::SUCCESS;
  return checker.too_deep() ? simdjson::DEPTH_ERROR : simdjson::TAPE_ERROR;
}

/// Gives the text of a value, checked.
inline simdjson::error_code read_raw(simdjson_value& value, std::string_view& out) {
  simdjson::ondemand::json_type type;
  simdjson::ondemand::object object;
  if (const auto code = slice(value, type, object, out)) return code;
  return check_slice(out);
}

/// Skips a value that has no meaning here; it must still be valid JSON.
[[gnu::noinline]] inline simdjson::error_code skip_value(simdjson_value& value) {
  std::string_view text;
  return read_raw(value, text);
}
/// The same for a member. `key` is the text behind the opening quote of its key.
inline simdjson::error_code skip_member(const char* key, simdjson_value& value) {
  return string_end(key) == nullptr ? simdjson::STRING_ERROR : skip_value(value);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
