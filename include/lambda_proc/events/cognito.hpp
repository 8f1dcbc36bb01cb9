#pragma once
// SPDX-License-Identifier: MIT
// Amazon Cognito: the triggers of user pools. Each wants its own event back, with the response filled in.

#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct cognito_caller_context {
  /// Of the SDK that made the request.
  std::string_view aws_sdk_version;
  /// The app client's id.
  std::string_view client_id;

  using json_naming = camel_case;
};

/// A trigger of a user pool: what all of them have, with a `Request` that tells and a `Response` to be filled in. A
/// handler returns the event that it was given:
///
///     [](cognito_pre_sign_up event) {
///       event.response.auto_confirm_user = event.user_name->starts_with("svc-");
///       return event;
///     }
///
/// A failure refuses what the user wants, with its message for the user. Cognito waits 5 seconds at most.
///
/// Fields: Cognito Developer Guide, "Customizing user pool workflows with Lambda triggers", "Common parameters"
/// (cognito-user-pools-lambda-trigger-syntax-shared), and the page of each trigger.
template <class Request = raw_json, class Response = raw_json>
struct cognito_event {
  /// Of the event's form: "1", for pre token generation "2" and "3" as well.
  std::string_view version;
  /// The trigger and its occasion: "PreSignUp_SignUp".
  std::string_view trigger_source;
  std::string_view region;
  std::string_view user_pool_id;
  /// Nothing where there is no user yet, or no user at all (machine to machine).
  std::optional<std::string_view> user_name;
  cognito_caller_context caller_context;
  Request request;
  Response response;

  using json_naming = camel_case;
};

/// The response of triggers that answer with nothing: {}.
struct cognito_no_response {
  using json_missing = use_default;
};

/// user-pool-lambda-pre-sign-up
struct cognito_pre_sign_up_request {
  string_map user_attributes;
  /// What the app added for this trigger, as SignUp's ValidationData.
  std::optional<string_map> validation_data;
  /// What the app added, as ClientMetadata.
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "PreSignUp";
};

struct cognito_pre_sign_up_response {
  /// The user needs no confirmation.
  bool auto_confirm_user = false;
  /// The address counts as verified; the user must have one.
  bool auto_verify_email = false;
  /// The number counts as verified; the user must have one.
  bool auto_verify_phone = false;

  using json_naming = camel_case;
  using json_missing = use_default;
};

/// user-pool-lambda-post-confirmation
struct cognito_post_confirmation_request {
  string_map user_attributes;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "PostConfirmation";
};

/// user-pool-lambda-pre-authentication
struct cognito_pre_authentication_request {
  string_map user_attributes;
  std::optional<string_map> validation_data;
  /// Whether there is no such user; sent where the app client prevents errors that tell.
  std::optional<bool> user_not_found;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "PreAuthentication";
};

/// user-pool-lambda-post-authentication
struct cognito_post_authentication_request {
  string_map user_attributes;
  /// Whether the device is new; sent where the pool remembers devices.
  std::optional<bool> new_device_used;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "PostAuthentication";
};

/// The groups that a user is in, or is said to be in.
struct cognito_group_configuration {
  std::optional<std::vector<std::string>> groups_to_override;
  std::optional<std::vector<std::string>> iam_roles_to_override;
  std::optional<std::string> preferred_role;

  using json_naming = camel_case;
};

/// user-pool-lambda-pre-token-generation
struct cognito_pre_token_generation_request {
  string_map user_attributes;
  cognito_group_configuration group_configuration;
  std::optional<string_map> client_metadata;
  /// Of the access token; versions 2 and 3 only.
  std::optional<std::vector<std::string_view>> scopes;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "TokenGeneration";
};

struct cognito_claims_override_details {
  std::optional<std::map<std::string, std::string>> claims_to_add_or_override;
  std::optional<std::vector<std::string>> claims_to_suppress;
  std::optional<cognito_group_configuration> group_override_details;

  using json_naming = camel_case;
};

/// What changes in an id token or an access token. A claim is any JSON value.
struct cognito_token_changes {
  std::optional<std::map<std::string, raw_json>> claims_to_add_or_override;
  std::optional<std::vector<std::string>> claims_to_suppress;
  /// Of access tokens only, as is the one below.
  std::optional<std::vector<std::string>> scopes_to_add;
  std::optional<std::vector<std::string>> scopes_to_suppress;

  using json_naming = camel_case;
};

struct cognito_claims_and_scope_override_details {
  std::optional<cognito_token_changes> id_token_generation;
  std::optional<cognito_token_changes> access_token_generation;
  std::optional<cognito_group_configuration> group_override_details;

  using json_naming = camel_case;
};

/// Version 1 fills in the first member, versions 2 and 3 the second.
struct cognito_pre_token_generation_response {
  std::optional<cognito_claims_override_details> claims_override_details;
  std::optional<cognito_claims_and_scope_override_details> claims_and_scope_override_details;

  using json_naming = camel_case;
};

/// user-pool-lambda-migrate-user
struct cognito_migrate_user_request {
  /// What the user typed; empty where the password is forgotten.
  std::string_view password;
  std::optional<string_map> validation_data;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "UserMigration";
};

struct cognito_migrate_user_response {
  /// Of the new user; needed for it to be made.
  std::optional<std::map<std::string, std::string>> user_attributes;
  /// "CONFIRMED" or "RESET_REQUIRED".
  std::optional<std::string> final_user_status;
  /// "SUPPRESS" or "RESEND".
  std::optional<std::string> message_action;
  /// "EMAIL" and "SMS".
  std::optional<std::vector<std::string>> desired_delivery_mediums;
  /// Whether an address or number of another user becomes this one's.
  std::optional<bool> force_alias_creation;
  std::optional<bool> enable_sms_mfa;

  using json_naming = camel_case;
  static constexpr auto json_names = names{"enable_sms_mfa", "enableSMSMFA"};
};

/// user-pool-lambda-custom-message
struct cognito_custom_message_request {
  string_map user_attributes;
  /// Stands for the code in the message: "{####}".
  std::optional<std::string_view> code_parameter;
  /// Stands for the link: "{##Click Here##}".
  std::optional<std::string_view> link_parameter;
  /// Stands for the name of a user whom an administrator made.
  std::optional<std::string_view> username_parameter;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "CustomMessage";
};

struct cognito_custom_message_response {
  /// At most 140 characters; must hold the request's parameters, as must email_message.
  std::optional<std::string> sms_message;
  /// At most 20,000 characters.
  std::optional<std::string> email_message;
  std::optional<std::string> email_subject;

  using json_naming = camel_case;
};

/// A challenge that the user has been given.
struct cognito_challenge {
  /// "CUSTOM_CHALLENGE", "SRP_A", "PASSWORD_VERIFIER", …
  std::string_view challenge_name;
  /// Whether the user passed it.
  bool challenge_result;
  /// The name that a create-auth-challenge trigger gave it.
  std::optional<std::string_view> challenge_metadata;

  using json_naming = camel_case;
};

/// user-pool-lambda-define-auth-challenge
struct cognito_define_auth_challenge_request {
  string_map user_attributes;
  /// The challenges so far.
  std::vector<cognito_challenge> session;
  std::optional<string_map> client_metadata;
  std::optional<bool> user_not_found;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "DefineAuthChallenge";
};

struct cognito_define_auth_challenge_response {
  /// The next challenge.
  std::optional<std::string> challenge_name;
  /// The user has passed.
  std::optional<bool> issue_tokens;
  /// The user has failed.
  std::optional<bool> fail_authentication;

  using json_naming = camel_case;
};

/// user-pool-lambda-create-auth-challenge
struct cognito_create_auth_challenge_request {
  string_map user_attributes;
  std::string_view challenge_name;
  std::optional<std::vector<cognito_challenge>> session;
  std::optional<string_map> client_metadata;
  std::optional<bool> user_not_found;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "CreateAuthChallenge";
};

struct cognito_create_auth_challenge_response {
  /// What the app gets to ask the user.
  std::optional<std::map<std::string, std::string>> public_challenge_parameters;
  /// What the verifying trigger gets: the right answers.
  std::optional<std::map<std::string, std::string>> private_challenge_parameters;
  std::optional<std::string> challenge_metadata;

  using json_naming = camel_case;
};

/// user-pool-lambda-verify-auth-challenge-response
struct cognito_verify_auth_challenge_request {
  string_map user_attributes;
  std::optional<string_map> private_challenge_parameters;
  std::string_view challenge_answer;
  std::optional<string_map> client_metadata;
  std::optional<bool> user_not_found;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "VerifyAuthChallengeResponse";
};

struct cognito_verify_auth_challenge_response {
  std::optional<bool> answer_correct;

  using json_naming = camel_case;
};

/// user-pool-lambda-custom-email-sender
struct cognito_custom_email_sender_request {
  /// "customEmailSenderRequestV1"
  std::string_view type;
  /// Base64 of what the AWS Encryption SDK has to decrypt.
  std::optional<std::string_view> code;
  string_map user_attributes;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "CustomEmailSender";
};

/// user-pool-lambda-custom-sms-sender
struct cognito_custom_sms_sender_request {
  /// "customSMSSenderRequestV1"
  std::string_view type;
  /// Base64 of what the AWS Encryption SDK has to decrypt.
  std::optional<std::string_view> code;
  string_map user_attributes;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  static constexpr std::string_view trigger = "CustomSMSSender";
};

using cognito_pre_sign_up = cognito_event<cognito_pre_sign_up_request, cognito_pre_sign_up_response>;
using cognito_post_confirmation = cognito_event<cognito_post_confirmation_request, cognito_no_response>;
using cognito_pre_authentication = cognito_event<cognito_pre_authentication_request, cognito_no_response>;
using cognito_post_authentication = cognito_event<cognito_post_authentication_request, cognito_no_response>;
using cognito_pre_token_generation =
    cognito_event<cognito_pre_token_generation_request, cognito_pre_token_generation_response>;
using cognito_migrate_user = cognito_event<cognito_migrate_user_request, cognito_migrate_user_response>;
using cognito_custom_message = cognito_event<cognito_custom_message_request, cognito_custom_message_response>;
using cognito_define_auth_challenge =
    cognito_event<cognito_define_auth_challenge_request, cognito_define_auth_challenge_response>;
using cognito_create_auth_challenge =
    cognito_event<cognito_create_auth_challenge_request, cognito_create_auth_challenge_response>;
using cognito_verify_auth_challenge =
    cognito_event<cognito_verify_auth_challenge_request, cognito_verify_auth_challenge_response>;
using cognito_custom_email_sender = cognito_event<cognito_custom_email_sender_request, cognito_no_response>;
using cognito_custom_sms_sender = cognito_event<cognito_custom_sms_sender_request, cognito_no_response>;

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
