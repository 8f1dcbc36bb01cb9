#pragma once
// SPDX-License-Identifier: MIT
// Decodes numbers, text, enums and times. A part of decode.hpp.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/is_finite.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/rfc3339.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

[[gnu::cold]] LAMBDA_PROC_SEAM simdjson::error_code not_a_string(std::string_view token, decode_error& error);

/// The text of a string, as a view of the parser's string buffer. Searching for escapes first, to return a view of the
/// line if there are none, would be more code for each member; the loop of decode_table.hpp does it.
[[gnu::always_inline]] inline simdjson::error_code read_text(simdjson_value& value, std::string_view& out,
                                                             decode_error& error) {
  if (value.get_string().get(out) == simdjson::SUCCESS) return simdjson::SUCCESS;
  return not_a_string(value.raw_json_token(), error);
}

/// Converts a JSON number to an integer, if it is integral and fits: 60, 60.0, 6e1. `magnitude` is its absolute value.
/// The text must be a valid JSON number.
[[gnu::cold]] LAMBDA_PROC_SEAM bool exact_integer(std::string_view number, bool& negative, std::uint64_t& magnitude);

/// The range of an integer type, as absolute values. Types with the same range share one reader.
struct integer_limits {
  std::uint64_t least;  ///< Of the least negative one; 0 where T is unsigned.
  std::uint64_t most;
};
template <integer T>
inline constexpr integer_limits limits_of{
    .least = std::is_signed_v<T> ? static_cast<std::uint64_t>(std::numeric_limits<T>::max()) + 1 : 0,
    .most = static_cast<std::uint64_t>(std::numeric_limits<T>::max()),
};

/// Reads integers in unusual notation (60.0, 6e1), and reports all failures. `out` is the integer modulo 2^64.
[[gnu::cold]] LAMBDA_PROC_SEAM simdjson::error_code read_unusual_integer(std::string_view token,
                                                                         const integer_limits& limits,
                                                                         std::uint64_t& out, decode_error& error);

template <integer T>
[[gnu::always_inline]] inline simdjson::error_code read_number(simdjson_value& value, T& out, decode_error& error) {
  std::conditional_t<std::is_unsigned_v<T>, std::uint64_t, std::int64_t> wide = 0;
  bool good = false;
  if constexpr (std::is_unsigned_v<T>) {
    good = value.get_uint64().get(wide) == simdjson::SUCCESS;
  } else {
    good = value.get_int64().get(wide) == simdjson::SUCCESS;
  }
  if (good && std::in_range<T>(wide)) {
    out = static_cast<T>(wide);
    return simdjson::SUCCESS;
  }
  std::uint64_t odd = 0;
  const auto code = read_unusual_integer(value.raw_json_token(), limits_of<T>, odd, error);
  out = static_cast<T>(odd);
  return code;
}

/// Whether a double is halfway between two floats; after the largest float comes 2^128.
inline bool is_between_floats(double number) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(number);
  const int exponent = static_cast<int>(bits >> 52U & 0x7FFU) - 1023;
  // A float lacks the last 29 bits of a double's fraction, a subnormal float more.
  const int lacking = 29 + std::max(0, std::numeric_limits<float>::min_exponent - 1 - exponent);
  if (lacking > 53) return false;
  const std::uint64_t fraction = bits | std::uint64_t{1} << 52U;
  return fraction << (64 - lacking) == std::uint64_t{1} << 63U;
}

/// Reads the JSON number at the start of the text, if the standard library can; otherwise it changes nothing.
[[gnu::cold]] LAMBDA_PROC_SEAM void read_float(std::string_view text, float& out);

/// Finds the T that is nearest to the JSON number at the start of the text; `wide` is the nearest double. False if the
/// number is out of range.
template <std::floating_point T>
[[gnu::always_inline]] inline bool narrow([[maybe_unused]] std::string_view text, double wide, T& out) {
  if constexpr (std::same_as<T, float>) {
    out = static_cast<float>(wide);
    // Rounding twice could give the wrong one of the two.
    if (is_between_floats(wide)) read_float(text, out);
    return is_finite(out);
  } else {
    out = wide;
    return is_finite(wide);
  }
}

template <std::floating_point T>
[[gnu::always_inline]] inline simdjson::error_code read_number(simdjson_value& value, T& out, decode_error& error) {
  double wide = 0;
  if (value.get_double().get(wide)) return error.expected("a number", value.raw_json_token());
  if (narrow(value.raw_json_token(), wide, out)) return simdjson::SUCCESS;
  return error.expected("a number in the range of its type", value.raw_json_token());
}

/// Types that are strings in JSON.
template <class T>
concept textual = text<T> || named_enum<T> || is_sys_time<T> || std::same_as<T, char> || char_array<T>;

/// What a string must contain for a T; empty if any string is accepted.
template <textual T>
std::string text_wanted() {
  if constexpr (is_sys_time<T>) {
    return "a time as RFC 3339 writes it";
  } else if constexpr (named_enum<T>) {
    std::string all;
    for (const auto& [value, name] : names_of_values<T>) {
      all.append(all.empty() ? "" : ", ").append("\"").append(name).append("\"");
    }
    return "one of " + all;
  } else if constexpr (std::same_as<T, char>) {
    return "a string of one character";
  } else if constexpr (char_array<T>) {
    return "a string of at most " + std::to_string(fixed_size<T> - 1) + " bytes";
  } else {
    return "a string";
  }
}

/// Converts text to a T. False if that is not possible.
template <textual T>
bool from_text(std::string_view text, T& out) {
  if constexpr (is_sys_time<T>) {
    return parse_rfc3339(text, out);
  } else if constexpr (named_enum<T>) {
    for (const auto& [value, name] : names_of_values<T>) {
      if (name == text) {
        out = value;
        return true;
      }
    }
    return false;
  } else if constexpr (std::same_as<T, char>) {
    if (text.size() != 1) return false;
    out = text.front();
    return true;
  } else if constexpr (char_array<T>) {
    // At least one zero follows the text, as C expects.
    if (text.size() >= fixed_size<T>) return false;
    std::ranges::fill(std::ranges::copy(text, out).out, std::end(out), '\0');
    return true;
  } else {
    out = text;
    return true;
  }
}

template <textual T>
[[gnu::always_inline]] inline simdjson::error_code read_textual(simdjson_value& value, T& out, decode_error& error) {
  std::string_view text;
  if (const auto code = read_text(value, text, error)) return code;
  return from_text(text, out) ? simdjson::SUCCESS : error.expected(text_wanted<T>(), value.raw_json_token());
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/json/decode_scalar_definitions.hpp>
#endif
