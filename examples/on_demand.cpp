// Uses simdjson's own API in a handler: one pass over an event of which only a small part is needed.
//
//     $ printf '{"event":%s}\n' "$(cat events/sqs.json)" | ./on_demand
//     {"proc_req_id":0,"error":null,"data":{"messages":2,"bytes":63,"retried":1}}
//     $ echo '{"event":{"Records":[{"body":7}]}}' | ./on_demand
//     {"proc_req_id":0,"error":"invalid_event: …","data":null}

#include <lambda_proc/lambda_proc.hpp>

#include <cstdint>
#include <string_view>

struct totals {
  std::uint64_t messages = 0;
  std::uint64_t bytes = 0;
  std::uint64_t retried = 0;
};

// Looks for keys in the order of the event, so that nothing is read twice.
static simdjson::simdjson_result<totals> count(simdjson::ondemand::object event) {
  totals sum;
  simdjson::ondemand::array records;
  if (auto code = event["Records"].get(records)) return code;
  for (auto record : records) {
    std::string_view body;
    if (auto code = record["body"].get_string().get(body)) return code;
    std::uint64_t receives = 0;
    if (auto code = record["attributes"]["ApproximateReceiveCount"].get_uint64_in_string().get(receives)) return code;
    sum.messages += 1;
    sum.bytes += body.size();
    sum.retried += receives > 1 ? 1U : 0U;
  }
  return sum;
}

int main() { return lambda_proc::run(count); }
