#pragma once
// SPDX-License-Identifier: MIT
// AWS Lambda: records of invocations that Lambda sends to a destination.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/rfc3339_time.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct lambda_destination_request_context {
  std::string_view request_id;
  /// With the version or alias.
  std::string_view function_arn;
  /// "Success", "RetriesExhausted", "EventAgeExceeded", …
  std::string_view condition;
  std::uint32_t approximate_invoke_count;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"condition"};
};

struct lambda_destination_response_context {
  std::int32_t status_code;
  std::string_view executed_version;
  /// "Handled" or "Unhandled" if the function failed.
  std::optional<std::string_view> function_error;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The records of a Kinesis or DynamoDB stream that were given up; they themselves are not sent.
struct lambda_stream_batch_info {
  std::string_view shard_id;
  std::string_view start_sequence_number;
  std::string_view end_sequence_number;
  std::string_view approximate_arrival_of_first_record;
  std::string_view approximate_arrival_of_last_record;
  std::uint32_t batch_size;
  std::string_view stream_arn;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The first and the last record of a Kafka partition that were given up.
struct lambda_kafka_offsets {
  /// A number, as text.
  std::string_view first_record_offset;
  std::string_view last_record_offset;
  rfc3339_time first_record_timestamp;
  rfc3339_time last_record_timestamp;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct lambda_kafka_offset {
  /// A number, as text.
  std::string_view offset;
  rfc3339_time timestamp;

  using json_missing = leave_empty;
};

/// The records of Kafka topics that were given up.
struct lambda_kafka_batch_info {
  std::uint32_t batch_size;
  std::string_view event_source_arn;
  std::string_view bootstrap_servers;
  /// In bytes.
  std::uint64_t payload_size;
  /// By topic and partition, as in the keys of kafka_event::records.
  std::optional<name_map<lambda_kafka_offsets, detail::exact_names>> records_info;
  /// In place of it if the destination is a Kafka topic.
  std::optional<lambda_kafka_offset> record_info;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The record of an asynchronous invocation, sent on success or failure to another function; or, in the body of an SQS
/// message, an SNS message or an S3 object (decode it with embedded_json), that of a batch of a stream or of Kafka.
///
/// Fields: AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations"
/// (invocation-async-retain-records), "Retain discarded batch records" (kinesis-on-failure-destination), and
/// "Capturing discarded batches" for Kafka (kafka-on-failure).
template <class Request = raw_json, class Response = raw_json>
struct lambda_destination_event {
  /// "1.0"
  std::string_view version;
  rfc3339_time timestamp;
  lambda_destination_request_context request_context;
  /// The event of the invocation. Absent for streams.
  std::optional<Request> request_payload;
  /// Absent if the function was not invoked.
  std::optional<lambda_destination_response_context> response_context;
  /// The reply, or the failure with errorMessage and errorType.
  std::optional<Response> response_payload;
  std::optional<lambda_stream_batch_info> kinesis_batch_info;
  std::optional<lambda_stream_batch_info> ddb_stream_batch_info;
  std::optional<lambda_kafka_batch_info> kafka_batch_info;
  /// The batch: in S3 its JSON as a string, in a Kafka topic an object; absent in other places.
  std::optional<raw_json> payload;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"kinesis_batch_info", "KinesisBatchInfo", "ddb_stream_batch_info",
                                           "DDBStreamBatchInfo", "kafka_batch_info", "KafkaBatchInfo"};
};

template <class Request, class Response>
inline constexpr event_source source_of<lambda_destination_event<Request, Response>> = event_source::lambda_destination;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::lambda_destination_event<>);

}  // namespace v0
}  // namespace lambda_proc
