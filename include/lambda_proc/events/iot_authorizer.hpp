#pragma once
// SPDX-License-Identifier: MIT
// AWS IoT Core: custom authorizers, and their response.

#include <lambda_proc/events/authorizer_response.hpp>
#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct iot_tls_context {
  std::string_view server_name;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct iot_http_context {
  std::optional<header_map> headers;
  std::optional<std::string_view> query_string;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct iot_mqtt_context {
  std::optional<std::string_view> username;
  std::optional<base64> password;
  std::optional<std::string_view> client_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// What each of the protocols of the connection knows.
struct iot_protocol_data {
  std::optional<iot_tls_context> tls;
  std::optional<iot_http_context> http;
  std::optional<iot_mqtt_context> mqtt;

  using json_missing = leave_empty;
};

struct iot_connection_metadata {
  /// A UUID, for logs.
  std::string_view id;

  using json_missing = leave_empty;
};

/// A device that wants to connect. Answer with an iot_authorizer_response.
///
/// Fields: AWS IoT Developer Guide, "Defining your Lambda function" (config-custom-auth).
struct iot_authorizer_request {
  /// Absent if the authorizer has signing turned off.
  std::optional<std::string_view> token;
  bool signature_verified;
  /// "tls", "http" and "mqtt".
  std::vector<std::string_view> protocols;
  iot_protocol_data protocol_data;
  iot_connection_metadata connection_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"protocol_data"};
};

struct iot_authorizer_response {
  bool is_authenticated = false;
  /// Letters and digits, at most 128.
  std::string principal_id;
  std::vector<iam_policy> policy_documents;
  /// 300 to 86,400.
  std::uint32_t disconnect_after_in_seconds = 86400;
  std::uint32_t refresh_after_in_seconds = 300;

  using json_naming = camel_case;
};

template <>
inline constexpr event_source source_of<iot_authorizer_request> = event_source::iot_authorizer;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::iot_authorizer_request);

}  // namespace v0
}  // namespace lambda_proc
