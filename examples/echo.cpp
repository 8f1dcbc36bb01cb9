// Returns the event unchanged: raw_json is its text, checked but never decoded.
//
//     $ printf '{"event":%s}\n' "$(cat events/eventbridge.json)" | ./echo
//     {"proc_req_id":0,"error":null,"data":{"version":"0",…"detail":{"instance-id":"i-0b5e1f20c9d87a364","state":"running"}}}
//     $ echo '{"event":{"a":tru}}' | ./echo
//     {"proc_req_id":0,"error":"invalid_event: event: malformed JSON","data":null}
//     $ cat events/*.json | LAMBDA_PROC_WIRE=lines ./echo | cmp - <(cat events/*.json) && echo the same
//     the same

#include <lambda_proc/lambda_proc.hpp>

int main() {
  return lambda_proc::run([](const lambda_proc::raw_json& event) { return event; });
}
