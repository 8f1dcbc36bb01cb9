#pragma once
// SPDX-License-Identifier: MIT
// The wire without an envelope: Redpanda Connect's (Benthos's) `subprocess` processor (its processor_subprocess.go),
// and any pipe of JSON lines.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/framing.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <cstddef>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The code that all framings share, so that it is compiled once.
[[gnu::noinline]] inline result<void> read_bare_event(std::string_view line, request& into) {
  const auto code = into.hold_line(line);
  if (code == simdjson::SUCCESS) return {};
  if (code == simdjson::EMPTY) return failure{"invalid_request", "the line is empty"};
  return malformed_json("invalid_request", "", code);
}

}  // namespace detail
namespace wire {

/// The line is the event, the reply line is the result:
///
///     {"sku":"A7"}        {"cents":300}
///                         {"error":{"type":"…","message":"…"}}
///
/// Each line gets a reply, even an empty one, in order. The host accepts replies of up to 64 KiB by default (its
/// max_buffer; set options::max_reply_bytes for another limit) and takes stderr output for a reply: so logs are off, or
/// go to LAMBDA_PROC_LOG_FILE.
template <framing Framing>
struct basic_lines {
  static constexpr wire_traits traits{
      .name = Framing == framing::newline         ? "lines"
              : Framing == framing::length_prefix ? "length_prefixed_uint32_be"
                                                  : "netstring",
      .example = "JSON",
      .framing = Framing,
      .answers_blank_lines = true,
      // The host counts the frame, too.
      .max_reply_bytes = 65536 - 16,
      .stray_output = stray_output::to_log_file,
  };

  static result<void> read(std::string_view line, request& into) { return detail::read_bare_event(line, into); }

  static void open(json_writer&, const request&) {}
  static const char* close(json_writer&, std::size_t) { return nullptr; }

  static void fail(json_writer& out, const request&, std::string_view type, std::string_view message) {
    out.append("{\"error\":{\"type\":\"");
    out.escaped(type);
    out.append("\",\"message\":\"");
    out.escaped(message);
    out.append("\"}}");
  }
};

/// Lines that end with a newline: the host's codec `lines`.
using lines = basic_lines<framing::newline>;
/// The host's codec `length_prefixed_uint32_be`.
using length_prefixed = basic_lines<framing::length_prefix>;
/// The host's codec `netstring`.
using netstring = basic_lines<framing::netstring>;

}  // namespace wire
}  // namespace v0
}  // namespace lambda_proc
