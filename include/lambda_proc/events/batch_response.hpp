#pragma once
// SPDX-License-Identifier: MIT
// The reply to a batch: which of its records must come again. SQS, Kinesis and DynamoDB streams share it.

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

/// What a failed record means for those behind it.
enum class batch_order : std::uint8_t {
  /// Nothing (an SQS standard queue).
  none,
  /// They must not be processed, and count as failed (an SQS FIFO queue).
  queue,
  /// They must not be processed; the source sends everything from the failed one on again (Kinesis, DynamoDB).
  stream
};

/// A record of a batch of which a part may fail; the events' own records are such.
template <class T>
concept batch_record = requires(const T& record) {
  typename T::event_type;
  { record.item_identifier() } -> std::convertible_to<std::string_view>;
  { record.order() } -> std::same_as<batch_order>;
};

/// An event whose records are a batch.
template <class T>
concept batch_event =
    requires(const T& event) { requires batch_record<std::ranges::range_value_t<decltype(event.records)>>; };

struct batch_item_failure {
  std::string_view item_identifier;

  using json_naming = camel_case;
};

/// What a function answers to a batch, where its event source mapping says ReportBatchItemFailures; without that Lambda
/// ignores it, and a batch fails or succeeds as a whole.
///
/// No failures are an empty list, which is how AWS wants it. The identifiers are views of the event, and only records
/// give them: one that is empty or unknown makes AWS take the whole batch for failed.
/// (AWS Lambda Developer Guide, "Implementing partial batch responses": services-sqs-errorhandling,
/// services-kinesis-batchfailurereporting, services-ddb-batchfailurereporting.)
struct batch_response {
  std::vector<batch_item_failure> batch_item_failures;
  /// What the next invocation of a tumbling window gets (Kinesis and DynamoDB only).
  std::optional<raw_json> state;

  using json_naming = camel_case;

  /// This record must come again.
  template <batch_record Record>
  void fail(const Record& record) {
    batch_item_failures.push_back({record.item_identifier()});
  }

  /// The record at `index` failed: it must come again, and with it those that its source's order drags along. False if
  /// none behind it may be processed.
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

/// The reply that follows from how each record went: `results[i]`, which is true in a condition (a bool, a result<T>)
/// where record i succeeded. Records without a result were not processed and count as failed.
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
