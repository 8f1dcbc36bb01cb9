#pragma once
// SPDX-License-Identifier: MIT
// Requests of API Gateway's REST APIs, and of its HTTP APIs with payload format 1.0.

#include <lambda_proc/events/api_gateway_identity.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// What API Gateway knows of a request besides HTTP.
///
/// Fields: API Gateway Developer Guide, "Variables for data transformations for API Gateway"
/// (api-gateway-mapping-template-reference), $context.
struct api_gateway_v1_context {
  /// Nothing for HTTP APIs.
  std::optional<std::string_view> resource_id;
  /// What the authorizer said, an object: {"claims":…} from Amazon Cognito, "principalId" and the context's members
  /// from a Lambda authorizer. embedded_json decodes it.
  std::optional<raw_json> authorizer;
  /// The path of the resource, as "/items/{id}".
  std::string_view resource_path;
  /// The operationId of the method, if it has one.
  std::optional<std::string_view> operation_name;
  std::string_view http_method;
  /// More unique than request_id: AWS asks for it.
  std::optional<std::string_view> extended_request_id;
  /// As web servers log it: "07/Jan/2026:09:14:26 +0000".
  std::optional<std::string_view> request_time;
  /// The path with the stage, as "/prod/items/A7".
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
  /// Clients can override it by a header.
  std::string_view request_id;
  api_gateway_identity identity;
  /// The one that the client called, should be its Host header.
  std::optional<std::string_view> domain_name;
  std::optional<std::string_view> deployment_id;
  std::string_view api_id;

  using json_naming = camel_case;
};

/// A request to a REST API with Lambda proxy integration. Answer it with an http_response.
///
/// Headers and parameters that come several times have their last value in the maps of single values. All maps are
/// nothing where they would be empty; the console's test sends no headers at all.
///
/// Fields: API Gateway Developer Guide, "Lambda proxy integrations in API Gateway" (set-up-lambda-proxy-integrations),
/// input format; for HTTP APIs "Create AWS Lambda proxy integrations for HTTP APIs"
/// (http-api-develop-integrations-lambda).
struct api_gateway_v1_request {
  /// "1.0" from HTTP APIs; REST APIs say nothing.
  std::optional<std::string_view> version;
  /// The path of the resource that matched, as "/items/{id}" or "/{proxy+}".
  std::string_view resource;
  /// The path without the stage, as "/items/A7".
  std::string_view path;
  std::string_view http_method;
  std::optional<header_map> headers;
  std::optional<multi_header_map> multi_value_headers;
  /// URL-decoded.
  std::optional<string_map> query_string_parameters;
  std::optional<multi_string_map> multi_value_query_string_parameters;
  /// What the braces in resource stand for, URL-decoded.
  std::optional<string_map> path_parameters;
  std::optional<string_map> stage_variables;
  api_gateway_v1_context request_context;
  /// Text, or base64: see body_bytes().
  std::optional<std::string_view> body;
  /// Whether body is base64, as it is for the binary media types of the API. Nothing means no.
  std::optional<bool> is_base64_encoded;

  using json_naming = camel_case;

  /// The first value of a header, whose name may be in any case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return detail::first_value(headers, multi_value_headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return detail::first_value(query_string_parameters, multi_value_query_string_parameters, name);
  }
  [[nodiscard]] std::optional<std::string_view> path_parameter(std::string_view name) const noexcept {
    return first_value(path_parameters, name);
  }
  /// The body's bytes: a view of it, or of `buffer`, where base64 is decoded. Empty without a body.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded.value_or(false), buffer);
  }
  [[nodiscard]] static constexpr http_format reply_format() noexcept { return http_format::api_gateway_v1; }
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
