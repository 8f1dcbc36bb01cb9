#pragma once
// SPDX-License-Identifier: MIT
// Amazon Data Firehose: records to transform in transit, and the reply with the transformed records.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The position of a record in its Kinesis stream.
struct firehose_kinesis_metadata {
  std::string_view shard_id;
  std::string_view partition_key;
  epoch_milliseconds approximate_arrival_timestamp;
  std::string_view sequence_number;
  /// For records that the Kinesis Producer Library aggregated; a number, or "" if there is none.
  std::optional<std::variant<std::int64_t, std::string_view>> subsequence_number;

  using json_naming = camel_case;
};

struct firehose_record {
  /// The reply must contain the id of every record.
  std::string_view record_id;
  epoch_milliseconds approximate_arrival_timestamp;
  base64 data;
  /// Present if the source is a Kinesis stream.
  std::optional<firehose_kinesis_metadata> kinesis_record_metadata;

  using json_naming = camel_case;
};

/// Records to transform (Amazon Data Firehose Developer Guide, "Transform source data": data-transformation; AWS Lambda
/// Developer Guide, services-kinesisfirehose). The reply is a firehose_response.
struct firehose_event {
  std::string_view invocation_id;
  std::string_view delivery_stream_arn;
  /// Present if the source is a Kinesis stream.
  std::optional<std::string_view> source_kinesis_stream_arn;
  std::string_view region;
  std::vector<firehose_record> records;

  using json_naming = camel_case;
};

/// The keys for dynamic partitioning.
struct firehose_metadata {
  std::map<std::string, std::string> partition_keys;

  using json_naming = camel_case;
};

/// The outcome for one record.
struct firehose_response_record {
  std::string_view record_id;
  /// "Ok", "Dropped" or "ProcessingFailed".
  std::string_view result;
  /// Base64.
  std::string data;
  std::optional<firehose_metadata> metadata;

  using json_naming = camel_case;
};

/// The outcome for all records. Each must be named exactly once (data-transformation-status-model). At most 6 MB.
struct firehose_response {
  std::vector<firehose_response_record> records;

  /// The record was transformed into `bytes`, which are delivered.
  firehose_response_record& ok(const firehose_record& record, std::string_view bytes) {
    return records.emplace_back(firehose_response_record{record.record_id, "Ok", to_base64(bytes), std::nullopt});
  }
  /// The record is dropped on purpose.
  void dropped(const firehose_record& record) { unchanged(record, "Dropped"); }
  /// The record could not be transformed. Firehose delivers it unchanged to the destination for failures.
  void processing_failed(const firehose_record& record) { unchanged(record, "ProcessingFailed"); }

 private:
  void unchanged(const firehose_record& record, std::string_view result) {
    records.push_back({record.record_id, result, std::string(record.data.text()), std::nullopt});
  }
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
