#pragma once
// SPDX-License-Identifier: MIT
// Makes a batch handler out of a handler of single records: a record that fails does not fail the others.

#include <lambda_proc/core/catch_failures.hpp>
#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/batch_processor.hpp>
#include <lambda_proc/handler/handler_reply.hpp>
#include <lambda_proc/handler/handler_signature.hpp>
#include <lambda_proc/log/log.hpp>

#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

template <class Form>
concept record_form = requires {
  typename Form::event_type;
  typename Form::event_type::event_type;
  requires batch_processor<typename Form::event_type>::template takes<
      std::remove_cvref_t<typename Form::result_type>,
      typename answer_of<std::remove_cvref_t<typename Form::result_type>>::type>;
};

/// The record that a handler takes. Where it takes none, one static_assert says so, and this keeps further errors away.
template <class Form>
struct record_taken_by {
  struct type {
    using event_type = type;
  };
};
template <record_form Form>
struct record_taken_by<Form> : std::type_identity<typename Form::event_type> {};

}  // namespace detail

namespace events {

/// Makes a handler of a batch out of a handler of one record:
///
///     return lambda_proc::run(lambda_proc::events::for_each([](const sqs_message& message) -> result<void> { … }));
///
/// It takes a record in place of the event: `R f(const context&, const Record&)` or `R f(const Record&)`. What it
/// returns as a failure or throws fails that record, and is logged as an ERROR record.
///
/// What else it returns depends on the source, and may be in a result:
///
/// - sqs_message, kinesis_record, dynamodb_record, kafka_record: nothing, or a result of anything, which is discarded;
///   the reply has batchItemFailures.
/// - firehose_record: text, the bytes to deliver ("Ok"), or a firehose_output, which has partition keys, too. A
///   std::optional of these without a value is "Dropped". A failed record is "ProcessingFailed".
/// - s3_batch_task: nothing or text for the report ("Succeeded"), or an s3_batch_outcome for "TemporaryFailure". A
///   failed task is "PermanentFailure".
///
/// batchItemFailures need ReportBatchItemFailures in the event source mapping. The other records are still handled,
/// unless the source requires that their order is kept: see batch_order. For an SQS FIFO queue,
/// `for_each(handler, fifo_failure::stops_its_group)` goes on with the messages of other groups.
///
/// A batch of Kinesis or DynamoDB ends at its first failure, and the reply has the sequence number of that record
/// alone. Lambda sends everything from there on again; with BisectBatchOnFunctionError it first splits the batch at
/// that record, not in the middle. If the records after it were handled now, they would be handled twice, and too early
/// once. Handlers of a tumbling window, whose reply has a state, take the whole event.
///
/// Failures work with -fno-exceptions, too.
template <class Handler>
class for_each {
  using form = detail::signature_of<Handler>;
  static constexpr bool takes_record = detail::record_form<form>;
  static_assert(
      takes_record,
      "lambda_proc: for_each takes a handler of one record: R f(const Record&) or R f(const context&, const Record&). "
      "Record is sqs_message, kinesis_record, dynamodb_record or kafka_record, and R is void, result<T> or failure; or "
      "Record is firehose_record, and R is text, firehose_output, or a std::optional of these; or Record is "
      "s3_batch_task, and R is void, text or s3_batch_outcome; or R is a result of these");
  using record_type = typename detail::record_taken_by<form>::type;

 public:
  explicit for_each(Handler handler, fifo_failure fifo = fifo_failure::stops_the_batch)
      : handler_(std::move(handler)), fifo_(fifo) {}

  auto operator()([[maybe_unused]] const context& ctx, [[maybe_unused]] const typename record_type::event_type& event) {
    if constexpr (takes_record) {
      const auto handle = [&](const record_type& record, const auto& use) -> result<void> {
        const auto call = [&]() -> decltype(auto) { return detail::call_handler<form>(handler_, ctx, record); };
        result<void> done = detail::catch_failures([&] { return detail::with_answer(call, use); });
        if (!done) {
          logger(ctx).error("record failed", "itemIdentifier", record.item_identifier(), "errorType", done.error().type,
                            "errorMessage", done.error().message);
        }
        return done;
      };
      return detail::batch_processor<record_type>::process(event, fifo_, handle);
    }
  }

 private:
  Handler handler_;
  fifo_failure fifo_;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
