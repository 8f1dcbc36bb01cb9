// Follows a DynamoDB table: logs a record for each change in the batch.
//
//     $ printf '{"event":%s}\n' "$(cat events/dynamodb_stream.json)" | ./dynamodb_stream 2>&1
//     …Z INFO - change eventName=INSERT eventID=6d1f…c0a9 dynamodb={…"NewImage":{"Id":{"S":"test"},…
//     …Z INFO - change eventName=MODIFY eventID=90be…47d2 dynamodb={…"OldImage":{"Id":{"S":"test"},…
//     …Z INFO - change eventName=REMOVE eventID=e35a…81f6 dynamodb={…"OldImage":{"Id":{"S":"test"},…
//     {"proc_req_id":0,"error":null,"data":{"Id":"test","Value":"somevalue"}}

#include <lambda_proc/lambda_proc.hpp>

#include <string_view>
#include <vector>

struct change {
  std::string_view event_name;
  std::string_view event_id;
  lambda_proc::raw_json dynamodb;  // keys and images, logged unchanged

  using json_naming = lambda_proc::camel_case;
  static constexpr auto json_names = lambda_proc::names{"event_id", "eventID"};
};

struct stream_event {
  std::vector<change> records;
  using json_naming = lambda_proc::pascal_case;
};

struct item {
  std::string_view id;
  std::string_view value;
  using json_naming = lambda_proc::pascal_case;
};

static item handle(const lambda_proc::context& ctx, const stream_event& event) {
  const lambda_proc::logger log(ctx);
  for (const change& c : event.records) {
    log.info("change", "eventName", c.event_name, "eventID", c.event_id, "dynamodb", c.dynamodb);
  }
  return {"test", "somevalue"};
}

int main() { return lambda_proc::run(handle); }
