#pragma once
// SPDX-License-Identifier: MIT
// Amazon Cognito: the triggers around a sign-in: pre and post authentication, and inbound federation.

#include <lambda_proc/events/cognito_event.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// user-pool-lambda-pre-authentication
struct cognito_pre_authentication_request {
  text_map user_attributes;
  std::optional<string_map> validation_data;
  /// Whether there is no such user; sent if the app client prevents user existence errors.
  std::optional<bool> user_not_found;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "PreAuthentication";
};

/// user-pool-lambda-post-authentication
struct cognito_post_authentication_request {
  text_map user_attributes;
  /// Whether the device is new; sent if the pool remembers devices.
  std::optional<bool> new_device_used;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "PostAuthentication";
};

/// What an external identity provider said of a user; only some of these, by the kind of provider.
struct cognito_provider_attributes {
  /// The response of the token endpoint, an object; only with OpenID Connect and social providers.
  std::optional<raw_json> token_response;
  /// The claims of the id token, an object.
  std::optional<raw_json> id_token;
  /// What the userInfo endpoint says, an object.
  std::optional<raw_json> user_info;
  /// The assertion's attributes, an object; only with SAML.
  std::optional<raw_json> saml_response;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// user-pool-lambda-inbound-federation
struct cognito_inbound_federation_request {
  std::string_view provider_name;
  /// "OIDC", "SAML", "Facebook", "Google", "SignInWithApple" or "LoginWithAmazon".
  std::string_view provider_type;
  cognito_provider_attributes attributes;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "InboundFederation";
};

struct cognito_inbound_federation_response {
  /// All attributes that the user gets; those that are not named are dropped. If it is empty the user keeps all.
  std::map<std::string, std::string> user_attributes_to_map;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

using cognito_pre_authentication = cognito_event<cognito_pre_authentication_request, cognito_no_response>;
using cognito_post_authentication = cognito_event<cognito_post_authentication_request, cognito_no_response>;
using cognito_inbound_federation =
    cognito_event<cognito_inbound_federation_request, cognito_inbound_federation_response>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::cognito_pre_authentication);
LAMBDA_PROC_EVENT_TABLE(events::cognito_post_authentication);
LAMBDA_PROC_EVENT_TABLE(events::cognito_inbound_federation);

}  // namespace v0
}  // namespace lambda_proc
