#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind epoch_time.hpp.

#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/json/decode_error.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

[[gnu::cold]] simdjson::error_code read_unusual_epoch_time(simdjson_value& value, std::chrono::microseconds unit,
                                                           std::chrono::microseconds& out, decode_error& error) {
  const bool is_text = token_of(value).starts_with('"');
  double count = 0;
  const auto code = (is_text ? value.get_double_in_string() : value.get_double()).get(count);
  // Not std::round: <cmath> takes longer to compile than most events.
  const double rounded = __builtin_round(count * static_cast<double>(unit.count()));
  constexpr auto most = static_cast<double>(most_epoch_milliseconds * 1000);
  if (code || !(-most <= rounded && rounded <= most)) {
    const std::string_view name = unit == std::chrono::seconds(1)        ? "seconds"
                                  : unit == std::chrono::milliseconds(1) ? "milliseconds"
                                                                         : "microseconds";
    return error.expected(std::string("a time in ").append(name).append(" since 1970"), value.raw_json_token());
  }
  out = std::chrono::microseconds(static_cast<std::int64_t>(rounded));
  return simdjson::SUCCESS;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
