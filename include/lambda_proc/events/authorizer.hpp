#pragma once
// SPDX-License-Identifier: MIT
// The requests that API Gateway sends to Lambda authorizers. authorizer_response.hpp has the replies.

#include <lambda_proc/events/api_gateway_v1.hpp>
#include <lambda_proc/events/api_gateway_v2.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/websocket.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// Sent to a REST API's authorizer of type TOKEN, to check the token. Answer with an authorizer_response.
///
/// Fields: API Gateway Developer Guide, "Input to an API Gateway Lambda authorizer"
/// (api-gateway-lambda-authorizer-input).
struct authorizer_token_request {
  /// "TOKEN"
  std::string_view type;
  /// The whole value of the header that is the authorizer's token source, such as "Bearer eyJ…".
  std::string_view authorization_token;
  /// The resource that a policy allows or denies: arn:aws:execute-api:{region}:{account}:{api}/{stage}/{method}/{path}
  std::string_view method_arn;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"type", "authorization_token"};
};

/// Sent to a REST API's authorizer of type REQUEST, and to an HTTP API's with payload format 1.0, to check the request.
/// Answer with an authorizer_response.
///
/// Fields: as for authorizer_token_request; for HTTP APIs "Control access to HTTP APIs with AWS Lambda authorizers"
/// (http-api-lambda-authorizer), payload format 1.0.
struct authorizer_request {
  /// "1.0" from HTTP APIs; absent from REST APIs.
  std::optional<std::string_view> version;
  /// "REQUEST"
  std::string_view type;
  /// As in authorizer_token_request.
  std::string_view method_arn;
  /// Only from HTTP APIs: the values of the identity sources, joined by commas. Both members are the same.
  std::optional<std::string_view> identity_source;
  std::optional<std::string_view> authorization_token;
  /// The members from here on are as in api_gateway_v1_request. Authorizers get no body.
  std::string_view resource;
  std::string_view path;
  std::string_view http_method;
  std::optional<header_map> headers;
  std::optional<multi_header_map> multi_value_headers;
  std::optional<string_map> query_string_parameters;
  std::optional<multi_string_map> multi_value_query_string_parameters;
  std::optional<string_map> path_parameters;
  std::optional<string_map> stage_variables;
  api_gateway_v1_context request_context;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"type"};

  /// The first value of a header. Names are case-insensitive.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return detail::first_value(headers, multi_value_headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return detail::first_value(query_string_parameters, multi_value_query_string_parameters, name);
  }
};

/// Sent to the authorizer of a WebSocket API's $connect route, to check whether the client may connect. Answer with an
/// authorizer_response.
///
/// Fields: API Gateway Developer Guide, "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers"
/// (apigateway-websocket-api-lambda-auth).
struct authorizer_websocket_request {
  /// "REQUEST"
  std::string_view type;
  /// arn:aws:execute-api:{region}:{account}:{api}/{stage}/$connect
  std::string_view method_arn;
  std::optional<header_map> headers;
  std::optional<multi_header_map> multi_value_headers;
  std::optional<string_map> query_string_parameters;
  std::optional<multi_string_map> multi_value_query_string_parameters;
  std::optional<string_map> stage_variables;
  websocket_context request_context;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"type"};

  /// The first value of a header. Names are case-insensitive.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return detail::first_value(headers, multi_value_headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return detail::first_value(query_string_parameters, multi_value_query_string_parameters, name);
  }
};

/// Sent to an HTTP API's authorizer with payload format 2.0, to check the request. Answer with an
/// authorizer_v2_response, or with an authorizer_response if simple responses are turned off.
///
/// Fields: API Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers"
/// (http-api-lambda-authorizer), payload format 2.0.
struct authorizer_v2_request {
  /// "2.0"
  std::string_view version;
  /// "REQUEST"
  std::string_view type;
  /// The resource that a policy allows or denies: arn:aws:execute-api:{region}:{account}:{api}/{stage}/{method}/{path}
  std::string_view route_arn;
  /// The values of the identity sources, in configuration order. Absent if there are none.
  std::optional<std::vector<std::string_view>> identity_source;
  /// The members from here on are as in api_gateway_v2_request. Authorizers get no body.
  std::string_view route_key;
  std::string_view raw_path;
  std::string_view raw_query_string;
  std::optional<std::vector<std::string_view>> cookies;
  header_map headers;
  std::optional<string_map> query_string_parameters;
  api_gateway_v2_context request_context;
  std::optional<string_map> path_parameters;
  std::optional<string_map> stage_variables;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"type"};

  /// The value of a header. Names are case-insensitive.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return first_value(headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return first_value(query_string_parameters, name);
  }
};

template <>
inline constexpr event_source source_of<authorizer_token_request> = event_source::authorizer_token;
template <>
inline constexpr event_source source_of<authorizer_request> = event_source::authorizer;
template <>
inline constexpr event_source source_of<authorizer_websocket_request> = event_source::authorizer_websocket;
template <>
inline constexpr event_source source_of<authorizer_v2_request> = event_source::authorizer_v2;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::authorizer_token_request);
LAMBDA_PROC_EVENT_TABLE(events::authorizer_request);
LAMBDA_PROC_EVENT_TABLE(events::authorizer_websocket_request);
LAMBDA_PROC_EVENT_TABLE(events::authorizer_v2_request);

}  // namespace v0
}  // namespace lambda_proc
