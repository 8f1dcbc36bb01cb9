#pragma once
// SPDX-License-Identifier: MIT
// Amazon MQ for RabbitMQ: a batch of messages by queue.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct rabbitmq_properties {
  std::optional<std::string_view> content_type;
  std::optional<std::string_view> content_encoding;
  /// Header values of any type; text is sent as {"bytes":[…]}. An object.
  std::optional<raw_json> headers;
  /// 1 is transient, 2 is persistent.
  std::optional<std::int32_t> delivery_mode;
  std::optional<std::int32_t> priority;
  std::optional<std::string_view> correlation_id;
  std::optional<std::string_view> reply_to;
  /// Milliseconds as text.
  std::optional<std::string_view> expiration;
  std::optional<std::string_view> message_id;
  /// As the broker writes it: "Jan 1, 1970, 12:33:41 AM".
  std::optional<std::string_view> timestamp;
  std::optional<std::string_view> type;
  std::optional<std::string_view> user_id;
  std::optional<std::string_view> app_id;
  std::optional<std::string_view> cluster_id;
  std::optional<std::uint64_t> body_size;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct rabbitmq_message {
  rabbitmq_properties basic_properties;
  bool redelivered;
  base64 data;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"data"};
};

/// A batch (AWS Lambda Developer Guide, "Using Lambda with Amazon MQ": with-mq). It succeeds or fails as a whole; the
/// reply is ignored.
struct rabbitmq_event {
  /// "aws:rmq"
  std::string_view event_source;
  /// The broker's ARN.
  std::string_view event_source_arn;
  /// By the queue's name and virtual host: "orders::/".
  name_map<std::vector<rabbitmq_message>, detail::exact_names> rmq_messages_by_queue;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"rmq_messages_by_queue"};
};

template <>
inline constexpr event_source source_of<rabbitmq_event> = event_source::rabbitmq;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::rabbitmq_event);

}  // namespace v0
}  // namespace lambda_proc
