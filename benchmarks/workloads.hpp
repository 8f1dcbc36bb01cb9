#pragma once
// The requests that all benchmarks send, and the structs into which their events are decoded, by lambda_proc and by
// hand.

#include <lambda_proc/lambda_proc.hpp>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace workloads {

// The context that a Node.js parent sends: 389 bytes.
inline constexpr std::string_view context =
    R"({"callbackWaitsForEmptyEventLoop":true,"functionVersion":"$LATEST","functionName":"price",)"
    R"("memoryLimitInMB":"512","logGroupName":"/aws/lambda/price",)"
    R"("logStreamName":"2026/01/07/[$LATEST]e6f4a0c4241adcd70c262d34c0bbc85c",)"
    R"("invokedFunctionArn":"arn:aws:lambda:eu-central-1:111122223333:function:price",)"
    R"("awsRequestId":"8f507cfc-6e0b-4697-b07a-ac58fc914c95","deadlineMs":1767777266120})";

inline std::string request_with(std::string_view event) {
  return std::string(R"({"event":)").append(event).append(R"(,"context":)").append(context).append("}");
}

inline std::string read_event(const std::string& name) {
  std::ifstream in(std::string(LAMBDA_PROC_EVENTS "/") + name);
  std::string event;
  std::getline(in, event);
  return event;
}

// Repeats the two records of the SQS event until there are `count` records, or the event has `bytes`.
inline std::string sqs_event(std::size_t count, std::size_t bytes = static_cast<std::size_t>(-1)) {
  const std::string pair = read_event("sqs.json");
  const std::size_t start = pair.find('[') + 1;
  const std::string_view records = std::string_view(pair).substr(start, pair.rfind(']') - start);
  std::string event = R"({"Records":[)";
  for (std::size_t i = 0; i < count && event.size() < bytes; i += 2) event.append(i == 0 ? "" : ",").append(records);
  return event.append("]}");
}

// An event of about that size with one long string, which is the least work for a parser.
inline std::string filler_event(std::size_t bytes) {
  constexpr std::string_view frame = R"({"text":""})";
  return std::string(R"({"text":")").append(bytes > frame.size() ? bytes - frame.size() : 0, 'x').append(R"("})");
}

struct order {
  std::string_view sku;
  std::uint32_t count = 0;
  double price = 0;
  std::string_view customer;
};
inline constexpr std::string_view small_event =
    R"({"sku":"A7-0042","count":3,"price":12.5,"customer":"8f507cfc-6e0b"})";
inline constexpr std::string_view small_event_reversed =
    R"({"customer":"8f507cfc-6e0b","price":12.5,"count":3,"sku":"A7-0042"})";

struct image_summary {
  double approximate_creation_date_time = 0;
  std::string_view sequence_number;
  std::uint32_t size_bytes = 0;
  std::string_view stream_view_type;
  using json_naming = lambda_proc::pascal_case;
};
struct change {
  std::string_view event_id;
  std::string_view event_name;
  std::string_view event_version;
  std::string_view event_source;
  std::string_view aws_region;
  image_summary dynamodb;
  std::string_view event_source_arn;
  using json_naming = lambda_proc::camel_case;
  static constexpr auto json_names = lambda_proc::names{"event_id", "eventID", "event_source_arn", "eventSourceARN"};
};
struct changes {
  std::vector<change> records;
  using json_naming = lambda_proc::pascal_case;
};

struct message {
  std::string_view message_id;
  std::string_view receipt_handle;
  std::string body;
  std::string_view md5_of_body;
  std::string_view event_source;
  std::string_view event_source_arn;
  std::string_view aws_region;
  using json_naming = lambda_proc::camel_case;
  static constexpr auto json_names =
      lambda_proc::names{"md5_of_body", "md5OfBody", "event_source_arn", "eventSourceARN"};
};
struct messages {
  std::vector<message> records;
  using json_naming = lambda_proc::pascal_case;
};

struct http_request {
  std::string_view resource;
  std::string_view path;
  std::string_view http_method;
  struct {
    std::string_view request_id;
    std::uint64_t request_time_epoch = 0;
    using json_naming = lambda_proc::camel_case;
  } request_context;
  std::string_view body;
  bool is_base64_encoded = false;
  using json_naming = lambda_proc::camel_case;
  static constexpr auto json_names = lambda_proc::names{"is_base64_encoded", "isBase64Encoded"};
};

// The same by hand, as in simdjson's documentation: a name in the expected position is found at once.
namespace by_hand {

using simdjson::error_code;
using value = simdjson::ondemand::value;

inline error_code read(value in, order& out) {
  std::uint64_t count = 0;
  if (auto code = in["sku"].get(out.sku)) return code;
  if (auto code = in["count"].get(count)) return code;
  if (auto code = in["price"].get(out.price)) return code;
  if (auto code = in["customer"].get(out.customer)) return code;
  if (count > UINT32_MAX) return simdjson::NUMBER_OUT_OF_RANGE;
  out.count = static_cast<std::uint32_t>(count);
  return simdjson::SUCCESS;
}

inline error_code read(simdjson::ondemand::object in, image_summary& out) {
  std::uint64_t size = 0;
  if (auto code = in["ApproximateCreationDateTime"].get(out.approximate_creation_date_time)) return code;
  if (auto code = in["SequenceNumber"].get(out.sequence_number)) return code;
  if (auto code = in["SizeBytes"].get(size)) return code;
  if (auto code = in["StreamViewType"].get(out.stream_view_type)) return code;
  if (size > UINT32_MAX) return simdjson::NUMBER_OUT_OF_RANGE;
  out.size_bytes = static_cast<std::uint32_t>(size);
  return simdjson::SUCCESS;
}

inline error_code read(simdjson::ondemand::object in, change& out) {
  simdjson::ondemand::object image;
  if (auto code = in["eventID"].get(out.event_id)) return code;
  if (auto code = in["eventName"].get(out.event_name)) return code;
  if (auto code = in["eventVersion"].get(out.event_version)) return code;
  if (auto code = in["eventSource"].get(out.event_source)) return code;
  if (auto code = in["awsRegion"].get(out.aws_region)) return code;
  if (auto code = in["dynamodb"].get(image)) return code;
  if (auto code = read(image, out.dynamodb)) return code;
  return in["eventSourceARN"].get(out.event_source_arn);
}

inline error_code read(simdjson::ondemand::object in, message& out) {
  std::string_view body;
  if (auto code = in["messageId"].get(out.message_id)) return code;
  if (auto code = in["receiptHandle"].get(out.receipt_handle)) return code;
  if (auto code = in["body"].get(body)) return code;
  if (auto code = in["md5OfBody"].get(out.md5_of_body)) return code;
  if (auto code = in["eventSource"].get(out.event_source)) return code;
  if (auto code = in["eventSourceARN"].get(out.event_source_arn)) return code;
  if (auto code = in["awsRegion"].get(out.aws_region)) return code;
  out.body = body;
  return simdjson::SUCCESS;
}

// Like a good engineer's code: the vector keeps its elements, which keep their memory.
template <class Batch>
error_code read_records(value in, Batch& out) {
  simdjson::ondemand::array records;
  if (auto code = in["Records"].get(records)) return code;
  std::size_t count = 0;
  for (auto item : records) {
    simdjson::ondemand::object record;
    if (auto code = item.get(record)) return code;
    if (count == out.records.size()) out.records.emplace_back();
    if (auto code = read(record, out.records[count++])) return code;
  }
  out.records.resize(count);
  return simdjson::SUCCESS;
}
inline error_code read(value in, changes& out) { return read_records(in, out); }
inline error_code read(value in, messages& out) { return read_records(in, out); }

inline error_code read(value in, http_request& out) {
  simdjson::ondemand::object ctx;
  if (auto code = in["resource"].get(out.resource)) return code;
  if (auto code = in["path"].get(out.path)) return code;
  if (auto code = in["httpMethod"].get(out.http_method)) return code;
  if (auto code = in["requestContext"].get(ctx)) return code;
  if (auto code = ctx["requestTimeEpoch"].get(out.request_context.request_time_epoch)) return code;
  if (auto code = ctx["requestId"].get(out.request_context.request_id)) return code;
  if (auto code = in["body"].get(out.body)) return code;
  return in["isBase64Encoded"].get(out.is_base64_encoded);
}

}  // namespace by_hand
}  // namespace workloads
