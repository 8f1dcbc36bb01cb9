#pragma once
// SPDX-License-Identifier: MIT
// Connections, messages and disconnections on API Gateway's WebSocket APIs.

#include <lambda_proc/events/api_gateway_identity.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// What API Gateway knows about a connection and the current event on it.
///
/// Fields: API Gateway Developer Guide, "WebSocket API mapping template reference for API Gateway"
/// (apigateway-websocket-api-mapping-template-reference), $context.
struct websocket_context {
  /// "$connect", "$disconnect", "$default", or the route that a message selected.
  std::string_view route_key;
  /// Only for disconnections: the code of the close frame (RFC 6455, section 7.4), or -1 if there was none.
  std::optional<std::int32_t> disconnect_status_code;
  /// Only for messages: a unique id.
  std::optional<std::string_view> message_id;
  /// "CONNECT", "MESSAGE" or "DISCONNECT".
  std::string_view event_type;
  std::optional<std::string_view> extended_request_id;
  /// In the format of web server logs: "13/Dec/2020:10:17:47 +0000".
  std::optional<std::string_view> request_time;
  /// "IN"
  std::optional<std::string_view> message_direction;
  /// Only for disconnections; may be empty.
  std::optional<std::string_view> disconnect_reason;
  std::string_view stage;
  /// Sent in milliseconds.
  std::optional<epoch_milliseconds> connected_at;
  /// Sent in milliseconds.
  std::optional<epoch_milliseconds> request_time_epoch;
  std::optional<api_gateway_identity> identity;
  std::string_view request_id;
  /// To send the client a message, post it to https://{domain_name}/{stage}/@connections/{connection_id}.
  std::string_view domain_name;
  std::string_view connection_id;
  std::string_view api_id;
  /// The result of the authorizer of $connect, an object, sent with every event of the connection. Decode it with
  /// embedded_json.
  std::optional<raw_json> authorizer;
  /// An error message from API Gateway itself.
  std::optional<std::string_view> error;
  /// Milliseconds, as text.
  std::optional<std::string_view> integration_latency;
  /// The status of the response.
  std::optional<std::string_view> status;
  /// As in REST APIs; not documented for WebSocket APIs, but observed.
  std::optional<std::string_view> account_id;
  std::optional<std::string_view> resource_id;
  std::optional<std::string_view> resource_path;
  std::optional<std::string_view> http_method;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// An event on a connection. Answer it with an http_response. For a new connection status 200 accepts it, and any other
/// status refuses it. For a message the body is sent to the client only if the route has a route response.
///
/// Fields: API Gateway Developer Guide, "Integration requests for WebSocket APIs"
/// (apigateway-websocket-api-integration-requests) and "WebSocket API mapping template reference".
struct websocket_request {
  /// As in REST APIs; not documented for WebSocket APIs, but observed.
  std::optional<std::string_view> resource;
  std::optional<std::string_view> path;
  std::optional<std::string_view> http_method;
  /// For connections: the headers of the upgrade request. For disconnections: a few. For messages: absent.
  std::optional<header_map> headers;
  std::optional<multi_header_map> multi_value_headers;
  /// Only for connections; URL-decoded.
  std::optional<string_map> query_string_parameters;
  std::optional<multi_string_map> multi_value_query_string_parameters;
  std::optional<string_map> path_parameters;
  std::optional<string_map> stage_variables;
  websocket_context request_context;
  /// The message; absent for connections and disconnections.
  std::optional<std::string_view> body;
  bool is_base64_encoded;

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
  /// The message's bytes. A view of the event, or of `buffer` if base64 had to be decoded. Empty if there is no
  /// message.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded, buffer);
  }
  [[nodiscard]] static constexpr http_format reply_format() noexcept { return http_format::api_gateway_v1; }
};

template <>
inline constexpr event_source source_of<websocket_request> = event_source::websocket;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::websocket_request);

}  // namespace v0
}  // namespace lambda_proc
