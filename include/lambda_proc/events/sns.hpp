#pragma once
// SPDX-License-Identifier: MIT
// Amazon SNS: notifications as Lambda gets them, and as they stand in the body of an SQS message.

#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <chrono>
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
  /// Text; JSON text for a "String.Array", base64 for a "Binary".
  std::string_view value;

  using json_naming = pascal_case;
};

using sns_message_attributes = name_map<sns_message_attribute, detail::exact_names>;

/// One message of a topic.
///
/// Fields: SNS Developer Guide, "HTTP/HTTPS notification JSON format"; AWS Lambda Developer Guide, "Invoking Lambda
/// functions with Amazon SNS notifications" (with-sns).
struct sns_message {
  /// "Notification".
  std::string_view type;
  /// Unique for each message that was published.
  std::string_view message_id;
  std::string_view topic_arn;
  /// Nothing where the publisher gave none.
  std::optional<std::string_view> subject;
  /// What was published. Where it is JSON (S3 notifications, alarms), embedded_json decodes it.
  std::string_view message;
  /// When it was published.
  std::chrono::sys_time<std::chrono::milliseconds> timestamp;
  /// "1" is SHA1withRSA, "2" is SHA256withRSA.
  std::string_view signature_version;
  /// Base64, over Message, MessageId, Subject, Type, Timestamp and TopicArn.
  std::string_view signature;
  std::string_view signing_cert_url;
  /// Opening it unsubscribes the endpoint.
  std::string_view unsubscribe_url;
  sns_message_attributes message_attributes;

  using json_naming = pascal_case;
};

struct sns_record {
  /// "aws:sns"
  std::string_view event_source;
  /// "1.0"
  std::string_view event_version;
  std::string_view event_subscription_arn;
  sns_message sns;

  using json_naming = pascal_case;
};

/// What SNS invokes a function with; in practice one record (AWS Lambda Developer Guide, with-sns). The invocation is
/// asynchronous: the reply is not looked at, a failure makes Lambda try again.
struct sns_event {
  std::vector<sns_record> records;

  using json_naming = pascal_case;
};

/// A notification in the body of an SQS message, where the subscription has no raw message delivery; embedded_json
/// decodes it.
///
/// Fields: SNS Developer Guide, "HTTP/HTTPS notification JSON format" and "Fanout to Amazon SQS queues". The names of
/// the URLs are not those that Lambda uses.
struct sns_notification {
  /// "Notification".
  std::string_view type;
  std::string_view message_id;
  /// Of messages of FIFO topics only: up to 20 digits, in the order of publication.
  std::optional<std::string_view> sequence_number;
  std::string_view topic_arn;
  std::optional<std::string_view> subject;
  std::string_view message;
  std::chrono::sys_time<std::chrono::milliseconds> timestamp;
  /// FIFO topics do not sign.
  std::optional<std::string_view> signature_version;
  std::optional<std::string_view> signature;
  std::optional<std::string_view> signing_cert_url;
  std::string_view unsubscribe_url;
  std::optional<sns_message_attributes> message_attributes;

  using json_naming = pascal_case;
  static constexpr auto json_names = names{"signing_cert_url", "SigningCertURL", "unsubscribe_url", "UnsubscribeURL"};
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
