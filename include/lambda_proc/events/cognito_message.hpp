#pragma once
// SPDX-License-Identifier: MIT
// Amazon Cognito: the triggers around messages to users: custom messages, and custom senders of email and SMS.

#include <lambda_proc/events/cognito_event.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

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

using cognito_custom_message = cognito_event<cognito_custom_message_request, cognito_custom_message_response>;
using cognito_custom_email_sender = cognito_event<cognito_custom_email_sender_request, cognito_no_response>;
using cognito_custom_sms_sender = cognito_event<cognito_custom_sms_sender_request, cognito_no_response>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::cognito_custom_message);
LAMBDA_PROC_EVENT_TABLE(events::cognito_custom_email_sender);
LAMBDA_PROC_EVENT_TABLE(events::cognito_custom_sms_sender);

}  // namespace v0
}  // namespace lambda_proc
