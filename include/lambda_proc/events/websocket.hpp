#pragma once
// SPDX-License-Identifier: MIT
// Connections, messages and disconnections of API Gateway's WebSocket APIs.

#include <lambda_proc/events/api_gateway_identity.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// What API Gateway knows of a connection and of what happens on it.
///
/// Fields: API Gateway Developer Guide, "WebSocket API mapping template reference for API Gateway"
/// (apigateway-websocket-api-mapping-template-reference), $context.
struct websocket_context {
  /// "$connect", "$disconnect", "$default", or the route that a message selected.
  std::string_view route_key;
  /// Only of disconnections: the code of the WebSocket's close frame (RFC 6455, section 7.4); -1 without one.
  std::optional<std::int32_t> disconnect_status_code;
  /// Unique for each message; only of messages.
  std::optional<std::string_view> message_id;
  /// "CONNECT", "MESSAGE" or "DISCONNECT".
  std::string_view event_type;
  std::optional<std::string_view> extended_request_id;
  /// As web servers log it: "13/Dec/2020:10:17:47 +0000".
  std::optional<std::string_view> request_time;
  /// "IN"
  std::optional<std::string_view> message_direction;
  /// Only of disconnections; may be empty.
  std::optional<std::string_view> disconnect_reason;
  std::string_view stage;
  /// Sent in milliseconds.
  std::optional<epoch_milliseconds> connected_at;
  /// Sent in milliseconds.
  std::optional<epoch_milliseconds> request_time_epoch;
  std::optional<api_gateway_identity> identity;
  std::string_view request_id;
  /// With stage, where messages to the client are posted: https://{domain_name}/{stage}/@connections/{connection_id}.
  std::string_view domain_name;
  std::string_view connection_id;
  std::string_view api_id;
  /// What the authorizer of $connect said, an object, with every event of the connection. embedded_json decodes it.
  std::optional<raw_json> authorizer;
  /// API Gateway's own error message.
  std::optional<std::string_view> error;
  /// Milliseconds, as text.
  std::optional<std::string_view> integration_latency;
  /// The status of the response.
  std::optional<std::string_view> status;
  /// As a REST API has them; not documented for WebSocket APIs, but seen.
  std::optional<std::string_view> account_id;
  std::optional<std::string_view> resource_id;
  std::optional<std::string_view> resource_path;
  std::optional<std::string_view> http_method;

  using json_naming = camel_case;
};

/// Something happened on a connection. Answer it with an http_response: for a connection a status of 200 accepts, any
/// other refuses; for a message only routes with a route response send the body to the client.
///
/// Fields: API Gateway Developer Guide, "Integration requests for WebSocket APIs"
/// (apigateway-websocket-api-integration-requests) and "WebSocket API mapping template reference".
struct websocket_request {
  /// As a REST API has them; not documented for WebSocket APIs, but seen.
  std::optional<std::string_view> resource;
  std::optional<std::string_view> path;
  std::optional<std::string_view> http_method;
  /// Of connections: the headers of the upgrade. Of disconnections: a few. Of messages: nothing.
  std::optional<header_map> headers;
  std::optional<multi_header_map> multi_value_headers;
  /// Of connections only, URL-decoded.
  std::optional<string_map> query_string_parameters;
  std::optional<multi_string_map> multi_value_query_string_parameters;
  std::optional<string_map> path_parameters;
  std::optional<string_map> stage_variables;
  websocket_context request_context;
  /// The message; nothing for connections and disconnections.
  std::optional<std::string_view> body;
  bool is_base64_encoded;

  using json_naming = camel_case;

  /// The first value of a header, whose name may be in any case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return detail::first_value(headers, multi_value_headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return detail::first_value(query_string_parameters, multi_value_query_string_parameters, name);
  }
  /// The message's bytes: a view of it, or of `buffer`, where base64 is decoded. Empty without a message.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded, buffer);
  }
  [[nodiscard]] static constexpr http_format reply_format() noexcept { return http_format::api_gateway_v1; }
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
