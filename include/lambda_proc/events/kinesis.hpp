#pragma once
// SPDX-License-Identifier: MIT
// Amazon Kinesis Data Streams: a batch of records of one shard.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/batch_response.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/time_window.hpp>
#include <lambda_proc/json_writer.hpp>
#include <lambda_proc/reflect.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct kinesis_event;

/// What was put into the stream (Kinesis API Reference, "Record").
struct kinesis_data {
  /// "1.0"
  std::string_view kinesis_schema_version;
  /// The producer's; its hash chose the shard.
  std::string_view partition_key;
  /// Grows within a shard; up to 129 digits.
  std::string_view sequence_number;
  base64 data;
  /// Seconds with a fraction of milliseconds; the producers' clocks have no part in it.
  epoch_seconds approximate_arrival_timestamp;
  /// "NONE" or "KMS".
  std::optional<std::string_view> encryption_type;

  using json_naming = camel_case;
};

/// One record (AWS Lambda Developer Guide, "Using Lambda to process records from Amazon Kinesis Data Streams":
/// with-kinesis).
struct kinesis_record {
  kinesis_data kinesis;
  /// "aws:kinesis"
  std::string_view event_source;
  /// "1.0"
  std::string_view event_version;
  /// The shard and the sequence number: "shardId-000000000006:4959…".
  std::string_view event_id;
  /// "aws:kinesis:record"
  std::string_view event_name;
  /// The role that reads the stream.
  std::string_view invoke_identity_arn;
  std::string_view aws_region;
  std::string_view event_source_arn;

  using json_naming = camel_case;
  static constexpr auto json_names = names{"event_id", "eventID", "event_source_arn", "eventSourceARN"};

  using event_type = kinesis_event;
  [[nodiscard]] std::string_view item_identifier() const noexcept { return kinesis.sequence_number; }
  [[nodiscard]] batch_order order() const noexcept { return batch_order::stream; }
};

/// Records of one shard in their order. The reply is a batch_response, or nothing: then all succeeded.
///
/// The members below `records` come with tumbling windows only (services-kinesis-windows).
struct kinesis_event {
  std::vector<kinesis_record> records;
  std::optional<time_window> window;
  /// What the last invocation of this window answered as batch_response::state; {} at first.
  std::optional<raw_json> state;
  std::optional<std::string_view> shard_id;
  std::optional<std::string_view> event_source_arn;
  /// Whether the window ends with this invocation, which may have no records then.
  std::optional<bool> is_final_invoke_for_window;
  /// Whether it ends because its state would have become too large.
  std::optional<bool> is_window_terminated_early;

  using json_naming = camel_case;
  static constexpr auto json_names = names{"records", "Records", "event_source_arn", "eventSourceARN"};
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
