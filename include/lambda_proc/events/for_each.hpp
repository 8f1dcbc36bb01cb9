#pragma once
// SPDX-License-Identifier: MIT
// Makes a batch handler out of a handler of single records: a record that fails does not fail the others.

#include <lambda_proc/core/catch_failures.hpp>
#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/batch_response.hpp>
#include <lambda_proc/handler/handler_reply.hpp>
#include <lambda_proc/handler/handler_signature.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/log/log.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// What a handler of one record may return: nothing (it succeeded unless it throws), a result<T>, or a failure. A T is
/// discarded, because the reply to a batch has no place for it.
template <class T>
concept record_answer = std::is_void_v<T> || std::same_as<T, failure> || detail::is_specialization<T, result>;

/// Makes a handler of a batch out of a handler of one record:
///
///     return lambda_proc::run(lambda_proc::events::for_each([](const sqs_message& message) -> result<void> { … }));
///
/// It takes a record in place of the event: `R f(const context&, const Record&)` or `R f(const Record&)`; see
/// record_answer for R. If the handler returns a failure or throws, the record is added to batchItemFailures and an
/// ERROR record is logged. The other records are still handled, unless the source requires that their order is kept;
/// see batch_order. For an SQS FIFO queue, `for_each(handler, fifo_failure::stops_its_group)` goes on with the messages
/// of other groups. The event source mapping must have ReportBatchItemFailures.
///
/// Failures work with -fno-exceptions, too.
template <class Handler>
class for_each {
  using form = detail::signature_of<Handler>;
  static_assert(
      requires {
        typename form::event_type;
        requires batch_record<typename form::event_type>;
        requires record_answer<std::remove_cvref_t<typename form::result_type>>;
      },
      "lambda_proc: for_each takes a handler of one record: R f(const Record&) or R f(const context&, const Record&), "
      "where Record is sqs_message, kinesis_record, dynamodb_record or kafka_record, and R is void, result<T> or "
      "failure");
  using record_type = typename form::event_type;

 public:
  explicit for_each(Handler handler, fifo_failure fifo = fifo_failure::stops_the_batch)
      : handler_(std::move(handler)), fifo_(fifo) {}

  auto operator()(const context& ctx, const typename record_type::event_type& event) {
    return detail::process_batch(event, fifo_, [&](const record_type& record, std::size_t) {
      const auto call = [&]() -> decltype(auto) { return detail::call_handler<form>(handler_, ctx, record); };
      const auto drop = [](const auto&) -> result<void> { return {}; };
      const result<void> done = detail::catch_failures([&] { return detail::with_answer(call, drop); });
      if (done) return true;
      logger(ctx).error("record failed", "itemIdentifier", record.item_identifier(), "errorType", done.error().type,
                        "errorMessage", done.error().message);
      return false;
    });
  }

 private:
  Handler handler_;
  fifo_failure fifo_;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
