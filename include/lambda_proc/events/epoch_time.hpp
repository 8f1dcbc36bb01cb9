#pragma once
// SPDX-License-Identifier: MIT
// Times that AWS sends as a number of seconds or milliseconds since 1970; a part of the events that have them.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/copy_by_fields.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A time that AWS sends as a count of `Unit`s since 1970-01-01T00:00:00Z, as an integer or with a fraction (Kinesis:
/// 1559320290.838). Stored in microseconds; AWS sends nothing finer.
///
/// A count in a string is accepted, too. `Quoted` is for events in which AWS sends strings: the value is then also
/// written as a string.
template <class Unit, bool Quoted = false>
struct epoch_time {
  std::chrono::sys_time<std::chrono::microseconds> time;

  /// Rounded down, if Duration is coarser.
  template <class Duration>
  operator std::chrono::sys_time<Duration>() const noexcept {
    return std::chrono::floor<Duration>(time);
  }

  friend bool operator==(const epoch_time&, const epoch_time&) = default;
  friend auto operator<=>(const epoch_time&, const epoch_time&) = default;
};

using epoch_seconds = epoch_time<std::chrono::seconds>;
using epoch_milliseconds = epoch_time<std::chrono::milliseconds>;
/// Milliseconds in a string, as in the attributes of an SQS message.
using quoted_epoch_milliseconds = epoch_time<std::chrono::milliseconds, true>;

}  // namespace events

namespace detail {

// About 285,000 years: as microseconds this still is an std::int64_t.
inline constexpr std::uint64_t most_epoch_milliseconds = std::uint64_t{1} << 53U;

/// The slow path: times before 1970, counts with a fraction, strings where numbers are usual and the reverse, and all
/// failures.
LAMBDA_PROC_SEAM simdjson::error_code read_unusual_epoch_time(simdjson_value& value, std::chrono::microseconds unit,
                                                              std::chrono::microseconds& out, decode_error& error);

}  // namespace detail

namespace events {

template <class Unit, bool Quoted>
[[gnu::always_inline]] inline simdjson::error_code from_json(simdjson::ondemand::value& value,
                                                             epoch_time<Unit, Quoted>& out,
                                                             detail::decode_error& error) {
  constexpr std::chrono::microseconds unit = Unit(1);
  constexpr std::uint64_t factor = unit.count();
  std::uint64_t count = 0;
  // Most counts are integers, which are read much faster than doubles.
  simdjson::error_code code = (Quoted ? value.get_uint64_in_string() : value.get_uint64()).get(count);
  std::chrono::microseconds since(static_cast<std::int64_t>(count * factor));
  if (code || count > detail::most_epoch_milliseconds * 1000 / factor) {
    simdjson::ondemand::value copy = detail::copy_by_fields(value);
    code = detail::read_unusual_epoch_time(copy, unit, since, error);
  }
  out.time = decltype(out.time)(since);
  return code;
}

template <class Unit, bool Quoted>
void to_json(json_writer& writer, const epoch_time<Unit, Quoted>& value) {
  const auto since = value.time.time_since_epoch();
  char text[32];
  char* end = text;
  if (const auto whole = std::chrono::floor<Unit>(since); whole == since) {
    end = std::to_chars(text, text + sizeof text, whole.count()).ptr;
  } else {
    const std::chrono::duration<double, typename Unit::period> exact = since;
    end = std::to_chars(text, text + sizeof text, exact.count()).ptr;
  }
  const std::string_view written(text, static_cast<std::size_t>(end - text));
  Quoted ? writer.string(written) : writer.raw(raw_json::trusted(written));
}

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/events/epoch_time_definitions.hpp>
#endif
