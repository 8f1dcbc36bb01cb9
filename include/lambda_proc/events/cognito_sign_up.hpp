#pragma once
// SPDX-License-Identifier: MIT
// Amazon Cognito: the triggers around new users: pre sign-up, post confirmation and user migration.

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

using cognito_pre_sign_up = cognito_event<cognito_pre_sign_up_request, cognito_pre_sign_up_response>;
using cognito_post_confirmation = cognito_event<cognito_post_confirmation_request, cognito_no_response>;
using cognito_migrate_user = cognito_event<cognito_migrate_user_request, cognito_migrate_user_response>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::cognito_pre_sign_up);
LAMBDA_PROC_EVENT_TABLE(events::cognito_post_confirmation);
LAMBDA_PROC_EVENT_TABLE(events::cognito_migrate_user);

}  // namespace v0
}  // namespace lambda_proc
