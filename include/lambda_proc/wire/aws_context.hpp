#pragma once
// SPDX-License-Identifier: MIT
// The context object of AWS Lambda's Node.js runtimes, and the envelope around it. The wires of Node.js hosts share it.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/copy_by_fields.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/json_checker.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Reads a number, or a string that contains one: hosts differ.
template <class T>
simdjson::error_code read_number_or_string(simdjson_value& item, T& out, decode_error& error) {
  if (!token_of(item).starts_with('"')) return read(item, out, error);
  std::uint64_t wide = 0;
  if (item.get_uint64_in_string().get(wide) || !std::in_range<T>(wide)) {
    return error.expected("a number, or a string that holds one", item.raw_json_token());
  }
  out = static_cast<T>(wide);
  return simdjson::SUCCESS;
}

/// Reads a deadline in milliseconds since 1970. A fraction is dropped.
inline simdjson::error_code read_deadline(simdjson_value& item, context& out, decode_error& error) {
  double ms = 0;
  const bool is_text = token_of(item).starts_with('"');
  const auto code = is_text ? item.get_double_in_string().get(ms) : item.get_double().get(ms);
  constexpr double limit = 0x1p63;
  if (code || !(ms >= -limit && ms < limit)) {
    return error.expected("a time in milliseconds, or a string that holds one", item.raw_json_token());
  }
  const auto whole = static_cast<std::int64_t>(ms);
  const bool is_rounded_up = static_cast<double>(whole) > ms;
  out.deadline.emplace(std::chrono::milliseconds{is_rounded_up ? whole - 1 : whole});
  return simdjson::SUCCESS;
}

// The members of such a context: first the text members, in the order of the table below, then the others, in the order
// of read_context_member().
inline constexpr std::array<std::string_view, 14> aws_context_names{
    "awsRequestId",    "functionName",  "functionVersion", "invokedFunctionArn",
    "logGroupName",    "logStreamName", "invokeid",        "xRayTraceId",
    "tenantId",        "identity",      "clientContext",   "isDefaultFunctionVersion",
    "memoryLimitInMB", "deadlineMs",
};
inline constexpr std::string_view context::*context_texts[] = {
    &context::aws_request_id, &context::function_name,   &context::function_version, &context::invoked_function_arn,
    &context::log_group_name, &context::log_stream_name, &context::invoke_id,        &context::trace_id,
    &context::tenant_id,
};

inline simdjson::error_code read_context_member(std::size_t place, simdjson_value& item, context& out,
                                                decode_error& error) {
  switch (place - std::size(context_texts)) {
    case 0: return read_raw(item, out.identity);
    case 1: return read_raw(item, out.client_context);
    case 2: return read(item, out.is_default_function_version, error);
    case 3: return read_number_or_string(item, out.memory_limit_in_mb, error);
    default: return read_deadline(item, out, error);
  }
}

inline simdjson::error_code read_context_members(simdjson_value& value, context& out, decode_error& error) {
  simdjson::ondemand::object members;
  if (value.get_object().get(members)) return error.expected("an object", value.raw_json_token());
  for (auto field : members) {
    if (const auto code = field.error()) return code;
    const std::size_t place = find_name<aws_context_names>(unwrap(field).key().raw());
    simdjson_value& item = value_of(field);
    if (place == aws_context_names.size()) {
      simdjson_value apart = copy_by_fields(item);
      if (const auto code = skip_member(unwrap(field).key().raw(), apart)) return code;
      continue;
    }
    if (token_of(item) == "null") continue;
    simdjson::error_code code = simdjson::SUCCESS;
    if (place < std::size(context_texts)) {
      code = read(item, out.*context_texts[place], error);
    } else {
      simdjson_value apart = copy_by_fields(item);
      code = read_context_member(place, apart, out, error);
    }
    if (code) {
      error.in_member(aws_context_names[place]);
      return code;
    }
  }
  return simdjson::SUCCESS;
}

/// Reads a context. The keys are those of Node.js's AWS Lambda runtime and its predecessors, and deadlineMs, which our
/// parent adds because the function getRemainingTimeInMillis can't be serialized.
inline result<void> read_aws_context(simdjson_value value, context& out) {
  if (token_of(value) == "null") return {};
  decode_error error;
  const auto code = read_context_members(value, out, error);
  if (code == simdjson::SUCCESS) return {};
  return error.to_failure("invalid_context", "context", code);
}

/// Finds the request id in the text of such a context, unless it has escapes. For signal handlers, which can't use a
/// parser. Async-signal-safe.
inline std::string_view find_request_id(std::string_view context) noexcept {
  constexpr std::string_view key = "\"awsRequestId\"";
  std::size_t start = context.find(key);
  if (start == std::string_view::npos) return {};
  start = context.find_first_not_of(" :", start + key.size());
  if (start == std::string_view::npos || context[start] != '"') return {};
  const std::string_view text = context.substr(start + 1, context.find('"', start + 1) - start - 1);
  return text.find('\\') == std::string_view::npos ? text : std::string_view{};
}

[[gnu::cold, gnu::noinline]] inline failure not_a_request(simdjson::error_code code) {
  if (code == simdjson::INCORRECT_TYPE) return {"invalid_request", "expected an object with an event"};
  return malformed_json("invalid_request", "", code);
}

/// Skips an unknown member of the envelope; it must still be valid JSON.
[[gnu::cold, gnu::noinline]] inline result<void> skip_envelope_member(const char* key, simdjson_value& value) {
  if (const auto code = skip_member(key, value)) return not_a_request(code);
  return {};
}

/// Calls take(key, value) for each member of the object on the line, until it returns a failure. `key` is the text
/// after the opening quote.
template <class Take>
[[gnu::always_inline]] inline result<void> read_envelope(std::string_view line, request& into, Take take) {
  simdjson::ondemand::object members;
  if (const auto code = into.parse(line).get(members)) return not_a_request(code);
  for (auto field : members) {
    if (const auto code = field.error()) return not_a_request(code);
    simdjson_value value = copy_by_fields(value_of(field));
    if (result<void> done = take(unwrap(field).key().raw(), value); !done) return done;
  }
  if (!into.at_end()) return failure{"invalid_request", "something follows the request on its line"};
  return {};
}

/// Makes the value the event of the request.
inline result<void> hold_event(request& into, simdjson_value& value) {
  const auto code = into.hold_event(value);
  if (code == simdjson::SUCCESS) return {};
  return malformed_json("invalid_event", "event: ", code);
}

/// Reads an id, as JSON text that replies repeat. null means no id.
inline result<void> read_id(simdjson_value& value, bool number_allowed, std::string_view& id) {
  const std::string_view token = token_of(value);
  id = {};
  if (token == "null") return {};
  const bool string = token.starts_with('"') && can_be_skipped(value.raw_json_token());
  const bool number =
      number_allowed && !token.empty() && (token.front() == '-' || (token.front() >= '0' && token.front() <= '9'));
  if ((!string && !number) || !is_json(token)) {
    return failure{"invalid_request", number_allowed ? "id: expected a string or a number" : "id: expected a string"};
  }
  id = token;
  return {};
}

// read_aws_envelope() depends on their order.
inline constexpr std::array<std::string_view, 3> aws_envelope_names{"event", "context", "id"};

/// Reads {"id":…,"event":…,"context":…}, in any order. Each is optional; unknown keys are skipped.
inline result<void> read_aws_envelope(std::string_view line, bool number_ids, request& into) {
  return read_envelope(line, into, [&](const char* key, simdjson_value& value) -> result<void> {
    switch (find_name<aws_envelope_names>(key)) {
      case 0: return hold_event(into, value);
      case 1:
        if (const auto code = into.hold_context(value, &read_aws_context)) return not_a_request(code);
        return {};
      case 2: return read_id(value, number_ids, into.id);
      default: return skip_envelope_member(key, value);
    }
  });
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
