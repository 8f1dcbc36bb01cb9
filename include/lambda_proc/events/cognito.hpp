#pragma once
// SPDX-License-Identifier: MIT
// Amazon Cognito: the triggers of user pools. Each expects its own event as the reply, with the response filled in.

#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>
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

struct cognito_caller_context {
  /// The version of the SDK that made the request.
  std::string_view aws_sdk_version;
  /// The app client's id.
  std::string_view client_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A trigger event of a user pool: the common members, the trigger's `Request`, and a `Response` to fill in. A handler
/// returns the event that it was given:
///
///     [](cognito_pre_sign_up event) {
///       event.response.auto_confirm_user = event.user_name->starts_with("svc-");
///       return event;
///     }
///
/// A failure rejects the user's operation, and its message is shown to the user. Cognito waits at most 5 seconds.
///
/// Fields: Cognito Developer Guide, "Customizing user pool workflows with Lambda triggers", "Common parameters"
/// (cognito-user-pools-lambda-trigger-syntax-shared), and the page of each trigger.
template <class Request = raw_json, class Response = raw_json>
struct cognito_event {
  /// The version of the event's format: "1"; for pre token generation also "2" and "3".
  std::string_view version;
  /// The trigger and the occasion, such as "PreSignUp_SignUp".
  std::string_view trigger_source;
  std::string_view region;
  std::string_view user_pool_id;
  /// Absent if there is no user yet, or no user at all (machine to machine).
  std::optional<std::string_view> user_name;
  cognito_caller_context caller_context;
  Request request;
  Response response;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"trigger_source"};
};

/// The response of triggers that have nothing to fill in: {}.
struct cognito_no_response {
  using json_missing = leave_empty;
};

/// user-pool-lambda-pre-sign-up
struct cognito_pre_sign_up_request {
  text_map user_attributes;
  /// What the app sent for this trigger as ValidationData of SignUp.
  std::optional<string_map> validation_data;
  /// What the app sent as ClientMetadata.
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "PreSignUp";
};

struct cognito_pre_sign_up_response {
  /// Confirms the user.
  bool auto_confirm_user = false;
  /// Marks the email address as verified; the user must have one.
  bool auto_verify_email = false;
  /// Marks the phone number as verified; the user must have one.
  bool auto_verify_phone = false;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// user-pool-lambda-post-confirmation
struct cognito_post_confirmation_request {
  text_map user_attributes;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "PostConfirmation";
};

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

/// user-pool-lambda-migrate-user
struct cognito_migrate_user_request {
  /// The password that the user entered; empty if the user has forgotten it.
  std::string_view password;
  std::optional<string_map> validation_data;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "UserMigration";
};

struct cognito_migrate_user_response {
  /// The attributes of the new user; required to create it.
  std::optional<std::map<std::string, std::string>> user_attributes;
  /// "CONFIRMED" or "RESET_REQUIRED".
  std::optional<std::string> final_user_status;
  /// "SUPPRESS" or "RESEND".
  std::optional<std::string> message_action;
  /// "EMAIL" and "SMS".
  std::optional<std::vector<std::string>> desired_delivery_mediums;
  /// Whether to move an email address or phone number that is an alias of another user to this one.
  std::optional<bool> force_alias_creation;
  std::optional<bool> enable_sms_mfa;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"enable_sms_mfa", "enableSMSMFA"};
};

/// user-pool-lambda-custom-message
struct cognito_custom_message_request {
  text_map user_attributes;
  /// The placeholder for the code in the message: "{####}".
  std::optional<std::string_view> code_parameter;
  /// The placeholder for the link: "{##Click Here##}".
  std::optional<std::string_view> link_parameter;
  /// The placeholder for the name of a user that an administrator created.
  std::optional<std::string_view> username_parameter;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "CustomMessage";
};

struct cognito_custom_message_response {
  /// At most 140 characters. It must contain the request's parameters, as must email_message.
  std::optional<std::string> sms_message;
  /// At most 20,000 characters.
  std::optional<std::string> email_message;
  std::optional<std::string> email_subject;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

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

/// user-pool-lambda-custom-email-sender
struct cognito_custom_email_sender_request {
  /// "customEmailSenderRequestV1"
  std::string_view type;
  /// A code that the AWS Encryption SDK encrypted, as base64.
  std::optional<std::string_view> code;
  text_map user_attributes;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "CustomEmailSender";
};

/// user-pool-lambda-custom-sms-sender
struct cognito_custom_sms_sender_request {
  /// "customSMSSenderRequestV1"
  std::string_view type;
  /// A code that the AWS Encryption SDK encrypted, as base64.
  std::optional<std::string_view> code;
  text_map user_attributes;
  std::optional<string_map> client_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view trigger = "CustomSMSSender";
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
using cognito_inbound_federation =
    cognito_event<cognito_inbound_federation_request, cognito_inbound_federation_response>;
using cognito_custom_email_sender = cognito_event<cognito_custom_email_sender_request, cognito_no_response>;
using cognito_custom_sms_sender = cognito_event<cognito_custom_sms_sender_request, cognito_no_response>;

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
