#pragma once
// SPDX-License-Identifier: MIT
// What the line channels do with a line before it is a request; apart from them since two do it.

#include <lambda_proc/detail/crash_mark.hpp>
#include <lambda_proc/detail/json_text.hpp>
#include <lambda_proc/failure.hpp>
#include <lambda_proc/line_reader.hpp>
#include <lambda_proc/request.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Waits for the next line that is a request in the eyes of the wire. False: there is none any more, or `stop`, if
/// given, is not 0.
[[nodiscard]] inline bool next_request_line(const any_wire& wire, line_reader& reader,
                                            const volatile std::sig_atomic_t* stop, line_reader::status& found) {
  const auto stopped = [stop] { return stop != nullptr && *stop != 0; };
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

/// Makes what the reader found request number `count`, which is in hand then, as `mark`, if given, shows.
inline void read_request(const any_wire& wire, line_reader::status status, std::string_view line, std::uint64_t count,
                         crash_mark* mark, request& into) {
  into.restart(count);
  if (mark != nullptr) mark->take(into);
  if (status == line_reader::status::too_long) {
    into.refusal = failure{"request_too_large", "the line is longer than the limit"};
  } else if (status == line_reader::status::malformed) {
    into.refusal = failure{"invalid_request", "the framing is broken: no further request can be found"};
  } else if (result<void> done = wire.read(line, into); !done) {
    into.refusal = std::move(done).error();
  }
  if (mark != nullptr) mark->expect_id(into.id.size());
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
