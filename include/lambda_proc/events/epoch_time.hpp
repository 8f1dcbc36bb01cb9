#pragma once
// SPDX-License-Identifier: MIT
// Points in time that AWS sends as a number since 1970; a part of the events that have one.

#include <lambda_proc/decode.hpp>
#include <lambda_proc/detail/decode_trail.hpp>
#include <lambda_proc/json_writer.hpp>

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A point in time that AWS sends as a count of `Unit`s since 1970-01-01T00:00:00Z, as an integer or with a fraction
/// (Kinesis: 1559320290.838). Kept to the millisecond, which is as fine as AWS is.
///
/// A count in a string is read as well; where AWS writes it so, `Quoted` says that it goes out like that again.
template <class Unit, bool Quoted = false>
struct epoch_time {
  std::chrono::sys_time<std::chrono::milliseconds> time;

  operator std::chrono::sys_time<std::chrono::milliseconds>() const noexcept { return time; }

  friend bool operator==(const epoch_time&, const epoch_time&) = default;
  friend auto operator<=>(const epoch_time&, const epoch_time&) = default;
};

using epoch_seconds = epoch_time<std::chrono::seconds>;
using epoch_milliseconds = epoch_time<std::chrono::milliseconds>;
/// Milliseconds in a string, as in the attributes of an SQS message.
using quoted_epoch_milliseconds = epoch_time<std::chrono::milliseconds, true>;

template <class Unit, bool Quoted>
simdjson::error_code from_json(simdjson::ondemand::value& value, epoch_time<Unit, Quoted>& out,
                               detail::decode_trail& trail) {
  using milliseconds = std::chrono::duration<double, std::milli>;
  const bool is_text = detail::token_of(value).starts_with('"');
  double count = 0;
  const auto code = (is_text ? value.get_double_in_string() : value.get_double()).get(count);
  const double rounded = std::round(milliseconds(std::chrono::duration<double, typename Unit::period>(count)).count());
  // Beyond it a double is no longer exact.
  constexpr double most = 9007199254740992.0;
  if (code || !(std::abs(rounded) <= most)) {
    const std::string_view unit = std::chrono::seconds(1) == Unit(1) ? "seconds" : "milliseconds";
    return trail.expected(std::string("a time in ").append(unit).append(" since 1970"), value.raw_json_token());
  }
  out.time = decltype(out.time)(std::chrono::milliseconds(static_cast<std::int64_t>(rounded)));
  return simdjson::SUCCESS;
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
