// Handles orders from an SQS queue, in batches. An order that fails is sent again; the others in its batch are not.
//
//     $ printf '{"event":%s}\n' "$(cat events/sqs.json)" | ./sqs_batch 2>&1
//     …Z INFO - reserved sku=A7 left=7
//     …Z ERROR - record failed itemIdentifier=b8d2e7c4-…-f94d21a7c35e errorType=out_of_stock errorMessage="no B2 left"
//     {"proc_req_id":0,"error":null,"data":{"batchItemFailures":[{"itemIdentifier":"b8d2e7c4-…-f94d21a7c35e"}]}}

#include <lambda_proc/events/embedded_json.hpp>
#include <lambda_proc/events/for_each.hpp>
#include <lambda_proc/events/sqs.hpp>
#include <lambda_proc/lambda_proc.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace events = lambda_proc::events;

struct order {
  std::string sku;
  std::uint32_t count;
};

int main() {
  std::map<std::string, std::uint32_t> stock{{"A7", 10}};
  events::embedded_json body;  // keeps its memory from one message to the next

  return lambda_proc::run(events::for_each(
      [&](const lambda_proc::context& ctx, const events::sqs_message& message) -> lambda_proc::result<void> {
        const auto order = body.as<::order>(message.body);
        if (!order) return order.error();
        std::uint32_t& left = stock[order->sku];
        if (left < order->count) return lambda_proc::failure{"out_of_stock", "no " + order->sku + " left"};
        left -= order->count;
        lambda_proc::logger(ctx).info("reserved", "sku", order->sku, "left", left);
        return {};
      }));
}
