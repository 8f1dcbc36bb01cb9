#pragma once
// SPDX-License-Identifier: MIT
// What the line channels do with a line before it is a request; apart from them since two do it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/crash/crash_mark.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Waits for the next line that is a request in the eyes of the wire. False: there is none any more, or `stop`, if
/// given, is true.
[[nodiscard]] inline bool next_request_line(const any_wire& wire, line_reader& reader, const std::atomic<bool>* stop,
                                            line_reader::status& found) {
  const auto stopped = [stop] { return stop != nullptr && stop->load(); };
  for (;;) {
    if (stopped()) return false;
    found = reader.next();
    if (found == line_reader::status::end || found == line_reader::status::failed) return false;
    // What a signal cut off is not a request.
    if (reader.at_end() && stopped()) return false;
    const bool blank = found == line_reader::status::line && std::ranges::all_of(reader.line(), is_space);
    if (!blank || wire.traits.answers_blank_lines) return true;
  }
}

/// From now on request number `count` is in hand, as `mark`, if given, shows.
inline void take_request(std::uint64_t count, crash_mark* mark, request& into) {
  into.restart(count);
  if (mark != nullptr) mark->take(into);
}

/// Makes the request in hand of what the reader found.
inline void read_request(const any_wire& wire, line_reader::status status, std::string_view line, crash_mark* mark,
                         request& into) {
  result<void> done = within_memory([&]() -> result<void> {
    switch (status) {
      case line_reader::status::too_long: return failure{"request_too_large", "the line is longer than the limit"};
      case line_reader::status::no_memory: return out_of_memory();
      case line_reader::status::malformed:
        return failure{"invalid_request", "the framing is broken: no further request can be found"};
      default: break;
    }
    into.read_ahead();
    result<void> read = wire.read(line, into);
    if (into.must_be_reread()) {
      into.restart(into.number);
      read = wire.read(line, into);
    }
    if (mark != nullptr) mark->expect_id(into.id.size());
    return read;
  });
  if (!done) into.refusal = std::move(done).error();
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
