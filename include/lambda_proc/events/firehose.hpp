#pragma once
// SPDX-License-Identifier: MIT
// Amazon Data Firehose: records to transform in transit, and the reply with the transformed records.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/batch_processor.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <concepts>
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
  using json_missing = leave_empty;
};

/// The position of a record in its Kafka topic.
struct firehose_msk_metadata {
  /// A number, as text.
  std::string_view offset;
  std::string_view partition_id;
  epoch_milliseconds approximate_arrival_timestamp;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct firehose_event;

struct firehose_record {
  /// The reply must contain the id of every record.
  std::string_view record_id;
  epoch_milliseconds approximate_arrival_timestamp;
  /// The record's bytes, unless the source is an Amazon MSK cluster; bytes() gives either.
  base64 data;
  /// The record's bytes, if the source is an Amazon MSK cluster.
  std::optional<base64> kafka_record_value;
  /// Present if the source is a Kinesis stream.
  std::optional<firehose_kinesis_metadata> kinesis_record_metadata;
  /// Present if the source is an Amazon MSK cluster.
  std::optional<firehose_msk_metadata> msk_record_metadata;

  /// The record's bytes, whatever the source.
  [[nodiscard]] base64 bytes() const noexcept { return kafka_record_value.value_or(data); }

  using event_type = firehose_event;
  [[nodiscard]] std::string_view item_identifier() const noexcept { return record_id; }

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"record_id"};
};

/// Records to transform (Amazon Data Firehose Developer Guide, "Transform source data": data-transformation; AWS Lambda
/// Developer Guide, services-kinesisfirehose). The reply is a firehose_response; for_each makes it out of a handler of
/// one record.
struct firehose_event {
  std::string_view invocation_id;
  std::string_view delivery_stream_arn;
  /// Present if the source is a Kinesis stream.
  std::optional<std::string_view> source_kinesis_stream_arn;
  /// Present if the source is an Amazon MSK cluster.
  std::optional<std::string_view> source_msk_arn;
  std::string_view region;
  std::vector<firehose_record> records;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"records"};
  static constexpr auto json_names = names{"source_msk_arn", "sourceMSKArn"};
};

/// What a handler of one record returns to for_each if the record has keys for dynamic partitioning.
struct firehose_output {
  /// The bytes to deliver, not base64.
  std::string bytes;
  std::map<std::string, std::string> partition_keys;
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
  std::optional<std::string> data;
  /// The same, in place of data, if the source is an Amazon MSK cluster.
  std::optional<std::string> kafka_record_value;
  std::optional<firehose_metadata> metadata;

  using json_naming = camel_case;
};

/// The outcome for all records. Each must be named exactly once (data-transformation-status-model). At most 6 MB.
struct firehose_response {
  std::vector<firehose_response_record> records;

  /// The record was transformed into `bytes`, which are delivered.
  firehose_response_record& ok(const firehose_record& record, std::string_view bytes) {
    return add(record, "Ok", to_base64(bytes));
  }
  /// The record is dropped on purpose.
  void dropped(const firehose_record& record) { add(record, "Dropped", std::string(record.bytes().text())); }
  /// The record could not be transformed. Firehose delivers it unchanged to the destination for failures.
  void processing_failed(const firehose_record& record) {
    add(record, "ProcessingFailed", std::string(record.bytes().text()));
  }

 private:
  firehose_response_record& add(const firehose_record& record, std::string_view result, std::string bytes) {
    firehose_response_record& added = records.emplace_back();
    added.record_id = record.record_id;
    added.result = result;
    (record.kafka_record_value ? added.kafka_record_value : added.data) = std::move(bytes);
    return added;
  }
};

template <>
inline constexpr event_source source_of<firehose_event> = event_source::firehose;

}  // namespace events

namespace detail {

template <>
struct batch_processor<events::firehose_record> {
  using record = events::firehose_record;
  using response = events::firehose_response;

  static void report(response& to, const record& from, std::string_view bytes) { to.ok(from, bytes); }
  static void report(response& to, const record& from, const events::firehose_output& output) {
    to.ok(from, output.bytes).metadata = events::firehose_metadata{output.partition_keys};
  }
  template <class Value>
  static auto report(response& to, const record& from, const std::optional<Value>& value)
      -> decltype(report(to, from, *value)) {
    value ? report(to, from, *value) : to.dropped(from);
  }

  template <class Returned, class Value>
  static constexpr bool takes =
      std::same_as<Returned, failure> ||
      requires(response& to, const record& from, const Value& value) { report(to, from, value); };

  static response process(const events::firehose_event& event, events::fifo_failure, auto&& handle) {
    response all;
    all.records.reserve(event.records.size());
    for (const record& one : event.records) {
      const auto use = [&](const auto& value) -> result<void> {
        report(all, one, value);
        return {};
      };
      if (!handle(one, use)) all.processing_failed(one);
    }
    return all;
  }
};

}  // namespace detail

LAMBDA_PROC_EVENT_TABLE(events::firehose_event);

}  // namespace v0
}  // namespace lambda_proc
