#pragma once
// SPDX-License-Identifier: MIT
// Requests from API Gateway's REST APIs, and from its HTTP APIs with payload format 1.0.

#include <lambda_proc/events/api_gateway_identity.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// What API Gateway knows about a request, beyond HTTP.
///
/// Fields: API Gateway Developer Guide, "Variables for data transformations for API Gateway"
/// (api-gateway-mapping-template-reference), $context.
struct api_gateway_v1_context {
  /// Absent for HTTP APIs.
  std::optional<std::string_view> resource_id;
  /// The authorizer's result, an object: {"claims":…} from Amazon Cognito; "principalId" and the members of its context
  /// from a Lambda authorizer. Decode it with embedded_json.
  std::optional<raw_json> authorizer;
  /// The path of the resource, such as "/items/{id}".
  std::string_view resource_path;
  /// The operationId of the method, if it has one.
  std::optional<std::string_view> operation_name;
  std::string_view http_method;
  /// More unique than request_id; this is the id that AWS asks for.
  std::optional<std::string_view> extended_request_id;
  /// In the format of web server logs: "07/Jan/2026:09:14:26 +0000".
  std::optional<std::string_view> request_time;
  /// The path with the stage, such as "/prod/items/A7".
  std::string_view path;
  /// The AWS account that owns the API.
  std::string_view account_id;
  /// "HTTP/1.1"
  std::optional<std::string_view> protocol;
  /// "test-invoke-stage" from the console.
  std::string_view stage;
  /// The first label of domain_name.
  std::optional<std::string_view> domain_prefix;
  /// Sent in milliseconds.
  std::optional<epoch_milliseconds> request_time_epoch;
  /// Clients can override it with a header.
  std::string_view request_id;
  api_gateway_identity identity;
  /// The domain name that the client used; should equal its Host header.
  std::optional<std::string_view> domain_name;
  std::optional<std::string_view> deployment_id;
  std::string_view api_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A request to a REST API with Lambda proxy integration. Answer it with an http_response.
///
/// The single-value maps hold the last value of a repeated header or parameter. A map that would be empty is absent;
/// tests from the console send no headers at all.
///
/// Fields: API Gateway Developer Guide, "Lambda proxy integrations in API Gateway" (set-up-lambda-proxy-integrations),
/// input format; for HTTP APIs "Create AWS Lambda proxy integrations for HTTP APIs"
/// (http-api-develop-integrations-lambda).
struct api_gateway_v1_request {
  /// "1.0" from HTTP APIs; absent from REST APIs.
  std::optional<std::string_view> version;
  /// The path of the resource that matched, such as "/items/{id}" or "/{proxy+}".
  std::string_view resource;
  /// The path without the stage, such as "/items/A7".
  std::string_view path;
  std::string_view http_method;
  std::optional<header_map> headers;
  std::optional<multi_header_map> multi_value_headers;
  /// URL-decoded.
  std::optional<string_map> query_string_parameters;
  std::optional<multi_string_map> multi_value_query_string_parameters;
  /// The values of the placeholders in resource, URL-decoded.
  std::optional<string_map> path_parameters;
  std::optional<string_map> stage_variables;
  api_gateway_v1_context request_context;
  /// Text or base64; use body_bytes().
  std::optional<std::string_view> body;
  /// Whether body is base64, which it is for the API's binary media types. Absent means false.
  std::optional<bool> is_base64_encoded;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"request_context"};

  /// The first value of a header. Names are case-insensitive.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return detail::first_value(headers, multi_value_headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return detail::first_value(query_string_parameters, multi_value_query_string_parameters, name);
  }
  [[nodiscard]] std::optional<std::string_view> path_parameter(std::string_view name) const noexcept {
    return first_value(path_parameters, name);
  }
  /// The body's bytes. A view of the event, or of `buffer` if base64 had to be decoded. Empty if there is no body.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded.value_or(false), buffer);
  }
  [[nodiscard]] static constexpr http_format reply_format() noexcept { return http_format::api_gateway_v1; }
};

template <>
inline constexpr event_source source_of<api_gateway_v1_request> = event_source::api_gateway_v1;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::api_gateway_v1_request);

}  // namespace v0
}  // namespace lambda_proc
