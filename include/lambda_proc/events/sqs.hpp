#pragma once
// SPDX-License-Identifier: MIT
// Amazon SQS: a batch of messages from one queue.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/batch_response.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/text_number.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct sqs_event;

/// The attributes that SQS adds to a message (SQS API Reference, "ReceiveMessage", MessageSystemAttributeName). AWS
/// writes numbers and times as strings.
struct sqs_attributes {
  /// How often the message was received without being deleted.
  text_number approximate_receive_count;
  quoted_epoch_milliseconds sent_timestamp;
  /// The id of the user or role that sent it, or the address of an anonymous sender.
  std::string_view sender_id;
  quoted_epoch_milliseconds approximate_first_receive_timestamp;
  /// Only from FIFO queues: 20 digits, in the order of sending within a group.
  std::optional<std::string_view> sequence_number;
  /// From FIFO queues: messages of one group are delivered in order. From standard queues with fair queueing: the
  /// tenant.
  std::optional<std::string_view> message_group_id;
  /// Only from FIFO queues.
  std::optional<std::string_view> message_deduplication_id;
  /// The sender's AWS X-Ray trace header.
  std::optional<std::string_view> aws_trace_header;
  /// Only for messages that were redriven from a dead-letter queue.
  std::optional<std::string_view> dead_letter_queue_source_arn;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"aws_trace_header", "AWSTraceHeader"};
};

/// An attribute that the sender added (SQS API Reference, "MessageAttributeValue").
struct sqs_message_attribute {
  /// The value, if data_type is "String" or "Number".
  std::optional<std::string_view> string_value;
  /// The value, if data_type is "Binary".
  std::optional<base64> binary_value;
  /// Reserved by AWS; empty.
  std::optional<std::vector<std::string_view>> string_list_values;
  /// Reserved by AWS; empty.
  std::optional<std::vector<base64>> binary_list_values;
  /// "String", "Number" or "Binary", optionally followed by a dot and a label that the sender chose: "Number.int".
  std::string_view data_type;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

using sqs_message_attributes = name_map<sqs_message_attribute, detail::exact_names>;

/// One message (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS": with-sqs).
struct sqs_message {
  /// A unique id, which identifies the message in a batch_response.
  std::string_view message_id;
  /// Identifies this receipt of the message, for DeleteMessage. Lambda itself deletes the messages that succeeded.
  std::string_view receipt_handle;
  /// The text that was sent. If it is JSON (SNS or S3 notifications), decode it with embedded_json.
  std::string_view body;
  sqs_attributes attributes;
  sqs_message_attributes message_attributes;
  /// In hexadecimal.
  std::string_view md5_of_body;
  /// In hexadecimal; absent if there are no message attributes.
  std::optional<std::string_view> md5_of_message_attributes;
  /// "aws:sqs"
  std::string_view event_source;
  std::string_view event_source_arn;
  std::string_view aws_region;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"body"};
  static constexpr auto json_names = names{"event_source_arn", "eventSourceARN"};

  /// Whether it comes from a FIFO queue: their names, and no others, end in ".fifo".
  [[nodiscard]] bool is_fifo() const noexcept { return event_source_arn.ends_with(".fifo"); }

  using event_type = sqs_event;
  [[nodiscard]] std::string_view item_identifier() const noexcept { return message_id; }
  [[nodiscard]] batch_order order() const noexcept { return is_fifo() ? batch_order::queue : batch_order::none; }
};

/// Up to 10,000 messages from one queue. The reply is a batch_response, or nothing if all succeeded.
struct sqs_event {
  std::vector<sqs_message> records;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"records"};
};

template <>
inline constexpr event_source source_of<sqs_event> = event_source::sqs;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::sqs_event);

}  // namespace v0
}  // namespace lambda_proc
