#pragma once
// SPDX-License-Identifier: MIT
// The text of values that are not decoded: those that are skipped, or kept as raw JSON. simdjson skips over such text
// unchecked, so it is checked here.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The value in a successful result, without a copy. A copy costs several times as much as an iteration step: the
/// processor waits until what was stored in small parts can be loaded as a whole.
template <class T>
[[gnu::always_inline]] inline T& unwrap(simdjson::simdjson_result<T>& good) {
  T&& held = std::move(good).value_unsafe();
  return static_cast<T&>(held);  // since C++23 it would be moved from without the cast
}

/// Whether simdjson can skip the value that begins with this token. It would accept two mistakes: a closing bracket in
/// place of a value, and a string that a colon follows, which it takes for a key. The token of a value ends where the
/// next one begins.
inline bool can_be_skipped(std::string_view token) noexcept {
  if (token.starts_with('"')) return token.data()[token.size()] != ':';
  return !token.empty() && std::string_view("{[-0123456789tfn").find(token[0]) != std::string_view::npos;
}

/// Gives the text of a value, unchecked and without white space behind it, and the value's type. For an object,
/// `object` becomes the object, so that it can be reset later. A scalar is not consumed: iterating on skips it.
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

/// Skips a value and returns its text, without trailing white space, once it is checked to be JSON (RFC 8259).
LAMBDA_PROC_SEAM simdjson::error_code read_raw(simdjson_value& value, std::string_view& out);

/// Skips an unknown member; it must still be valid JSON. `key` is the text after the opening quote of its key.
LAMBDA_PROC_SEAM simdjson::error_code skip_member(const char* key, simdjson_value& value);

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/json/checked_text_definitions.hpp>
#endif
