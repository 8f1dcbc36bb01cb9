#pragma once
// SPDX-License-Identifier: MIT
// Amazon SNS: notifications sent to Lambda, and notifications in the body of an SQS message.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/rfc3339_time.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// An attribute that the publisher added to a message (SNS Developer Guide, "Amazon SNS message attributes").
struct sns_message_attribute {
  /// "String", "String.Array", "Number" or "Binary".
  std::string_view type;
  /// Text for "String" and "Number", JSON text for "String.Array", base64 for "Binary".
  std::string_view value;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
};

using sns_message_attributes = name_map<sns_message_attribute, detail::exact_names>;

/// One message from a topic.
///
/// Fields: SNS Developer Guide, "HTTP/HTTPS notification JSON format"; AWS Lambda Developer Guide, "Invoking Lambda
/// functions with Amazon SNS notifications" (with-sns).
struct sns_message {
  /// "Notification".
  std::string_view type;
  /// Unique for each message that was published.
  std::string_view message_id;
  std::string_view topic_arn;
  /// Absent if the publisher gave none.
  std::optional<std::string_view> subject;
  /// The published text. If it is JSON (S3 notifications, alarms), decode it with embedded_json.
  std::string_view message;
  /// When it was published.
  rfc3339_time timestamp;
  /// "1" is SHA1withRSA, "2" is SHA256withRSA.
  std::string_view signature_version;
  /// Base64. It signs Message, MessageId, Subject, Type, Timestamp and TopicArn.
  std::string_view signature;
  std::string_view signing_cert_url;
  /// Opening this URL unsubscribes the endpoint.
  std::string_view unsubscribe_url;
  sns_message_attributes message_attributes;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"message"};
  // Older samples and some tools write them like this.
  static constexpr auto json_aliases = names{"signing_cert_url", "SigningCertURL", "unsubscribe_url", "UnsubscribeURL"};
};

struct sns_record {
  /// "aws:sns"
  std::string_view event_source;
  /// "1.0"
  std::string_view event_version;
  std::string_view event_subscription_arn;
  sns_message sns;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
};

/// The event that SNS sends to a function; in practice with one record (AWS Lambda Developer Guide, with-sns). The
/// invocation is asynchronous: the reply is ignored, and Lambda retries after a failure.
struct sns_event {
  std::vector<sns_record> records;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"records"};
};

/// A notification in the body of an SQS message, if the subscription does not use raw message delivery. Decode it with
/// embedded_json.
///
/// Fields: SNS Developer Guide, "HTTP/HTTPS notification JSON format" and "Fanout to Amazon SQS queues". The names of
/// the URLs differ from those in events for Lambda.
struct sns_notification {
  /// "Notification".
  std::string_view type;
  std::string_view message_id;
  /// Only from FIFO topics: up to 20 digits, in the order of publication.
  std::optional<std::string_view> sequence_number;
  std::string_view topic_arn;
  std::optional<std::string_view> subject;
  std::string_view message;
  rfc3339_time timestamp;
  /// FIFO topics don't sign messages.
  std::optional<std::string_view> signature_version;
  std::optional<std::string_view> signature;
  std::optional<std::string_view> signing_cert_url;
  std::string_view unsubscribe_url;
  std::optional<sns_message_attributes> message_attributes;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"message"};
  static constexpr auto json_names = names{"signing_cert_url", "SigningCertURL", "unsubscribe_url", "UnsubscribeURL"};
  static constexpr auto json_aliases = names{"signing_cert_url", "SigningCertUrl", "unsubscribe_url", "UnsubscribeUrl"};
};

template <>
inline constexpr event_source source_of<sns_event> = event_source::sns;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::sns_event);
LAMBDA_PROC_EVENT_TABLE(events::sns_notification);

}  // namespace v0
}  // namespace lambda_proc
