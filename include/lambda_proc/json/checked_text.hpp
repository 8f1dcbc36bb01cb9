#pragma once
// SPDX-License-Identifier: MIT
// The text of values that are not decoded: those that are skipped, or kept as raw JSON. simdjson skips over such text
// unchecked, so it is checked here.

#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <cstddef>
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

// Walks through a value and checks what simdjson does not. Its first stage has checked UTF-8, control characters and
// the ends of strings; iterating checks commas and colons; so scalars and escapes remain. If `text` is given it is set
// to the text of the value, and its escapes are not checked yet.
inline simdjson::error_code walk(simdjson::ondemand::object& members);
inline simdjson::error_code walk(simdjson::ondemand::array& elements);

template <class Container>
[[gnu::always_inline]] inline simdjson::error_code walk_into(simdjson_value& value, std::string_view* text) {
  const auto depth = static_cast<std::size_t>(value.current_depth());
  if (depth >= max_depth) return simdjson::DEPTH_ERROR;
  Container items;
  if (const auto code = value.get(items)) return code;
  constexpr std::size_t deepest_recursion = 64;
  if (depth <= deepest_recursion) {
    if (const auto code = walk(items)) return code;
    return text == nullptr ? simdjson::SUCCESS : items.raw_json().get(*text);
  }
  std::string_view deep;
  if (const auto code = items.raw_json().get(deep)) return code;
  if (text != nullptr) *text = deep;
  json_checker checker(without_space_behind(deep), max_depth - depth);
  if (checker.check()) return simdjson::SUCCESS;
  return checker.too_deep() ? simdjson::DEPTH_ERROR : simdjson::TAPE_ERROR;
}

[[gnu::always_inline]] inline simdjson::error_code walk_over(simdjson_value& value, std::string_view* text = nullptr) {
  const std::string_view token = value.raw_json_token();
  if (token.starts_with('{')) return walk_into<simdjson::ondemand::object>(value, text);
  if (token.starts_with('[')) return walk_into<simdjson::ondemand::array>(value, text);
  if (text != nullptr) *text = token;
  const bool valid = token.starts_with('"') ? can_be_skipped(token) : is_json_scalar(without_space_behind(token));
  return valid ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
}

inline simdjson::error_code walk(simdjson::ondemand::object& members) {
  for (auto member : members) {
    if (const auto code = member.error()) return code;
    if (const auto code = walk_over(unwrap(member).value())) return code;
  }
  return simdjson::SUCCESS;
}

inline simdjson::error_code walk(simdjson::ondemand::array& elements) {
  for (auto element : elements) {
    if (const auto code = element.error()) return code;
    if (const auto code = walk_over(unwrap(element))) return code;
  }
  return simdjson::SUCCESS;
}

/// Skips a value and returns its text, without trailing white space, once it is checked to be JSON (RFC 8259).
[[gnu::noinline]] inline simdjson::error_code read_raw(simdjson_value& value, std::string_view& out) {
  if (const auto code = walk_over(value, &out)) return code;
  out = without_space_behind(out);
  return has_valid_escapes(out) ? simdjson::SUCCESS : simdjson::STRING_ERROR;
}

/// Skips an unknown member; it must still be valid JSON. `key` is the text after the opening quote of its key.
inline simdjson::error_code skip_member(const char* key, simdjson_value& value) {
  std::string_view text;
  if (const auto code = read_raw(value, text)) return code;
  const std::string_view up_to_value(key, static_cast<std::size_t>(text.data() - key));
  return has_valid_escapes(up_to_value) ? simdjson::SUCCESS : simdjson::STRING_ERROR;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
