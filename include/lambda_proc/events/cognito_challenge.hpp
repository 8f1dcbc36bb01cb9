#pragma once
// SPDX-License-Identifier: MIT
// Amazon Cognito: the triggers of custom authentication: define, create and verify a challenge.

#include <lambda_proc/events/cognito_event.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A challenge that the user has already had.
struct cognito_challenge {
  /// "CUSTOM_CHALLENGE", "SRP_A", "PASSWORD_VERIFIER", …
  std::string_view challenge_name;
  /// Whether the user passed it.
  bool challenge_result;
  /// The name that the create-auth-challenge trigger gave it.
  std::optional<std::string_view> challenge_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// user-pool-lambda-define-auth-challenge
struct cognito_define_auth_challenge_request {
  text_map user_attributes;
  /// The challenges so far.
  std::vector<cognito_challenge> session;
  std::optional<string_map> client_metadata;
  std::optional<bool> user_not_found;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "DefineAuthChallenge";
};

struct cognito_define_auth_challenge_response {
  /// The next challenge.
  std::optional<std::string> challenge_name;
  /// The user is authenticated.
  std::optional<bool> issue_tokens;
  /// The authentication has failed.
  std::optional<bool> fail_authentication;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// user-pool-lambda-create-auth-challenge
struct cognito_create_auth_challenge_request {
  text_map user_attributes;
  std::string_view challenge_name;
  std::optional<std::vector<cognito_challenge>> session;
  std::optional<string_map> client_metadata;
  std::optional<bool> user_not_found;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "CreateAuthChallenge";
};

struct cognito_create_auth_challenge_response {
  /// Sent to the app, which asks the user.
  std::optional<std::map<std::string, std::string>> public_challenge_parameters;
  /// Sent to the verify-auth-challenge-response trigger: the right answers.
  std::optional<std::map<std::string, std::string>> private_challenge_parameters;
  std::optional<std::string> challenge_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// user-pool-lambda-verify-auth-challenge-response
struct cognito_verify_auth_challenge_request {
  text_map user_attributes;
  std::optional<string_map> private_challenge_parameters;
  std::string_view challenge_answer;
  std::optional<string_map> client_metadata;
  std::optional<bool> user_not_found;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "VerifyAuthChallengeResponse";
};

struct cognito_verify_auth_challenge_response {
  std::optional<bool> answer_correct;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

using cognito_define_auth_challenge =
    cognito_event<cognito_define_auth_challenge_request, cognito_define_auth_challenge_response>;
using cognito_create_auth_challenge =
    cognito_event<cognito_create_auth_challenge_request, cognito_create_auth_challenge_response>;
using cognito_verify_auth_challenge =
    cognito_event<cognito_verify_auth_challenge_request, cognito_verify_auth_challenge_response>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::cognito_define_auth_challenge);
LAMBDA_PROC_EVENT_TABLE(events::cognito_create_auth_challenge);
LAMBDA_PROC_EVENT_TABLE(events::cognito_verify_auth_challenge);

}  // namespace v0
}  // namespace lambda_proc
