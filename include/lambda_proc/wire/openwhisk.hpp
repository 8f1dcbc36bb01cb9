#pragma once
// SPDX-License-Identifier: MIT
// The wire of Apache OpenWhisk's ActionLoop (apache/openwhisk-runtime-go, docs/ACTION.md).

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/aws_context.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <array>
#include <cstddef>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace wire {

/// One line of JSON each way, replies on descriptor 3:
///
///     {"value":{…},"action_name":"…","activation_id":"…","deadline":"…"}        {…} or […]
///                                                                               {"error":"type: message"}
///
/// activation_id is context::aws_request_id, action_name and action_version are function_name and function_version. The
/// result must be an object or an array; a streamed reply becomes an object as web actions return it. stdout and stderr
/// are both logs.
struct openwhisk {
  static constexpr wire_traits traits{
      .name = "openwhisk",
      .example = R"({"value":{…},"activation_id":"…"})",
      .reply_fd = 3,
      .answers_blank_lines = false,
      .streams_are_objects = true,
      .stray_output = stray_output::untouched,
      .greeting_variable = "__OW_WAIT_FOR_ACK",
      .greeting = R"({"ok":true})",
  };

  static result<void> read(std::string_view line, request& into) {
    return detail::read_envelope(line, into, [&](const char* key, simdjson::ondemand::value& item) {
      const std::size_t place = detail::find_name<names>(key);
      return place == names.size() ? detail::skip_envelope_member(key, item) : read_member(place, item, into);
    });
  }

  static void open(json_writer&, const request&) {}

  static const char* close(json_writer& out, std::size_t value) {
    const std::string_view text = out.view().substr(value);
    return text.starts_with('{') || text.starts_with('[') ? nullptr : "the result must be an object or an array";
  }

  static void fail(json_writer& out, const request&, std::string_view type, std::string_view message) {
    out.append("{\"error\":\"");
    out.escaped(type);
    out.append(": ");
    out.escaped(message);
    out.append("\"}");
  }

 private:
  // The functions below depend on their order.
  static constexpr std::array<std::string_view, 5> names{"value", "activation_id", "action_name", "action_version",
                                                         "deadline"};

  static result<void> read_member(std::size_t place, simdjson::ondemand::value& item, request& into) {
    if (place == 0) return detail::hold_event(into, item);
    detail::decode_error error;
    const auto code = read_context_member(place, item, into.mutable_context(), error);
    if (code == simdjson::SUCCESS) return {};
    error.in_member(names[place]);
    return error.to_failure("invalid_context", "context", code);
  }

  static simdjson::error_code read_context_member(std::size_t place, simdjson::ondemand::value& item, context& out,
                                                  detail::decode_error& error) {
    if (detail::token_of(item) == "null") return simdjson::SUCCESS;
    switch (place) {
      case 1: return detail::read(item, out.aws_request_id, error);
      case 2: return detail::read(item, out.function_name, error);
      case 3: return detail::read(item, out.function_version, error);
      default: return detail::read_deadline(item, out, error);
    }
  }
};

}  // namespace wire
}  // namespace v0
}  // namespace lambda_proc
