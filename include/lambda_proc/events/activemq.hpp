#pragma once
// SPDX-License-Identifier: MIT
// Amazon MQ for ActiveMQ: a batch of messages from one queue.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct activemq_destination {
  /// The queue's name.
  std::string_view physical_name;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct activemq_message {
  /// For example
  /// "ID:b-9bcfa592-423a-4942-879d-eb284b418fc8-1.mq.eu-central-1.amazonaws.com-37557-1234520418293-4:1:1:1:1".
  std::string_view message_id;
  /// "jms/text-message" or "jms/bytes-message".
  std::string_view message_type;
  /// 1 is persistent, 2 is not.
  std::optional<std::int32_t> delivery_mode;
  std::optional<std::string_view> reply_to;
  std::optional<std::string_view> type;
  /// In milliseconds since 1970, or after the timestamp; a number, or a number as text.
  std::optional<std::variant<std::int64_t, std::string_view>> expiration;
  std::optional<std::int32_t> priority;
  std::optional<std::string_view> correlation_id;
  bool redelivered;
  activemq_destination destination;
  base64 data;
  epoch_milliseconds timestamp;
  epoch_milliseconds broker_in_time;
  epoch_milliseconds broker_out_time;
  /// Custom properties of the message.
  std::optional<text_map> properties;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"data"};
  static constexpr auto json_names = names{"message_id", "messageID", "correlation_id", "correlationId"};
  static constexpr auto json_aliases = names{"correlation_id", "correlationID"};
};

/// A batch (AWS Lambda Developer Guide, "Using Lambda with Amazon MQ": with-mq). It succeeds or fails as a whole; the
/// reply is ignored.
struct activemq_event {
  /// "aws:mq"
  std::string_view event_source;
  /// The broker's ARN.
  std::string_view event_source_arn;
  std::vector<activemq_message> messages;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"messages"};
};

template <>
inline constexpr event_source source_of<activemq_event> = event_source::activemq;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::activemq_event);

}  // namespace v0
}  // namespace lambda_proc
