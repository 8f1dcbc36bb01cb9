#pragma once
// SPDX-License-Identifier: MIT
// The caller of a REST or WebSocket API; a part of their events.

#include <lambda_proc/events/client_certificate.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The caller, as far as API Gateway knows. It sends null for what it doesn't know.
///
/// Fields: API Gateway Developer Guide, "Variables for data transformations for API Gateway"
/// (api-gateway-mapping-template-reference), $context.identity.
struct api_gateway_identity {
  /// This and the other cognito_ members: only in requests signed with Amazon Cognito credentials.
  std::optional<std::string_view> cognito_identity_pool_id;
  /// The AWS account of a caller that signed the request.
  std::optional<std::string_view> account_id;
  std::optional<std::string_view> cognito_identity_id;
  /// The principal of a caller that signed the request.
  std::optional<std::string_view> caller;
  /// The client address of the TCP connection to API Gateway, IPv4 or IPv6; "test-invoke-source-ip" from the console.
  std::string_view source_ip;
  std::optional<std::string_view> principal_org_id;
  std::optional<std::string_view> access_key;
  /// Authentication methods references: a list, or its text.
  std::optional<raw_json> cognito_amr;
  /// "authenticated" or "unauthenticated".
  std::optional<std::string_view> cognito_authentication_type;
  /// All authentication providers that the caller used, separated by commas.
  std::optional<std::string_view> cognito_authentication_provider;
  /// The ARN of the user after authentication.
  std::optional<std::string_view> user_arn;
  std::optional<std::string_view> user_agent;
  /// The principal that is authorized, if the resource uses IAM authorization.
  std::optional<std::string_view> user;
  /// The API key and its id, if the method requires one.
  std::optional<std::string_view> api_key;
  std::optional<std::string_view> api_key_id;
  /// Only with mutual TLS.
  std::optional<client_certificate> client_cert;
  /// Only for private APIs: the VPC and the VPC endpoint that the request came through.
  std::optional<std::string_view> vpc_id;
  std::optional<std::string_view> vpce_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
