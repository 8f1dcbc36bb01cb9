// Handles orders from an SQS queue. An order that fails is sent again; the others in its batch are not.
//
//     $ printf '{"event":%s}\n' "$(cat ../events/sqs.json)" | LAMBDA_PROC_LOG=off ./orders
//     {"proc_req_id":0,"error":null,"data":{"batchItemFailures":[{"itemIdentifier":"b8d2e7c4-…-f94d21a7c35e"}]}}

#include <lambda_proc/events/embedded_json.hpp>
#include <lambda_proc/events/for_each.hpp>
#include <lambda_proc/events/sqs.hpp>
#include <lambda_proc/lambda_proc.hpp>

#include <cstdint>
#include <string>

namespace events = lambda_proc::events;

struct order {
  std::string sku;
  std::uint32_t count;
};

int main() {
  return lambda_proc::run(events::for_each(
      [body = events::embedded_json()](const lambda_proc::context& ctx,
                                       const events::sqs_message& message) mutable -> lambda_proc::result<void> {
        const auto order = body.as<::order>(message.body);
        if (!order) return order.error();
        if (order->sku != "A7") return lambda_proc::failure{"out_of_stock", "no " + order->sku + " left"};
        lambda_proc::logger(ctx).info("sent", "sku", order->sku, "count", order->count);
        return {};
      }));
}
