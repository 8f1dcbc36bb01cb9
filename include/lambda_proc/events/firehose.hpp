#pragma once
// SPDX-License-Identifier: MIT
// Amazon Data Firehose: records to transform on their way, and the reply with what became of them.

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

/// Where in its Kinesis stream a record was.
struct firehose_kinesis_metadata {
  std::string_view shard_id;
  std::string_view partition_key;
  epoch_milliseconds approximate_arrival_timestamp;
  std::string_view sequence_number;
  /// Of records that the Kinesis Producer Library put together; a number or, where there is none, "".
  std::optional<std::variant<std::int64_t, std::string_view>> subsequence_number;

  using json_naming = camel_case;
};

struct firehose_record {
  /// Every one must be in the reply again.
  std::string_view record_id;
  epoch_milliseconds approximate_arrival_timestamp;
  base64 data;
  /// Where the source is a Kinesis stream.
  std::optional<firehose_kinesis_metadata> kinesis_record_metadata;

  using json_naming = camel_case;
};

/// Records to transform (Amazon Data Firehose Developer Guide, "Transform source data": data-transformation; AWS Lambda
/// Developer Guide, services-kinesisfirehose). The reply is a firehose_response.
struct firehose_event {
  std::string_view invocation_id;
  std::string_view delivery_stream_arn;
  /// Where the source is a Kinesis stream.
  std::optional<std::string_view> source_kinesis_stream_arn;
  std::string_view region;
  std::vector<firehose_record> records;

  using json_naming = camel_case;
};

/// What the record is filed under, with dynamic partitioning.
struct firehose_metadata {
  std::map<std::string, std::string> partition_keys;

  using json_naming = camel_case;
};

/// What became of one record.
struct firehose_response_record {
  std::string_view record_id;
  /// "Ok", "Dropped" or "ProcessingFailed".
  std::string_view result;
  /// Base64.
  std::string data;
  std::optional<firehose_metadata> metadata;

  using json_naming = camel_case;
};

/// What became of all records; each must be named once (data-transformation-status-model). At most 6 MB.
struct firehose_response {
  std::vector<firehose_response_record> records;

  /// It was transformed, and these bytes go on.
  firehose_response_record& ok(const firehose_record& record, std::string_view bytes) {
    return records.emplace_back(firehose_response_record{record.record_id, "Ok", to_base64(bytes), std::nullopt});
  }
  /// It is left out on purpose.
  void dropped(const firehose_record& record) { unchanged(record, "Dropped"); }
  /// It could not be transformed; Firehose delivers it as it was to where failures go.
  void processing_failed(const firehose_record& record) { unchanged(record, "ProcessingFailed"); }

 private:
  void unchanged(const firehose_record& record, std::string_view result) {
    records.push_back({record.record_id, result, std::string(record.data.text()), std::nullopt});
  }
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
