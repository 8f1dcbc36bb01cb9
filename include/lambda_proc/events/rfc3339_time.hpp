#pragma once
// SPDX-License-Identifier: MIT
// Times that AWS sends as text (RFC 3339); a part of the events that have them.

#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/rfc3339.hpp>

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <ratio>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A time that AWS sends as text: "2026-01-07T09:14:26.103Z". Services differ in how many digits the fraction has, and
/// change that; all of it is kept, up to nanoseconds, and is written as it was read.
///
/// The members are microseconds and a rest, because std::chrono::sys_time<std::chrono::nanoseconds> ends in 2262 and
/// starts in 1677, and some tools send the year 1 for a time that they don't have.
struct rfc3339_time {
  /// Rounded down.
  std::chrono::sys_time<std::chrono::microseconds> time;
  /// The nanoseconds beyond the microseconds: 0 to 999.
  std::uint16_t nanoseconds = 0;
  /// How many digits the fraction of a second has at least: 0 to 9.
  std::uint8_t digits = 0;

  /// Rounded down, if Duration is coarser.
  template <class Duration>
  operator std::chrono::sys_time<Duration>() const noexcept {
    if constexpr (std::ratio_less_v<typename Duration::period, std::micro>) {
      return time + std::chrono::nanoseconds(nanoseconds);
    } else {
      return std::chrono::floor<Duration>(time);
    }
  }

  /// How a time was written does not matter.
  friend bool operator==(const rfc3339_time& a, const rfc3339_time& b) noexcept { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const rfc3339_time& a, const rfc3339_time& b) noexcept {
    if (a.time != b.time) return a.time < b.time ? std::strong_ordering::less : std::strong_ordering::greater;
    return a.nanoseconds <=> b.nanoseconds;
  }
};

inline simdjson::error_code from_json(simdjson::ondemand::value& value, rfc3339_time& out,
                                      detail::decode_error& error) {
  std::string_view text;
  if (const auto code = detail::read(value, text, error)) return code;
  if (!detail::parse_rfc3339(text, out.time)) {
    return error.expected("a time as RFC 3339 writes it", value.raw_json_token());
  }
  out.nanoseconds = 0;
  out.digits = 0;
  if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
    const std::string_view fraction = text.substr(point + 1);
    out.nanoseconds = static_cast<std::uint16_t>(detail::digit_reader(fraction).nanoseconds() % 1000);
    out.digits = static_cast<std::uint8_t>(std::min<std::size_t>(fraction.find_first_not_of("0123456789"), 9));
  }
  return simdjson::SUCCESS;
}

inline void to_json(json_writer& writer, const rfc3339_time& value) {
  char text[64];
  const auto whole = std::chrono::floor<std::chrono::seconds>(value.time);
  std::size_t size = detail::format_rfc3339(whole, text);
  if (size == 0) return writer.fail("a time lies outside of the years 0 to 9999");
  --size;  // the Z
  const auto fine = std::chrono::duration_cast<std::chrono::nanoseconds>(value.time - whole).count();
  auto left = static_cast<std::uint32_t>(fine) + value.nanoseconds;
  if (value.digits > 0 || left > 0) text[size++] = '.';
  std::uint32_t unit = 100'000'000;
  for (unsigned i = 0; i < 9 && (i < value.digits || left > 0); ++i, unit /= 10) {
    text[size++] = static_cast<char>('0' + left / unit);
    left %= unit;
  }
  text[size++] = 'Z';
  writer.string(std::string_view(text, size));
}

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
