#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind checked_text.hpp.

#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <cstddef>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

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
  switch (check_json(without_space_behind(deep), max_depth - depth)) {
    case json_validity::valid: return simdjson::SUCCESS;
    case json_validity::too_deep: return simdjson::DEPTH_ERROR;
    default: return simdjson::TAPE_ERROR;
  }
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

simdjson::error_code read_raw(simdjson_value& value, std::string_view& out) {
  if (const auto code = walk_over(value, &out)) return code;
  out = without_space_behind(out);
  return has_valid_escapes(out) ? simdjson::SUCCESS : simdjson::STRING_ERROR;
}

simdjson::error_code skip_member(const char* key, simdjson_value& value) {
  std::string_view text;
  if (const auto code = read_raw(value, text)) return code;
  const std::string_view up_to_value(key, static_cast<std::size_t>(text.data() - key));
  return has_valid_escapes(up_to_value) ? simdjson::SUCCESS : simdjson::STRING_ERROR;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
