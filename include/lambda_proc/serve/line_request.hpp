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

/// Whether the reader has found a request. A blank line is one only for wires that answer it.
[[nodiscard]] inline bool is_request(const any_wire& wire, line_reader::status found, std::string_view line) noexcept {
  const bool blank = found == line_reader::status::line && std::ranges::all_of(line, is_space);
  return !blank || wire.traits.answers_blank_lines;
}

/// Waits for the next line. Returns false if the input has ended, if reading failed, or if `stop` (which may be null)
/// is true.
[[nodiscard]] inline bool next_line(line_reader& reader, const std::atomic<bool>* stop, line_reader::status& found) {
  const auto stopped = [stop] { return stop != nullptr && stop->load(); };
  if (stopped()) return false;
  found = reader.next();
  if (found == line_reader::status::end || found == line_reader::status::failed) return false;
  // SIGTERM also ends the input, so the last line may be incomplete: it is not a request.
  return !reader.at_end() || !stopped();
}

/// Waits for the next line that is a request. Returns false as next_line() does.
[[nodiscard]] inline bool next_request_line(const any_wire& wire, line_reader& reader, const std::atomic<bool>* stop,
                                            line_reader::status& found) {
  while (next_line(reader, stop, found)) {
    if (is_request(wire, found, reader.line())) return true;
  }
  return false;
}

/// Begins request `number`, and records it in `thread` (which may be null) as the one in flight.
inline void take_request(std::uint64_t number, serving_thread* thread, request& into) {
  into.restart(number);
  if (thread != nullptr) thread->take(into);
}

/// Parses a line into the in-flight request. If the line is not valid, or was not stored, into.refusal says why.
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
