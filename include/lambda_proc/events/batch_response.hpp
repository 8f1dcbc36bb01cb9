#pragma once
// SPDX-License-Identifier: MIT
// The reply to a batch: which records must be sent again. SQS, Kinesis, DynamoDB Streams and Kafka share it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/batch_processor.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>
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
  /// They must not be processed; the source sends everything again from the failed one on (Kinesis, DynamoDB, and each
  /// partition of a Kafka topic).
  stream
};

/// A record of a batch that can fail in part: sqs_message, kinesis_record, dynamodb_record, kafka_record.
template <class T>
concept batch_record = requires(const T& record) {
  typename T::event_type;
  record.item_identifier();
  { record.order() } -> std::same_as<batch_order>;
};

}  // namespace events

namespace detail {

/// Calls visit(records) for each list of records of an event whose order matters: once, or for each Kafka partition.
template <class Event>
void each_list(const Event& event, auto&& visit) {
  if constexpr (requires { event.records.begin()->second.begin(); }) {
    for (const auto& [partition, records] : event.records) visit(records);
  } else {
    visit(event.records);
  }
}

template <class Records>
struct record_of : std::type_identity<std::ranges::range_value_t<Records>> {};
template <class Records>
  requires requires { typename std::ranges::range_value_t<Records>::second_type::value_type; }
struct record_of<Records> : std::type_identity<typename std::ranges::range_value_t<Records>::second_type::value_type> {
};

template <class Event>
using record_in = typename record_of<decltype(Event::records)>::type;

/// The identifier of a record: text, or a struct for Kafka.
template <class Record>
using identifier_of = decltype(std::declval<const Record&>().item_identifier());

/// The group of a message in a FIFO queue.
template <class Record>
std::string_view group_of(const Record& record) {
  if constexpr (requires { record.attributes.message_group_id; }) {
    return record.attributes.message_group_id.value_or("");
  } else {
    return "";
  }
}

}  // namespace detail

namespace events {

/// An event that is a batch of such records.
template <class T>
concept batch_event = requires(const T& event) {
  event.records.begin();
  requires batch_record<detail::record_in<T>>;
};

template <class Identifier>
struct basic_batch_item_failure {
  Identifier item_identifier;

  using json_naming = camel_case;
};

/// The reply to a batch if the event source mapping has ReportBatchItemFailures. Without that Lambda ignores the reply,
/// and a batch fails or succeeds as a whole. It is a batch_response, or a kafka_batch_response for Kafka.
///
/// If nothing failed the list is empty, as AWS expects. The identifiers are views of the event. They can only be added
/// from records, because an empty or unknown identifier makes AWS treat the whole batch as failed. (AWS Lambda
/// Developer Guide, "Implementing partial batch responses": services-sqs-errorhandling,
/// services-kinesis-batchfailurereporting, services-ddb-batchfailurereporting, kafka-retry-configurations.)
template <class Identifier>
struct basic_batch_response {
  std::vector<basic_batch_item_failure<Identifier>> batch_item_failures;
  /// Passed to the next invocation of a tumbling window (Kinesis and DynamoDB only).
  std::optional<raw_json> state;

  using json_naming = camel_case;

  /// Asks for this record to be sent again.
  template <batch_record Record>
  void fail(const Record& record) {
    batch_item_failures.push_back({record.item_identifier()});
  }

  /// Reports that the record at `index` failed, and with it those that must not be processed after it because of the
  /// source's order. Returns false if no later record may be processed. For Kafka, pass the records of a partition.
  template <batch_event Event>
    requires batch_record<std::ranges::range_value_t<decltype(Event::records)>>
  bool fail(const Event& event, std::size_t index) {
    return fail(event.records, index);
  }
  template <std::ranges::random_access_range Records>
    requires batch_record<std::ranges::range_value_t<Records>>
  bool fail(const Records& records, std::size_t index) {
    const auto& record = records[index];
    fail(record);
    if (record.order() == batch_order::none) return true;
    if (record.order() == batch_order::queue) {
      for (std::size_t i = index + 1; i < records.size(); ++i) fail(records[i]);
    }
    return false;
  }
};

using batch_item_failure = basic_batch_item_failure<std::string_view>;
using batch_response = basic_batch_response<std::string_view>;

}  // namespace events

namespace detail {

/// Calls handle(record, index) for the records of a batch in their order, until one fails and no other may be handled.
/// `handle` returns whether the record succeeded.
template <events::batch_event Event>
auto process_batch(const Event& event, events::fifo_failure fifo, auto&& handle) {
  events::basic_batch_response<identifier_of<record_in<Event>>> response;
  std::size_t before = 0;
  each_list(event, [&](const auto& records) {
    std::vector<std::string_view> stopped;
    for (std::size_t i = 0; i < records.size(); ++i) {
      const auto& record = records[i];
      const bool by_group =
          fifo == events::fifo_failure::stops_its_group && record.order() == events::batch_order::queue;
      const bool waits = by_group && std::ranges::find(stopped, group_of(record)) != stopped.end();
      if (!waits && handle(record, before + i)) continue;
      if (by_group) {
        if (!waits) stopped.push_back(group_of(record));
        response.fail(record);
      } else if (!response.fail(records, i)) {
        break;
      }
    }
    before += records.size();
  });
  return response;
}

/// A value that a handler of one record returns is discarded, because the reply has no place for it; so it must be in a
/// result.
template <events::batch_record Record>
struct batch_processor<Record> {
  template <class Returned, class>
  static constexpr bool takes =
      std::is_void_v<Returned> || std::same_as<Returned, failure> || is_specialization<Returned, result>;

  static auto process(const typename Record::event_type& event, events::fifo_failure fifo, auto&& handle) {
    const auto discard = [](const auto&) -> result<void> { return {}; };
    return process_batch(event, fifo, [&](const Record& record, std::size_t) { return bool(handle(record, discard)); });
  }
};

}  // namespace detail

namespace events {

/// Builds the reply from one result for each record: `results[i]` converts to true (a bool, a result<T>) if record i
/// succeeded. Records without a result were not processed and count as failed. The records of Kafka's partitions are
/// counted one partition after the other, in the order of the event.
template <batch_event Event, std::ranges::random_access_range Results>
  requires std::constructible_from<bool, std::ranges::range_reference_t<const Results>>
[[nodiscard]] auto make_batch_response(const Event& event, const Results& results,
                                       fifo_failure fifo = fifo_failure::stops_the_batch) {
  const auto count = static_cast<std::size_t>(std::ranges::distance(results));
  return detail::process_batch(event, fifo, [&](const auto&, std::size_t i) {
    return i < count && bool(std::ranges::begin(results)[static_cast<std::ptrdiff_t>(i)]);
  });
}

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
