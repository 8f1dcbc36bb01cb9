#pragma once
// SPDX-License-Identifier: MIT
// Requests from API Gateway's HTTP APIs with payload format 2.0, and from Lambda function URLs.

#include <lambda_proc/events/client_certificate.hpp>
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
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The client's identity, with mutual TLS.
struct api_gateway_v2_authentication {
  std::optional<client_certificate> client_cert;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// What a JWT authorizer found in the token.
struct api_gateway_v2_jwt {
  /// The claims, as text whatever their JSON type.
  text_map claims;
  /// Absent if the route requires no scopes.
  std::optional<std::vector<std::string_view>> scopes;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A caller that signed with credentials from an Amazon Cognito identity pool.
struct api_gateway_v2_cognito_identity {
  /// Authentication methods references: "authenticated", the provider, the provider's subject.
  std::vector<std::string_view> amr;
  std::string_view identity_id;
  std::string_view identity_pool_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The caller that signed the request, with IAM authorization.
struct api_gateway_v2_iam {
  std::optional<std::string_view> access_key;
  /// The AWS account of the caller.
  std::optional<std::string_view> account_id;
  /// The principal of the caller.
  std::optional<std::string_view> caller_id;
  std::optional<api_gateway_v2_cognito_identity> cognito_identity;
  std::optional<std::string_view> principal_org_id;
  std::optional<std::string_view> user_arn;
  std::optional<std::string_view> user_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The result of the route's authorizer: one of these.
struct api_gateway_v2_authorizer {
  std::optional<api_gateway_v2_jwt> jwt;
  /// The context that a Lambda authorizer returned, an object. Decode it with embedded_json.
  std::optional<raw_json> lambda;
  std::optional<api_gateway_v2_iam> iam;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct api_gateway_v2_http {
  std::string_view method;
  /// The path with the stage, unless that is $default.
  std::string_view path;
  /// "HTTP/1.1"
  std::string_view protocol;
  /// The client address of the TCP connection to AWS.
  std::string_view source_ip;
  std::optional<std::string_view> user_agent;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// What AWS knows about a request, beyond HTTP.
struct api_gateway_v2_context {
  /// The AWS account that owns the API; "anonymous" for a function URL without authorization.
  std::string_view account_id;
  /// The API, or the id of the function URL.
  std::string_view api_id;
  /// Absent for function URLs.
  std::optional<api_gateway_v2_authentication> authentication;
  /// Absent if the route has no authorizer.
  std::optional<api_gateway_v2_authorizer> authorizer;
  std::string_view domain_name;
  /// The first label of domain_name.
  std::string_view domain_prefix;
  api_gateway_v2_http http;
  std::string_view request_id;
  /// The same as api_gateway_v2_request::route_key.
  std::optional<std::string_view> route_key;
  /// "$default" for a function URL, or absent.
  std::optional<std::string_view> stage;
  /// In the format of web server logs: "12/Mar/2020:19:03:58 +0000".
  std::string_view time;
  /// Sent in milliseconds.
  epoch_milliseconds time_epoch;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A request to an HTTP API or to a function URL. Answer it with an http_response, or with any other value: AWS sends
/// its JSON with status 200.
///
/// Repeated headers and parameters are joined into one value with commas. Header names are in lower case. There is no
/// cookie header; its parts are in cookies.
///
/// Fields: API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"
/// (http-api-develop-integrations-lambda), format 2.0; AWS Lambda Developer Guide, "Invoking Lambda function URLs"
/// (urls-invocation), request payload format.
struct api_gateway_v2_request {
  /// "2.0"
  std::string_view version;
  /// The route that matched, such as "GET /items/{id}", or "$default".
  std::optional<std::string_view> route_key;
  /// The path with the stage, unless that is $default; not URL-decoded.
  std::string_view raw_path;
  /// Without the question mark; not URL-decoded.
  std::string_view raw_query_string;
  /// Each as "name=value".
  std::optional<std::vector<std::string_view>> cookies;
  header_map headers;
  /// URL-decoded.
  std::optional<string_map> query_string_parameters;
  api_gateway_v2_context request_context;
  /// Text or base64; use body_bytes().
  std::optional<std::string_view> body;
  /// The values of the placeholders in route_key, URL-decoded. Absent for function URLs.
  std::optional<string_map> path_parameters;
  /// Whether body is base64, which it is unless its media type is text, JSON, XML or JavaScript.
  bool is_base64_encoded;
  /// Absent for function URLs.
  std::optional<string_map> stage_variables;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"request_context"};

  /// The value of a header. Names are case-insensitive.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return first_value(headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return first_value(query_string_parameters, name);
  }
  [[nodiscard]] std::optional<std::string_view> path_parameter(std::string_view name) const noexcept {
    return first_value(path_parameters, name);
  }
  /// The value of a cookie.
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const noexcept {
    if (!cookies) return std::nullopt;
    for (const std::string_view cookie : *cookies) {
      if (cookie.starts_with(name) && cookie.substr(name.size()).starts_with('='))
        return cookie.substr(name.size() + 1);
    }
    return std::nullopt;
  }
  /// The body's bytes. A view of the event, or of `buffer` if base64 had to be decoded. Empty if there is no body.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded, buffer);
  }
  [[nodiscard]] static constexpr http_format reply_format() noexcept { return http_format::api_gateway_v2; }
};

/// Function URLs send exactly payload format 2.0.
using function_url_request = api_gateway_v2_request;

template <>
inline constexpr event_source source_of<api_gateway_v2_request> = event_source::api_gateway_v2;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::api_gateway_v2_request);

}  // namespace v0
}  // namespace lambda_proc
