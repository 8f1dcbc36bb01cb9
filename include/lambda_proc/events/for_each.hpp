#pragma once
// SPDX-License-Identifier: MIT
// A handler of single messages as a handler of batches: one that fails does not take the others with it.

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

/// What a handler of one record may answer: nothing (it succeeded, or it threw), a result<T>, a failure. A T is
/// dropped: a batch has no place for it.
template <class T>
concept record_answer = std::is_void_v<T> || std::same_as<T, failure> || detail::is_specialization<T, result>;

/// Makes a handler of a batch out of a handler of one record:
///
///     return lambda_proc::run(lambda_proc::events::for_each([](const sqs_message& message) -> result<void> { … }));
///
/// The forms are those of handlers, with a record for the event: `R f(const context&, const Record&)` or
/// `R f(const Record&)`; see record_answer for R. A record whose handler answers a failure, or throws, becomes an item
/// of batchItemFailures and an ERROR record in the log; the others go on, unless the source wants its order kept, see
/// batch_order. The event source mapping must say ReportBatchItemFailures.
///
/// Without exceptions (-fno-exceptions) failures work as they do with them.
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
      "where Record is sqs_message, kinesis_record or dynamodb_record, and R is void, result<T> or failure");
  using record_type = typename form::event_type;

 public:
  explicit for_each(Handler handler) : handler_(std::move(handler)) {}

  batch_response operator()(const context& ctx, const typename record_type::event_type& event) {
    batch_response response;
    for (std::size_t i = 0; i < event.records.size(); ++i) {
      const auto call = [&]() -> decltype(auto) { return detail::call_handler<form>(handler_, ctx, event.records[i]); };
      const auto drop = [](const auto&) -> result<void> { return {}; };
      const result<void> done = detail::catch_failures([&] { return detail::with_answer(call, drop); });
      if (done) continue;
      logger(ctx).error("record failed", "itemIdentifier", event.records[i].item_identifier(), "errorType",
                        done.error().type, "errorMessage", done.error().message);
      if (!response.fail(event, i)) break;
    }
    return response;
  }

 private:
  Handler handler_;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
