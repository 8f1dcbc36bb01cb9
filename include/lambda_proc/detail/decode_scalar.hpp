#pragma once
// SPDX-License-Identifier: MIT
// Numbers, text, enums and times out of simdjson; decode is made of these and of its containers.

#include <lambda_proc/detail/decode_trail.hpp>
#include <lambda_proc/detail/kinds.hpp>
#include <lambda_proc/detail/rfc3339.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A string's text: a view of the parser's string buffer. To look for escapes first and give a view of the line where
/// there are none takes longer than simdjson's copy.
inline simdjson::error_code read_text(simdjson_value& value, std::string_view& out, decode_trail& trail) {
  if (value.get_string().get(out) == simdjson::SUCCESS) return simdjson::SUCCESS;
  return trail.expected(token_of(value).starts_with('"') ? "a string with valid escapes" : "a string", value);
}

/// The integer that a JSON number stands for, if it is one and fits: 60, 60.0, 6e1. `magnitude` is its absolute
/// value. The text must be a valid JSON number.
inline bool exact_integer(std::string_view number, bool& negative, std::uint64_t& magnitude) {
  negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  std::string digits;
  long exponent = 0;
  const std::size_t e = number.find_first_of("eE");
  if (e != std::string_view::npos) {
    // An exponent that is cut to this makes every number but 0 too large or not integral still.
    constexpr long most = std::numeric_limits<long>::max() / 2;
    exponent = std::clamp(std::strtol(std::string(number.substr(e + 1)).c_str(), nullptr, 10), -most, most);
  }
  for (const char c : number.substr(0, e)) {
    if (c != '.') digits += c;
  }
  const std::size_t point = number.substr(0, e).find('.');
  if (point != std::string_view::npos) exponent -= static_cast<long>(digits.size() - point);
  digits.erase(0, digits.find_first_not_of('0'));
  while (exponent < 0 && digits.ends_with('0')) {
    digits.pop_back();
    ++exponent;
  }
  magnitude = 0;
  if (digits.empty()) return true;
  if (exponent < 0 || exponent > 20 || digits.size() > 20) return false;
  digits.append(static_cast<std::size_t>(exponent), '0');
  for (const char c : digits) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    if (magnitude > most / 10 || magnitude * 10 > most - digit) return false;
    magnitude = magnitude * 10 + digit;
  }
  return true;
}

/// What an integer type can hold, in words.
template <integer T>
std::string integer_range() {
  const std::string most = std::to_string(std::numeric_limits<T>::max());
  std::string words;
  if constexpr (std::is_unsigned_v<T>) {
    words.append("an unsigned integer up to ").append(most);
  } else {
    words.append("an integer from ").append(std::to_string(std::numeric_limits<T>::min())).append(" to ").append(most);
  }
  return words;
}

/// Integers that are not written as such, and all failures.
template <integer T>
[[gnu::cold, gnu::noinline]] simdjson::error_code read_odd_integer(simdjson_value& value, T& out, decode_trail& trail) {
  const std::string_view token = token_of(value);
  double rounded = 0;
  bool negative = false;
  std::uint64_t magnitude = 0;
  // get_double checks that this is a number at all, and is what moves on to the next value.
  const bool is_number = value.get_double().get(rounded) == simdjson::SUCCESS;
  if (is_number && exact_integer(token, negative, magnitude)) {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
    if (!negative && magnitude <= most) {
      out = static_cast<T>(magnitude);
      return simdjson::SUCCESS;
    }
    if (negative && magnitude <= (std::is_signed_v<T> ? most + 1 : 0)) {
      out = static_cast<T>(0 - magnitude);
      return simdjson::SUCCESS;
    }
  }
  const bool out_of_range = token.find_first_not_of("-0123456789") == std::string_view::npos;
  if (out_of_range) return trail.expected(integer_range<T>(), value);
  return trail.expected(std::is_unsigned_v<T> ? "an unsigned integer" : "an integer", value);
}

template <integer T>
simdjson::error_code read_number(simdjson_value& value, T& out, decode_trail& trail) {
  std::conditional_t<std::is_unsigned_v<T>, std::uint64_t, std::int64_t> wide = 0;
  bool good = false;
  if constexpr (std::is_unsigned_v<T>) {
    good = value.get_uint64().get(wide) == simdjson::SUCCESS;
  } else {
    good = value.get_int64().get(wide) == simdjson::SUCCESS;
  }
  if (!good || !std::in_range<T>(wide)) return read_odd_integer(value, out, trail);
  out = static_cast<T>(wide);
  return simdjson::SUCCESS;
}

/// Where the double that was read lies in the middle between two floats, only its text knows which one is nearer.
inline void round_once([[maybe_unused]] std::string_view number, double wide, float& out) {
  const double neighbour = std::nextafter(
      out, wide > out ? std::numeric_limits<float>::infinity() : -std::numeric_limits<float>::infinity());
  if (wide == out || wide - out != neighbour - wide) return;
#ifdef __cpp_lib_to_chars
  std::from_chars(number.data(), number.data() + number.size(), out);
#endif
}

template <std::floating_point T>
simdjson::error_code read_number(simdjson_value& value, T& out, decode_trail& trail) {
  double wide = 0;
  if (value.get_double().get(wide)) return trail.expected("a number", value);
  out = static_cast<T>(wide);
  if (!std::isfinite(out)) return trail.expected("a number in the range of its type", value);
  if constexpr (std::same_as<T, float>) round_once(token_of(value), wide, out);
  return simdjson::SUCCESS;
}

/// Types that are strings in JSON.
template <class T>
concept textual = text<T> || named_enum<T> || is_sys_time<T>;

/// What T wants to see in a string; nothing where every string will do.
template <textual T>
std::string text_wanted() {
  if constexpr (is_sys_time<T>) {
    return "a time as RFC 3339 writes it";
  } else if constexpr (named_enum<T>) {
    std::string all;
    for (const auto& [value, name] : json_names(T{}).entries) {
      all.append(all.empty() ? "" : ", ").append("\"").append(name).append("\"");
    }
    return "one of " + all;
  } else {
    return "a string";
  }
}

/// Whether text says a T.
template <textual T>
bool from_text(std::string_view text, T& out) {
  if constexpr (is_sys_time<T>) {
    return parse_rfc3339(text, out);
  } else if constexpr (named_enum<T>) {
    for (const auto& [value, name] : json_names(T{}).entries) {
      if (name == text) {
        out = value;
        return true;
      }
    }
    return false;
  } else {
    out = text;
    return true;
  }
}

template <textual T>
simdjson::error_code read_textual(simdjson_value& value, T& out, decode_trail& trail) {
  std::string_view text;
  if (const auto code = read_text(value, text, trail)) return code;
  return from_text(text, out) ? simdjson::SUCCESS : trail.expected(text_wanted<T>(), value);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
