#pragma once
// SPDX-License-Identifier: MIT
// The wire of the Go package lambda_proc (github.com/jasonmoo/lambda_proc) and of the Node.js parent in node/: the
// default. A parent of the first generation and ours speak to the same child.

#include <lambda_proc/context.hpp>
#include <lambda_proc/decode.hpp>
#include <lambda_proc/detail/json_text.hpp>
#include <lambda_proc/failure.hpp>
#include <lambda_proc/json_writer.hpp>
#include <lambda_proc/request.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace wire {

/// One line of JSON each way:
///
///     {"event":…,"context":…}        {"proc_req_id":N,"error":null,"data":…}
///                                    {"proc_req_id":N,"error":"type: message","data":null}
///
/// Keys come in any order and unknown ones are skipped; context may be missing. N counts the lines that are not blank,
/// from 0. A request that carries an "id" (a string or a number) is answered with more:
///
///     {"id":"a","event":…}           {"id":"a","proc_req_id":N,"error":null,"data":…}
///                                    {"id":"a","proc_req_id":N,"error":"message","error_type":"type","data":null}
struct lambda_proc {
  static constexpr std::string_view name = "lambda_proc";
  static constexpr std::string_view example = R"({"event":…,"context":…})";
  static constexpr int reply_fd = 1;
  static constexpr bool answers_blank_lines = false;

  static result<void> read(std::string_view line, request& into) {
    simdjson::ondemand::object members;
    if (const auto code = into.parse(line).get(members)) return not_a_request(code);
    for (auto member : members) {
      std::string_view key;
      if (const auto code = detail::read_key(member, key)) return not_a_request(code);
      if (key != "event" && key != "context" && key != "id") continue;
      simdjson::ondemand::value value;
      if (const auto code = member.value().get(value)) return not_a_request(code);
      if (key == "event") {
        if (const auto code = into.hold_event(value)) return not_a_request(code);
      } else if (key == "context") {
        if (const auto code = into.hold_context(value, &read_context)) return not_a_request(code);
      } else if (result<void> done = read_id(value, into.id); !done) {
        return done;
      }
    }
    if (!into.at_end()) return failure{"invalid_request", "something follows the request on its line"};
    return {};
  }

  static void open(json_writer& out, const request& request) {
    begin(out, request);
    out.append("null,\"data\":");
  }
  static void close(json_writer& out) { out.append("}\n"); }

  static void fail(json_writer& out, const request& request, const failure& why) {
    begin(out, request);
    if (request.id.empty()) {
      // Such a host knows the message alone, so the type stands in it.
      out.string(why.type + ": " + why.message);
    } else {
      out.string(why.message);
      out.append(",\"error_type\":");
      out.string(why.type);
    }
    out.append(",\"data\":null}\n");
  }

 private:
  static void begin(json_writer& out, const request& request) {
    out.append("{");
    if (!request.id.empty()) {
      out.append("\"id\":");
      out.append(request.id);
      out.append(",");
    }
    out.append("\"proc_req_id\":");
    out.number(request.number);
    out.append(",\"error\":");
  }

  static failure not_a_request(simdjson::error_code code) {
    if (code == simdjson::INCORRECT_TYPE) return {"invalid_request", "expected an object with an event"};
    return {"invalid_request", std::string("malformed JSON: ") + simdjson::error_message(code)};
  }

  static result<void> read_id(simdjson::ondemand::value value, std::string_view& id) {
    const std::string_view token = detail::token_of(value);
    if (token == "null") return {};
    const bool scalar = !token.starts_with('{') && !token.starts_with('[') && token != "true" && token != "false";
    if (!scalar || !detail::is_json(token)) return failure{"invalid_request", "id: expected a string or a number"};
    id = token;
    return {};
  }

  // The keys are those of Node.js's AWS Lambda runtime, of its predecessors, and deadlineMs, which our parent adds
  // because a function like getRemainingTimeInMillis does not survive JSON.
  static result<void> read_context(simdjson::ondemand::value value, context& out) {
    detail::decode_trail trail;
    const auto code = read_members(value, out, trail);
    if (code == simdjson::SUCCESS) return {};
    return trail.to_failure("invalid_context", "context", code);
  }

  static simdjson::error_code read_members(simdjson::ondemand::value& value, context& out,
                                           detail::decode_trail& trail) {
    if (detail::token_of(value) == "null") return simdjson::SUCCESS;
    simdjson::ondemand::object members;
    if (value.get_object().get(members)) return trail.expected("an object", value);
    for (auto member : members) {
      std::string_view key;
      if (const auto code = detail::read_key(member, key)) return code;
      simdjson::ondemand::value item;
      if (const auto code = member.value().get(item)) return code;
      if (const auto code = read_member(key, item, out, trail)) {
        trail.in_member(key);
        return code;
      }
    }
    return simdjson::SUCCESS;
  }

  static simdjson::error_code read_member(std::string_view key, simdjson::ondemand::value& item, context& out,
                                          detail::decode_trail& trail) {
    static constexpr std::pair<std::string_view, std::string_view context::*> texts[] = {
        {"awsRequestId", &context::aws_request_id},
        {"functionName", &context::function_name},
        {"functionVersion", &context::function_version},
        {"invokedFunctionArn", &context::invoked_function_arn},
        {"logGroupName", &context::log_group_name},
        {"logStreamName", &context::log_stream_name},
        {"invokeid", &context::invoke_id},
        {"xRayTraceId", &context::trace_id},
        {"tenantId", &context::tenant_id},
    };
    const std::string_view token = detail::token_of(item);
    if (token == "null") return simdjson::SUCCESS;
    for (const auto& [text_key, place] : texts) {
      if (key == text_key) return detail::read(item, out.*place, trail);
    }
    if (key == "identity") return detail::read_raw(item, out.identity);
    if (key == "clientContext") return detail::read_raw(item, out.client_context);
    if (key == "isDefaultFunctionVersion") return detail::read(item, out.is_default_function_version, trail);
    if (key == "memoryLimitInMB") return read_number(item, out.memory_limit_in_mb, trail);
    if (key == "deadlineMs") {
      std::uint64_t ms = 0;
      const auto code = read_number(item, ms, trail);
      out.deadline.emplace(std::chrono::milliseconds{static_cast<std::int64_t>(ms)});
      return code;
    }
    return simdjson::SUCCESS;
  }

  // A number, or a string that spells one: hosts differ.
  template <class T>
  static simdjson::error_code read_number(simdjson::ondemand::value& item, T& out, detail::decode_trail& trail) {
    if (!detail::token_of(item).starts_with('"')) return detail::read(item, out, trail);
    std::uint64_t wide = 0;
    if (item.get_uint64_in_string().get(wide) || !std::in_range<T>(wide)) {
      return trail.expected("a number, or a string that holds one", item);
    }
    out = static_cast<T>(wide);
    return simdjson::SUCCESS;
  }
};

}  // namespace wire
}  // namespace v0
}  // namespace lambda_proc
