#pragma once
// SPDX-License-Identifier: MIT
// Amazon DynamoDB Streams: a batch of changes to a table.

#include <lambda_proc/events/attribute_value.hpp>
#include <lambda_proc/events/batch_response.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/stream_event.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The time of a change: a count of seconds in streams, of milliseconds or microseconds from Kinesis Data Streams for
/// DynamoDB. The count tells its unit, so that it needs no other member: until the year 5138 the ranges don't overlap.
struct dynamodb_time {
  enum class unit : std::uint8_t { seconds, milliseconds, microseconds };

  std::chrono::sys_time<std::chrono::microseconds> time;
  unit sent_in = unit::seconds;

  operator std::chrono::sys_time<std::chrono::microseconds>() const noexcept { return time; }

  friend bool operator==(const dynamodb_time&, const dynamodb_time&) = default;
};

inline simdjson::error_code from_json(simdjson::ondemand::value& value, dynamodb_time& out,
                                      detail::decode_error& error) {
  using enum dynamodb_time::unit;
  constexpr std::uint64_t most_seconds = 100'000'000'000;
  std::uint64_t count = 0;
  if (value.get_uint64().get(count) == simdjson::SUCCESS) {
    const auto sent_in = count < most_seconds ? seconds : count < 1000 * most_seconds ? milliseconds : microseconds;
    const std::uint64_t unit = sent_in == seconds ? 1'000'000 : sent_in == milliseconds ? 1000 : 1;
    out = {decltype(out.time)(std::chrono::microseconds(static_cast<std::int64_t>(count * unit))), sent_in};
    return simdjson::SUCCESS;
  }
  epoch_seconds time;
  const auto code = detail::read(value, time, error);
  out = {time.time, seconds};
  // Milliseconds with an exponent: 1.767777266123E12.
  if (time.time.time_since_epoch() >= std::chrono::seconds(most_seconds)) {
    out = {std::chrono::sys_time<std::chrono::microseconds>(time.time.time_since_epoch() / 1000), milliseconds};
  }
  return code;
}

inline void to_json(json_writer& writer, const dynamodb_time& value) {
  switch (value.sent_in) {
    case dynamodb_time::unit::seconds: return encode(writer, epoch_seconds{value.time});
    case dynamodb_time::unit::milliseconds: return encode(writer, epoch_milliseconds{value.time});
    case dynamodb_time::unit::microseconds: return writer.number(value.time.time_since_epoch().count());
  }
}

/// The change itself (DynamoDB API Reference, "StreamRecord").
struct dynamodb_change {
  /// With a resolution of a second in streams; finer from Kinesis Data Streams for DynamoDB.
  std::optional<dynamodb_time> approximate_creation_date_time;
  /// "MILLISECOND" or "MICROSECOND"; only from Kinesis Data Streams for DynamoDB.
  std::optional<std::string_view> approximate_creation_date_time_precision;
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
  using json_missing = leave_empty;
};

/// Who deleted an item, if it was not a user: "Service" and "dynamodb.amazonaws.com" for an item whose time to live
/// expired.
struct dynamodb_identity {
  std::string_view type;
  std::string_view principal_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
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
  /// Only from Kinesis Data Streams for DynamoDB, as is the member below: decode a kinesis_record's data with
  /// embedded_json. (DynamoDB Developer Guide, "Using Kinesis Data Streams to capture changes to DynamoDB": kds.)
  std::optional<std::string_view> table_name;
  /// "application/json"
  std::optional<std::string_view> record_format;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"dynamodb"};
  static constexpr auto json_names = names{"event_id", "eventID", "event_source_arn", "eventSourceARN"};

  using event_type = stream_event<dynamodb_record>;
  [[nodiscard]] std::string_view item_identifier() const noexcept { return dynamodb.sequence_number; }
  [[nodiscard]] batch_order order() const noexcept { return batch_order::stream; }
};

using dynamodb_event = stream_event<dynamodb_record>;

template <>
inline constexpr event_source source_of<dynamodb_event> = event_source::dynamodb;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::dynamodb_event);

}  // namespace v0
}  // namespace lambda_proc
