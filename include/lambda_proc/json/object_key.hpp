#pragma once
// SPDX-License-Identifier: MIT
// Enters objects and arrays, and matches the keys of objects. A part of decode.hpp.

#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/escaped_key.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

using simdjson_field = simdjson::simdjson_result<simdjson::ondemand::field>;

/// Enters an object or an array. The depth is limited, since readers are recursive.
[[gnu::always_inline]] inline simdjson::error_code enter(simdjson_value& value, simdjson::ondemand::object& out,
                                                         decode_error& error) {
  if (value.current_depth() >= static_cast<int>(max_depth)) return error.too_deep();
  return value.get_object().get(out) ? error.expected("an object", value.raw_json_token()) : simdjson::SUCCESS;
}
[[gnu::always_inline]] inline simdjson::error_code enter(simdjson_value& value, simdjson::ondemand::array& out,
                                                         decode_error& error) {
  if (value.current_depth() >= static_cast<int>(max_depth)) return error.too_deep();
  return value.get_array().get(out) ? error.expected("an array", value.raw_json_token()) : simdjson::SUCCESS;
}

[[gnu::always_inline]] inline simdjson_value& value_of(simdjson_field& good) { return unwrap(good).value(); }

/// A key as it is written, without its quotes; `escaped` is set if it has escapes.
inline std::string_view raw_key(const char* start, bool& escaped) {
  const char* const end = string_stop(start);
  escaped = *end == '\\';
  return {start, static_cast<std::size_t>(end - start)};
}

/// Reads a key: a view of the line, or of the parser's string buffer if it has escapes.
[[gnu::always_inline]] inline simdjson::error_code read_key(simdjson_field& field, std::string_view& out) {
  if (const auto code = field.error()) return code;
  bool escaped = false;
  out = raw_key(unwrap(field).key().raw(), escaped);
  return escaped ? field.unescaped_key().get(out) : simdjson::SUCCESS;
}

// A name and its closing quote. An object of its own: in a table of all names, g++ 12 warns of out-of-bounds reads when
// it instruments the code.
template <const auto& Names, std::size_t I>
inline constexpr auto quoted_name = [] {
  std::array<char, Names[I].size() + 1> text{};
  std::ranges::copy(Names[I], text.begin());
  text.back() = '"';
  return text;
}();

/// Whether the key that starts at raw is this name, written without escapes.
template <const auto& Names, std::size_t I>
bool is_key(const char* raw) {
  constexpr std::size_t size = quoted_name<Names, I>.size();
  if constexpr (Names[I].find_first_of("\"\\") != std::string_view::npos) {
    return false;
  } else if constexpr (size <= simdjson::SIMDJSON_PADDING) {
    // SIMDJSON_PADDING readable bytes follow the line, more than most names need.
    return std::memcmp(raw, quoted_name<Names, I>.data(), size) == 0;
  } else {
    return std::strncmp(raw, quoted_name<Names, I>.data(), size) == 0;
  }
}

/// The index of the key at raw among these names, or their number if it is not one of them.
template <const auto& Names>
[[gnu::always_inline]] inline std::size_t find_name(const char* raw) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    std::size_t found = Names.size();
    if (((is_key<Names, I>(raw) && (found = I, true)) || ...)) return found;
    bool escaped = false;
    raw_key(raw, escaped);
    if (escaped) static_cast<void>(((equals_unescaped(raw, Names[I]) && (found = I, true)) || ...));
    return found;
  }(std::make_index_sequence<Names.size()>{});
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
