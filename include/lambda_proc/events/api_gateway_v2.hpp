#pragma once
// SPDX-License-Identifier: MIT
// Requests of API Gateway's HTTP APIs with payload format 2.0, and of Lambda function URLs.

#include <lambda_proc/events/client_certificate.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The client's identity where TLS is mutual.
struct api_gateway_v2_authentication {
  std::optional<client_certificate> client_cert;

  using json_naming = camel_case;
};

/// What a JWT authorizer found in the token.
struct api_gateway_v2_jwt {
  /// The claims, numbers and lists as text too.
  string_map claims;
  /// Nothing where the route demands no scopes.
  std::optional<std::vector<std::string_view>> scopes;

  using json_naming = camel_case;
};

/// The identity that signed through an Amazon Cognito identity pool.
struct api_gateway_v2_cognito_identity {
  /// Authentication methods: "authenticated", the provider, the provider's subject.
  std::vector<std::string_view> amr;
  std::string_view identity_id;
  std::string_view identity_pool_id;

  using json_naming = camel_case;
};

/// Who signed the request, with IAM authorization.
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
};

/// What the authorizer of the route said: one of these.
struct api_gateway_v2_authorizer {
  std::optional<api_gateway_v2_jwt> jwt;
  /// The context of a Lambda authorizer, an object. embedded_json decodes it.
  std::optional<raw_json> lambda;
  std::optional<api_gateway_v2_iam> iam;

  using json_naming = camel_case;
};

struct api_gateway_v2_http {
  std::string_view method;
  /// The path with the stage, unless that is $default.
  std::string_view path;
  /// "HTTP/1.1"
  std::string_view protocol;
  /// The address of the TCP connection to AWS.
  std::string_view source_ip;
  std::optional<std::string_view> user_agent;

  using json_naming = camel_case;
};

/// What AWS knows of a request besides HTTP.
struct api_gateway_v2_context {
  /// The AWS account that owns the API; "anonymous" at a function URL without authorization.
  std::string_view account_id;
  /// The API, or the id of the function URL.
  std::string_view api_id;
  /// Nothing at a function URL.
  std::optional<api_gateway_v2_authentication> authentication;
  /// Nothing where the route has no authorizer.
  std::optional<api_gateway_v2_authorizer> authorizer;
  std::string_view domain_name;
  /// The first label of domain_name.
  std::string_view domain_prefix;
  api_gateway_v2_http http;
  std::string_view request_id;
  /// The same as the request's.
  std::optional<std::string_view> route_key;
  /// "$default" at a function URL, or nothing.
  std::optional<std::string_view> stage;
  /// As web servers log it: "12/Mar/2020:19:03:58 +0000".
  std::string_view time;
  /// Sent in milliseconds.
  epoch_milliseconds time_epoch;

  using json_naming = camel_case;
};

/// A request to an HTTP API or to a function URL. Answer it with an http_response, or with any other value: AWS makes
/// a 200 with that JSON of it.
///
/// Headers and parameters that come several times are one value, joined by commas; the names of headers are in lower
/// case. There is no cookie header: cookies has its parts.
///
/// Fields: API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"
/// (http-api-develop-integrations-lambda), format 2.0; AWS Lambda Developer Guide, "Invoking Lambda function URLs"
/// (urls-invocation), request payload format.
struct api_gateway_v2_request {
  /// "2.0"
  std::string_view version;
  /// The route that matched, as "GET /items/{id}", or "$default".
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
  /// Text, or base64: see body_bytes().
  std::optional<std::string_view> body;
  /// What the braces in route_key stand for, URL-decoded. Nothing at a function URL.
  std::optional<string_map> path_parameters;
  /// Whether body is base64, as it is unless its media type is text, JSON, XML or JavaScript.
  bool is_base64_encoded;
  /// Nothing at a function URL.
  std::optional<string_map> stage_variables;

  using json_naming = camel_case;

  /// A header, whose name may be in any case.
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
  /// The body's bytes: a view of it, or of `buffer`, where base64 is decoded. Empty without a body.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded, buffer);
  }
  [[nodiscard]] static constexpr http_format reply_format() noexcept { return http_format::api_gateway_v2; }
};

/// A function URL's event is format 2.0 to the letter.
using function_url_request = api_gateway_v2_request;

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
