#pragma once
// SPDX-License-Identifier: MIT
// Amazon DynamoDB Streams: a batch of changes to a table.

#include <lambda_proc/events/attribute_value.hpp>
#include <lambda_proc/events/batch_response.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/stream_event.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The change itself (DynamoDB API Reference, "StreamRecord").
struct dynamodb_change {
  /// With a resolution of a second; sent as an integer or with a fraction.
  std::optional<epoch_seconds> approximate_creation_date_time;
  /// The primary key of the item.
  attribute_map keys;
  /// The item after the change. Absent for a REMOVE, or if stream_view_type excludes it.
  std::optional<attribute_map> new_image;
  /// The item before the change. Absent for an INSERT, or if stream_view_type excludes it.
  std::optional<attribute_map> old_image;
  /// 21 to 40 digits.
  std::string_view sequence_number;
  /// The size of the whole stream record.
  std::uint64_t size_bytes;
  /// "KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE" or "NEW_AND_OLD_IMAGES".
  std::string_view stream_view_type;

  using json_naming = pascal_case;
};

/// Who deleted an item, if it was not a user: "Service" and "dynamodb.amazonaws.com" for an item whose time to live
/// expired.
struct dynamodb_identity {
  std::string_view type;
  std::string_view principal_id;

  using json_naming = camel_case;
};

/// One change (DynamoDB API Reference, "Record" of streams; AWS Lambda Developer Guide, "Using AWS Lambda with Amazon
/// DynamoDB": with-ddb).
struct dynamodb_record {
  std::string_view event_id;
  /// "INSERT", "MODIFY" or "REMOVE".
  std::string_view event_name;
  /// "1.1"
  std::string_view event_version;
  /// "aws:dynamodb"
  std::string_view event_source;
  std::string_view aws_region;
  dynamodb_change dynamodb;
  /// The ARN of the stream.
  std::string_view event_source_arn;
  std::optional<dynamodb_identity> user_identity;

  using json_naming = camel_case;
  static constexpr auto json_names = names{"event_id", "eventID", "event_source_arn", "eventSourceARN"};

  using event_type = stream_event<dynamodb_record>;
  [[nodiscard]] std::string_view item_identifier() const noexcept { return dynamodb.sequence_number; }
  [[nodiscard]] batch_order order() const noexcept { return batch_order::stream; }
};

using dynamodb_event = stream_event<dynamodb_record>;

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
