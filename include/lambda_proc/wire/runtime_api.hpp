#pragma once
// SPDX-License-Identifier: MIT
// The wire of AWS Lambda's runtime API, whose requests and replies are the bodies of HTTP messages.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <cstddef>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace wire {

/// What a native function on AWS Lambda speaks (runtime provided.al2023): the body of an invocation is the event, and
/// the result is the body of its response. The context comes from HTTP headers and from the environment.
///
///     {"sku":"A7"}        {"cents":300}
///                         {"errorType":"…","errorMessage":"…","stackTrace":[]}
///
/// stdout and stderr are both logs.
struct runtime_api {
  static constexpr wire_traits traits{
      .name = "runtime_api",
      .example = "JSON",
      .transport = transport::runtime_api,
      // Lambda's limit, 6 MiB and 100 bytes.
      .max_reply_bytes = 6'291'556,
      .stray_output = stray_output::untouched,
  };

  static result<void> read(std::string_view body, request& into) {
    const auto code = into.hold_line(body);
    if (code == simdjson::SUCCESS) return {};
    if (code == simdjson::EMPTY) return failure{"invalid_event", "event: the body is empty"};
    return detail::malformed_json("invalid_event", "event: ", code);
  }

  static void open(json_writer&, const request&) {}
  static const char* close(json_writer&, std::size_t) { return nullptr; }

  static void fail(json_writer& out, const request&, std::string_view type, std::string_view message) {
    out.append("{\"errorType\":\"");
    out.escaped(type);
    out.append("\",\"errorMessage\":\"");
    out.escaped(message);
    out.append("\",\"stackTrace\":[]}");
  }
};

}  // namespace wire
}  // namespace v0
}  // namespace lambda_proc
