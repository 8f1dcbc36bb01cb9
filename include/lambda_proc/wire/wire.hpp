#pragma once
// SPDX-License-Identifier: MIT
// What a wire is: the format of a host's requests and replies. To serve another host, write a type like those beside
// this file and pass it to run<…>().

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/handler/stream_host.hpp>
#include <lambda_proc/io/framing.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {

/// Where a handler's output to stdout and stderr goes.
enum class stray_output : std::uint8_t {
  to_stderr,   ///< Descriptor 1 becomes stderr, which is the host's log.
  untouched,   ///< Both are the host's logs; replies use another descriptor or connection.
  to_log_file  ///< Neither may be written to: both become the file LAMBDA_PROC_LOG_FILE, or nothing.
};

/// How requests and replies travel.
enum class transport : std::uint8_t {
  lines,       ///< A line each, over descriptors.
  runtime_api  ///< As bodies of HTTP messages, over connections to AWS Lambda's runtime API.
};

/// The properties of a wire.
struct wire_traits {
  /// Its name for LAMBDA_PROC_WIRE.
  std::string_view name;
  /// An example of a request, for people.
  std::string_view example;
  lambda_proc::transport transport = transport::lines;
  lambda_proc::framing framing = framing::newline;
  int reply_fd = 1;
  /// Whether the host expects a reply to a blank line.
  bool answers_blank_lines = false;
  /// A larger reply is replaced by a small failure.
  std::size_t max_reply_bytes = std::numeric_limits<std::size_t>::max();
  /// Whether a streamed reply without an HTTP head is an object with the member `body`, not a string.
  bool streams_are_objects = false;
  lambda_proc::stray_output stray_output = stray_output::to_stderr;
  /// If this environment variable is not empty, `greeting` is written first.
  const char* greeting_variable = nullptr;
  std::string_view greeting = {};
};

template <class T>
concept wire_type = requires(std::string_view text, request& request, json_writer& out) {
  { T::traits } -> std::convertible_to<wire_traits>;
  // Parses a line into a request. A failure if the line is not a request.
  { T::read(text, request) } -> std::same_as<result<void>>;
  // Writes the beginning of a reply, up to its value.
  { T::open(out, request) } -> std::same_as<void>;
  // Writes its end; the value begins at the given position in `out`. Returns why the host can't take the value, or
  // null.
  { T::close(out, std::size_t{}) } -> std::same_as<const char*>;
  // Writes a failure (request, type, message). It may allocate only through `out`, since crash replies use it.
  { T::fail(out, request, text, text) } -> std::same_as<void>;
};

/// A wire as a value, so that code that works with wires is compiled once, not once for each.
struct any_wire {
  wire_traits traits;
  result<void> (*read)(std::string_view line, request& into);
  void (*open)(json_writer& out, const request& request);
  const char* (*close)(json_writer& out, std::size_t value);
  void (*fail)(json_writer& out, const request& request, std::string_view type, std::string_view message);
};

template <wire_type Wire>
inline constexpr any_wire wire_of{Wire::traits, &Wire::read, &Wire::open, &Wire::close, &Wire::fail};

namespace detail {

/// What happens to streamed replies where a reply is sent in one piece.
inline stream_host collected_streams(const any_wire& wire) noexcept {
  return {nullptr, wire.traits.max_reply_bytes, wire.traits.streams_are_objects};
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
