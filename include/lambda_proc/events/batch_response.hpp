#pragma once
// SPDX-License-Identifier: MIT
// The reply to a batch: which records must be sent again. SQS, Kinesis and DynamoDB Streams share it.

#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <ranges>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// What a failed record means for those after it.
enum class batch_order : std::uint8_t {
  /// Nothing (an SQS standard queue).
  none,
  /// They must not be processed, and count as failed (an SQS FIFO queue).
  queue,
  /// They must not be processed; the source sends everything again from the failed one on (Kinesis, DynamoDB).
  stream
};

/// A record of a batch that can fail in part: sqs_message, kinesis_record, dynamodb_record.
template <class T>
concept batch_record = requires(const T& record) {
  typename T::event_type;
  { record.item_identifier() } -> std::convertible_to<std::string_view>;
  { record.order() } -> std::same_as<batch_order>;
};

/// An event that is a batch of such records.
template <class T>
concept batch_event =
    requires(const T& event) { requires batch_record<std::ranges::range_value_t<decltype(event.records)>>; };

struct batch_item_failure {
  std::string_view item_identifier;

  using json_naming = camel_case;
};

/// The reply to a batch if the event source mapping has ReportBatchItemFailures. Without that Lambda ignores the reply,
/// and a batch fails or succeeds as a whole.
///
/// If nothing failed the list is empty, as AWS expects. The identifiers are views of the event. They can only be added
/// from records, because an empty or unknown identifier makes AWS treat the whole batch as failed. (AWS Lambda
/// Developer Guide, "Implementing partial batch responses": services-sqs-errorhandling,
/// services-kinesis-batchfailurereporting, services-ddb-batchfailurereporting.)
struct batch_response {
  std::vector<batch_item_failure> batch_item_failures;
  /// Passed to the next invocation of a tumbling window (Kinesis and DynamoDB only).
  std::optional<raw_json> state;

  using json_naming = camel_case;

  /// Asks for this record to be sent again.
  template <batch_record Record>
  void fail(const Record& record) {
    batch_item_failures.push_back({record.item_identifier()});
  }

  /// Reports that the record at `index` failed, and with it those that must not be processed after it because of the
  /// source's order. Returns false if no later record may be processed.
  template <batch_event Event>
  bool fail(const Event& event, std::size_t index) {
    const auto& record = event.records[index];
    fail(record);
    if (record.order() == batch_order::none) return true;
    if (record.order() == batch_order::queue) {
      for (std::size_t i = index + 1; i < event.records.size(); ++i) fail(event.records[i]);
    }
    return false;
  }
};

/// Builds the reply from one result for each record: `results[i]` converts to true (a bool, a result<T>) if record i
/// succeeded. Records without a result were not processed and count as failed.
template <batch_event Event, std::ranges::random_access_range Results>
  requires std::constructible_from<bool, std::ranges::range_reference_t<const Results>>
[[nodiscard]] batch_response make_batch_response(const Event& event, const Results& results) {
  batch_response response;
  const auto count = static_cast<std::size_t>(std::ranges::distance(results));
  for (std::size_t i = 0; i < event.records.size(); ++i) {
    const bool good = i < count && bool(std::ranges::begin(results)[static_cast<std::ptrdiff_t>(i)]);
    if (!good && !response.fail(event, i)) break;
  }
  return response;
}

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
