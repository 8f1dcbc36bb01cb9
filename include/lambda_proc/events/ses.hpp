#pragma once
// SPDX-License-Identifier: MIT
// Amazon SES: a mail that a receipt rule passes to a function.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/rfc3339_time.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct ses_header {
  std::string_view name;
  std::string_view value;

  using json_missing = leave_empty;
};

/// The headers that are used most; absent if the mail doesn't have them.
struct ses_common_headers {
  std::optional<std::string_view> return_path;
  std::optional<std::vector<std::string_view>> from;
  /// As in the mail (RFC 5322): "Mon, 5 Dec 2016 18:40:08 -0800".
  std::optional<std::string_view> date;
  std::optional<std::string_view> sender;
  std::optional<std::vector<std::string_view>> to;
  std::optional<std::vector<std::string_view>> cc;
  std::optional<std::vector<std::string_view>> bcc;
  std::optional<std::vector<std::string_view>> reply_to;
  /// The Message-ID header, with its angle brackets.
  std::optional<std::string_view> message_id;
  std::optional<std::string_view> subject;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The mail without its content. An S3 action of the same rule can store that.
struct ses_mail {
  /// When it was received.
  rfc3339_time timestamp;
  /// The address of the envelope's MAIL FROM.
  std::string_view source;
  /// SES's id of the mail, and the name of the object that an S3 action stores.
  std::string_view message_id;
  /// All recipients in the mail's headers.
  std::vector<std::string_view> destination;
  /// Whether the headers are incomplete: SES truncates them at 10 KB.
  bool headers_truncated;
  /// In the mail's order; a name may occur more than once.
  std::vector<ses_header> headers;
  ses_common_headers common_headers;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct ses_verdict {
  /// "PASS", "FAIL", "GRAY" or "PROCESSING_FAILED"; for spam and viruses also "DISABLED".
  std::string_view status;

  using json_missing = leave_empty;
};

/// The action that caused the event. If SES invokes a function it is a Lambda action; notifications of other actions
/// have the members of those.
struct ses_action {
  /// "Lambda", "S3", "SNS", "Bounce", "Stop" or "WorkMail".
  std::string_view type;
  std::optional<std::string_view> function_arn;
  /// "Event" or "RequestResponse": whether SES waits for the reply.
  std::optional<std::string_view> invocation_type;
  std::optional<std::string_view> topic_arn;
  /// Only for S3 actions, as are the three members below.
  std::optional<std::string_view> bucket_name;
  std::optional<std::string_view> object_key;
  std::optional<std::string_view> object_key_prefix;
  std::optional<std::string_view> encoding;
  /// Only for WorkMail actions.
  std::optional<std::string_view> organization_arn;
  /// Only for bounce actions, as are the three members below.
  std::optional<std::string_view> smtp_reply_code;
  std::optional<std::string_view> status_code;
  std::optional<std::string_view> message;
  std::optional<std::string_view> sender;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// What SES did with the mail.
struct ses_receipt {
  /// When the action began.
  rfc3339_time timestamp;
  /// The time from the mail's receipt to the action, in milliseconds.
  std::uint64_t processing_time_millis;
  /// The recipients of the envelope that the rule matched.
  std::vector<std::string_view> recipients;
  ses_verdict spam_verdict;
  ses_verdict virus_verdict;
  ses_verdict spf_verdict;
  ses_verdict dkim_verdict;
  std::optional<ses_verdict> dmarc_verdict;
  /// "none", "quarantine" or "reject"; only if dmarc_verdict is "FAIL".
  std::optional<std::string_view> dmarc_policy;
  ses_action action;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// What SES knows about a mail. Notifications of SNS actions have the same form: decode the message of the sns_message
/// with embedded_json.
struct ses_notification {
  /// "Received"; only in notifications, as is content.
  std::optional<std::string_view> notification_type;
  ses_mail mail;
  ses_receipt receipt;
  /// The mail itself, as text or base64; see ses_action::encoding.
  std::optional<std::string_view> content;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct ses_record {
  /// "aws:ses"
  std::string_view event_source;
  /// "1.0"
  std::string_view event_version;
  ses_notification ses;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"ses"};
};

/// A mail, always as a single record (SES Developer Guide, "Notification contents for email receiving":
/// receiving-email-notifications-contents; AWS Lambda Developer Guide, services-ses). If SES waits for the reply,
/// answer with a ses_response.
struct ses_event {
  std::vector<ses_record> records;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"records"};
};

/// What SES does next (SES Developer Guide, "Invoke Lambda function action": receiving-email-action-lambda).
enum class ses_disposition : std::uint8_t { go_on, stop_rule, stop_rule_set };

constexpr auto json_names(ses_disposition) {
  using enum ses_disposition;
  return names{go_on, "CONTINUE", stop_rule, "STOP_RULE", stop_rule_set, "STOP_RULE_SET"};
}

struct ses_response {
  ses_disposition disposition = ses_disposition::go_on;
};

template <>
inline constexpr event_source source_of<ses_event> = event_source::ses;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::ses_event);
LAMBDA_PROC_EVENT_TABLE(events::ses_notification);

}  // namespace v0
}  // namespace lambda_proc
