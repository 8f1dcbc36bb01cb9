#pragma once
// SPDX-License-Identifier: MIT
// Amazon Kinesis Data Streams: a batch of records from one shard.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/batch_response.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/stream_event.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The stream's own record (Kinesis API Reference, "Record").
struct kinesis_data {
  /// "1.0"
  std::string_view kinesis_schema_version;
  /// Set by the producer; its hash selects the shard.
  std::string_view partition_key;
  /// Increases within a shard; up to 129 digits.
  std::string_view sequence_number;
  base64 data;
  /// When Kinesis received it, with a resolution of milliseconds; independent of the producers' clocks.
  epoch_seconds approximate_arrival_timestamp;
  /// "NONE" or "KMS".
  std::optional<std::string_view> encryption_type;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"data"};
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
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"event_id", "eventID", "event_source_arn", "eventSourceARN"};

  using event_type = stream_event<kinesis_record>;
  [[nodiscard]] std::string_view item_identifier() const noexcept { return kinesis.sequence_number; }
  [[nodiscard]] batch_order order() const noexcept { return batch_order::stream; }
};

using kinesis_event = stream_event<kinesis_record>;

template <>
inline constexpr event_source source_of<kinesis_event> = event_source::kinesis;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::kinesis_event);

}  // namespace v0
}  // namespace lambda_proc
