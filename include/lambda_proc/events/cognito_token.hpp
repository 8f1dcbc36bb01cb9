#pragma once
// SPDX-License-Identifier: MIT
// Amazon Cognito: the trigger before tokens are generated, in its three versions.

#include <lambda_proc/events/cognito_event.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The groups of a user, in a request; in a response, those that the token should have.
struct cognito_group_configuration {
  std::optional<std::vector<std::string>> groups_to_override;
  std::optional<std::vector<std::string>> iam_roles_to_override;
  std::optional<std::string> preferred_role;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// user-pool-lambda-pre-token-generation
struct cognito_pre_token_generation_request {
  text_map user_attributes;
  cognito_group_configuration group_configuration;
  std::optional<string_map> client_metadata;
  /// The scopes of the access token; versions 2 and 3 only.
  std::optional<std::vector<std::string_view>> scopes;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "TokenGeneration";
};

struct cognito_claims_override_details {
  std::optional<std::map<std::string, std::string>> claims_to_add_or_override;
  std::optional<std::vector<std::string>> claims_to_suppress;
  std::optional<cognito_group_configuration> group_override_details;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// Changes to an id token or an access token. A claim may be any JSON value.
struct cognito_token_changes {
  std::optional<std::map<std::string, raw_json>> claims_to_add_or_override;
  std::optional<std::vector<std::string>> claims_to_suppress;
  /// Only for access tokens, as is the member below.
  std::optional<std::vector<std::string>> scopes_to_add;
  std::optional<std::vector<std::string>> scopes_to_suppress;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct cognito_claims_and_scope_override_details {
  std::optional<cognito_token_changes> id_token_generation;
  std::optional<cognito_token_changes> access_token_generation;
  std::optional<cognito_group_configuration> group_override_details;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// Fill in the first member for version 1, the second for versions 2 and 3.
struct cognito_pre_token_generation_response {
  std::optional<cognito_claims_override_details> claims_override_details;
  std::optional<cognito_claims_and_scope_override_details> claims_and_scope_override_details;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

using cognito_pre_token_generation =
    cognito_event<cognito_pre_token_generation_request, cognito_pre_token_generation_response>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::cognito_pre_token_generation);

}  // namespace v0
}  // namespace lambda_proc
