#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind decode_scalar.hpp.

#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_scalar.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

simdjson::error_code not_a_string(std::string_view token, decode_error& error) {
  return error.expected(token.starts_with('"') ? "a string with valid escapes" : "a string", token);
}

/// Appends zeros, and a digit in the place of the last one. False if the number becomes too large.
inline bool append_digits(std::uint64_t& magnitude, long count, unsigned digit) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  for (; count > 0; --count) {
    if (magnitude > most / 10) return false;
    magnitude *= 10;
  }
  if (magnitude > most - digit) return false;
  magnitude += digit;
  return true;
}

bool exact_integer(std::string_view number, bool& negative, std::uint64_t& magnitude) {
  negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  const std::size_t e = number.find_first_of("eE");
  long exponent = 0;
  if (e != std::string_view::npos) {
    // Limited: beyond this every number except 0 is too large or not integral anyway.
    constexpr long most = std::numeric_limits<long>::max() / 2;
    exponent = std::clamp(std::strtol(std::string(number.substr(e + 1)).c_str(), nullptr, 10), -most, most);
  }
  magnitude = 0;
  bool in_fraction = false;
  // Zeros are counted until another digit follows; trailing ones become part of the exponent.
  long waiting = 0;
  for (const char c : number.substr(0, e)) {
    if (c == '.') {
      in_fraction = true;
      continue;
    }
    if (in_fraction) --exponent;
    ++waiting;
    if (c == '0') continue;
    if (!append_digits(magnitude, waiting, static_cast<unsigned>(c - '0'))) return false;
    waiting = 0;
  }
  if (magnitude == 0) return true;
  exponent += waiting;
  return exponent >= 0 && append_digits(magnitude, exponent, 0);
}

/// Describes the range in a message.
inline std::string describe_range(const integer_limits& limits) {
  std::string text = limits.least == 0 ? "an unsigned integer up to " : "an integer from -";
  if (limits.least != 0) text.append(std::to_string(limits.least)).append(" to ");
  return text.append(std::to_string(limits.most));
}

simdjson::error_code read_unusual_integer(std::string_view token, const integer_limits& limits, std::uint64_t& out,
                                          decode_error& error) {
  token = without_space_behind(token);
  bool negative = false;
  std::uint64_t magnitude = 0;
  const bool is_number = token.find_first_of("-0123456789") == 0 && is_json(token);
  if (is_number && exact_integer(token, negative, magnitude) && magnitude <= (negative ? limits.least : limits.most)) {
    out = negative ? 0 - magnitude : magnitude;
    return simdjson::SUCCESS;
  }
  const bool out_of_range = token.find_first_not_of("-0123456789") == std::string_view::npos;
  if (out_of_range) return error.expected(describe_range(limits), token);
  return error.expected(limits.least == 0 ? "an unsigned integer" : "an integer", token);
}

void read_float([[maybe_unused]] std::string_view text, [[maybe_unused]] float& out) {
#ifdef __cpp_lib_to_chars
  std::from_chars(text.data(), text.data() + text.size(), out);
#endif
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
