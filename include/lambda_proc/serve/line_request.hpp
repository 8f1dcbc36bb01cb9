#pragma once
// SPDX-License-Identifier: MIT
// How a line becomes a request; line_channel and the workers share it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/crash/serving_thread.hpp>
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

/// Whether the wire counts what the reader found as a request.
[[nodiscard]] inline bool is_request(const any_wire& wire, line_reader::status found, std::string_view line) noexcept {
  const bool blank = found == line_reader::status::line && std::ranges::all_of(line, is_space);
  return !blank || wire.traits.answers_blank_lines;
}

/// Waits for the next line. False at the end of input, or if `stop` (which may be null) is true.
[[nodiscard]] inline bool next_line(line_reader& reader, const std::atomic<bool>* stop, line_reader::status& found) {
  const auto stopped = [stop] { return stop != nullptr && stop->load(); };
  if (stopped()) return false;
  found = reader.next();
  if (found == line_reader::status::end || found == line_reader::status::failed) return false;
  // A line that a signal cut off is not a request.
  return !reader.at_end() || !stopped();
}

/// Waits for the next line that the wire counts as a request, likewise.
[[nodiscard]] inline bool next_request_line(const any_wire& wire, line_reader& reader, const std::atomic<bool>* stop,
                                            line_reader::status& found) {
  while (next_line(reader, stop, found)) {
    if (is_request(wire, found, reader.line())) return true;
  }
  return false;
}

/// Makes request number `count` the in-flight one; `thread` (which may be null) is told.
inline void take_request(std::uint64_t count, serving_thread* thread, request& into) {
  into.restart(count);
  if (thread != nullptr) thread->take(into);
}

/// Parses what the reader found into the in-flight request.
inline void read_request(const any_wire& wire, line_reader::status status, std::string_view line,
                         serving_thread* thread, request& into) {
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
    if (thread != nullptr) thread->reserve_for_id(into.id.size());
    return read;
  });
  if (!done) into.refusal = std::move(done).error();
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
