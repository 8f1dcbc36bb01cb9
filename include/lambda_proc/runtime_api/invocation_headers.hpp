#pragma once
// SPDX-License-Identifier: MIT
// Reads the context of an invocation from the headers of the runtime API's response. runtime_api_channel uses it.

#include <lambda_proc/core/caseless_names.hpp>
#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/decimal.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/runtime_api/http_text.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A deadline in milliseconds since 1970. Anything else is ignored.
inline void read_deadline_header(std::string_view text, context& out) {
  const std::optional<std::uint64_t> ms = decimal(text);
  if (ms && std::in_range<std::int64_t>(*ms)) out.deadline.emplace(std::chrono::milliseconds{*ms});
}

/// `head` is that of the response. The texts of the context are views of it. Fails if a part that must be JSON is not.
inline result<void> read_invocation_headers(std::string_view head, context& out) {
  for_each_header(head, [&out](std::string_view name, std::string_view value) {
    constexpr std::string_view prefix = "lambda-runtime-";
    if (!caseless_names::same(name.substr(0, prefix.size()), prefix)) return;
    const auto is = [rest = name.substr(prefix.size())](std::string_view known) {
      return caseless_names::same(rest, known);
    };
    if (is("aws-request-id")) return void(out.aws_request_id = value);
    if (is("deadline-ms")) return read_deadline_header(value, out);
    if (is("invoked-function-arn")) return void(out.invoked_function_arn = value);
    if (is("trace-id")) return void(out.trace_id = value);
    if (is("cognito-identity")) return void(out.identity = value);
    if (is("client-context")) return void(out.client_context = value);
    if (is("aws-tenant-id")) return void(out.tenant_id = value);
  });
  for (const auto& [name, text] :
       {std::pair{"identity", out.identity}, std::pair{"clientContext", out.client_context}}) {
    if (text.empty() || is_json(text)) continue;
    return failure{"invalid_context", std::string("context.").append(name).append(": not valid JSON")};
  }
  return {};
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
