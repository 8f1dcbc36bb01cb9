#pragma once
// SPDX-License-Identifier: MIT
// Apache Kafka: records from Amazon MSK or from a self-managed cluster.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/batch_response.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Reads bytes written as Java's signed numbers, from -128 to 127.
inline simdjson::error_code read_signed_bytes(simdjson_value& json, std::string& out, decode_error& error) {
  simdjson::ondemand::array bytes;
  if (const auto code = enter(json, bytes, error)) return code;
  out.clear();
  for (auto element : bytes) {
    if (const auto code = element.error()) return code;
    std::int8_t byte = 0;
    if (const auto code = read(unwrap(element), byte, error)) {
      error.in_element(out.size());
      return code;
    }
    out += static_cast<char>(byte);
  }
  return simdjson::SUCCESS;
}

}  // namespace detail

namespace events {

/// A header of a record: `{"name":[104,-61,-92]}` in JSON, the value as signed bytes.
struct kafka_header {
  std::string_view name;
  /// The decoded bytes.
  std::string value;

  friend bool operator==(const kafka_header&, const kafka_header&) = default;
};

inline simdjson::error_code from_json(simdjson::ondemand::value& json, kafka_header& out, detail::decode_error& error) {
  simdjson::ondemand::object fields;
  if (const auto code = detail::enter(json, fields, error)) return code;
  std::size_t count = 0;
  for (auto field : fields) {
    if (const auto code = detail::read_key(field, out.name)) return code;
    if (const auto code = detail::read_signed_bytes(detail::value_of(field), out.value, error)) {
      error.in_member(out.name);
      return code;
    }
    ++count;
  }
  return count == 1 ? simdjson::SUCCESS
                    : error.expected_got("a header with one name", "one with " + std::to_string(count));
}

inline void to_json(json_writer& writer, const kafka_header& header) {
  writer.begin_object();
  writer.key(header.name);
  writer.begin_array();
  for (const char byte : header.value) writer.number(int{static_cast<signed char>(byte)});
  writer.end_array();
  writer.end_object();
}

/// The schema of a key or a value, from a schema registry.
struct kafka_schema_metadata {
  /// "AVRO", "PROTOBUF" or "JSON".
  std::string_view data_format;
  std::string_view schema_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct kafka_event;

/// Identifies a record in a kafka_batch_response.
struct kafka_item_identifier {
  /// The topic and the partition, as in the keys of kafka_event::records: "orders-0".
  std::string partition;
  std::int64_t offset;

  using json_naming = camel_case;

  friend bool operator==(const kafka_item_identifier&, const kafka_item_identifier&) = default;
};

/// One record of a topic.
struct kafka_record {
  std::string_view topic;
  std::int32_t partition;
  std::int64_t offset;
  epoch_milliseconds timestamp;
  /// "CREATE_TIME" or "LOG_APPEND_TIME".
  std::string_view timestamp_type;
  /// Absent if the record has no key.
  std::optional<base64> key;
  /// Absent for a tombstone.
  std::optional<base64> value;
  /// In the producer's order; a name may occur more than once.
  std::optional<std::vector<kafka_header>> headers;
  /// Only with a schema registry, as is the member below.
  std::optional<kafka_schema_metadata> key_schema_metadata;
  std::optional<kafka_schema_metadata> value_schema_metadata;

  using json_naming = camel_case;
  using json_missing = leave_empty;

  using event_type = kafka_event;
  [[nodiscard]] kafka_item_identifier item_identifier() const {
    return {std::string(topic).append("-").append(std::to_string(partition)), offset};
  }
  [[nodiscard]] static constexpr batch_order order() noexcept { return batch_order::stream; }
};

/// Records by topic and partition, with keys such as "orders-0".
using kafka_records = name_map<std::vector<kafka_record>, detail::exact_names>;

/// A batch of records (AWS Lambda Developer Guide, "Using Lambda with Amazon MSK": with-msk, and "… with self-managed
/// Apache Kafka": with-kafka). Within one partition they are in order. The reply is a
/// kafka_batch_response if the event source mapping has provisioned mode and ReportBatchItemFailures; otherwise it is
/// ignored.
struct kafka_event {
  /// "aws:kafka" for Amazon MSK, "SelfManagedKafka" for other clusters.
  std::string_view event_source;
  /// The ARN of the cluster; Amazon MSK only.
  std::optional<std::string_view> event_source_arn;
  /// A list of host:port, separated by commas.
  std::string_view bootstrap_servers;
  kafka_records records;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"records"};

  [[nodiscard]] bool is_self_managed() const noexcept { return event_source.ends_with("SelfManagedKafka"); }
};

/// The reply to a batch: the first record that failed in each partition, from which Lambda sends the partition again.
/// The identifier is an object, unlike those for SQS and streams: {"partition":"orders-0","offset":100}. (AWS Lambda
/// Developer Guide, "Configuring error handling controls for Kafka event sources": kafka-retry-configurations.)
using kafka_batch_response = basic_batch_response<kafka_item_identifier>;

template <>
inline constexpr event_source source_of<kafka_event> = event_source::kafka;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::kafka_event);

}  // namespace v0
}  // namespace lambda_proc
