#include <lambda_proc/events/for_each.hpp>

#include <lambda_proc/events/dynamodb.hpp>
#include <lambda_proc/events/firehose.hpp>
#include <lambda_proc/events/kafka.hpp>
#include <lambda_proc/events/kinesis.hpp>
#include <lambda_proc/events/s3_batch.hpp>
#include <lambda_proc/events/sqs.hpp>
#include <lambda_proc/handler/handler.hpp>
#include <lambda_proc/log/log.hpp>
#include <lambda_proc/testing.hpp>

#include "sample.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using namespace lambda_proc::events;
using lambda_proc::context;
using lambda_proc::failure;
using lambda_proc::result;
using nlohmann::json;

namespace {

// Turns the log off: log records of failures are tested elsewhere, and would only be noise here.
class quiet {
 public:
  quiet() { lambda_proc::log_settings_in_use().level = lambda_proc::log_level::off; }
  ~quiet() { lambda_proc::log_settings_in_use() = before_; }

 private:
  lambda_proc::log_settings before_ = lambda_proc::log_settings_in_use();
};

std::string sample(const std::string& name) {
  return json::parse(support::file_text(LAMBDA_PROC_TEST_EVENTS "/" + name)).dump();
}

/// The reply to a sample.
template <class Handler>
json reply_to_sample(Handler handler, const std::string& name) {
  const quiet no_log;
  const json reply = json::parse(lambda_proc::reply_to(handler, "{\"event\":" + sample(name) + "}"));
  REQUIRE(reply["error"].is_null());
  return reply["data"];
}

/// The identifiers that the reply to a sample reports as failed.
template <class Handler>
std::vector<std::string> failed(Handler handler, const std::string& name) {
  std::vector<std::string> all;
  const json reply = reply_to_sample(std::move(handler), name);
  for (const auto& item : reply["batchItemFailures"]) all.push_back(item["itemIdentifier"]);
  return all;
}

/// The results and the data of the records in the reply to a sample from Firehose.
template <class Handler>
std::vector<std::string> transformed(Handler handler, const std::string& name) {
  std::vector<std::string> all;
  const json reply = reply_to_sample(std::move(handler), name);
  for (const auto& record : reply["records"]) {
    const json& data = record.contains("data") ? record["data"] : record["kafkaRecordValue"];
    const std::string result = record["result"];
    all.push_back(result + " " + std::string(data));
  }
  return all;
}

using identifiers = std::vector<std::string>;
const std::string first = "3f1c9a52-6e0b-4d7a-9a41-07c5be2d8f10";
const std::string second = "b8d2e7c4-15fa-4b39-8e60-f94d21a7c35e";

}  // namespace

TEST_CASE("for_each: every message is handled, and success is an empty list", "[events]") {
  std::vector<std::string> bodies;
  CHECK(failed(for_each([&](const sqs_message& message) { bodies.emplace_back(message.body); }), "sqs/standard.json") ==
        identifiers{});
  CHECK(bodies == std::vector<std::string>{R"({"sku":"A7","count":3})", ""});
}

TEST_CASE("for_each: a returned failure fails one message, in every form of handler", "[events]") {
  const std::string name = "sqs/standard.json";
  CHECK(failed(for_each([](const sqs_message& m) -> result<void> {
                 if (m.body.empty()) return failure{"empty", "no body"};
                 return {};
               }),
               name) == identifiers{second});
  CHECK(failed(for_each([](const context&, const sqs_message& m) -> result<std::size_t> {
                 if (m.body.empty()) return failure{"empty", "no body"};
                 return m.body.size();
               }),
               name) == identifiers{second});
  CHECK(failed(for_each([](sqs_message) { return failure{"no", "never"}; }), name) == identifiers{first, second});
}

#ifdef __cpp_exceptions
TEST_CASE("for_each: an exception fails one message", "[events]") {
  CHECK(failed(for_each([](const sqs_message& m) {
                 if (!m.body.empty()) throw std::runtime_error("full");
               }),
               "sqs/standard.json") == identifiers{first});
  CHECK(failed(for_each([](const sqs_message& m) {
                 if (m.body.empty()) throw 3;
               }),
               "sqs/standard.json") == identifiers{second});
}
#endif

TEST_CASE("for_each: a FIFO queue stops at the first failure and reports the rest", "[events]") {
  std::vector<std::string> seen;
  const auto handle = [&](const sqs_message& m) -> result<void> {
    seen.emplace_back(m.body);
    if (m.body == "2") return failure{"no", "not now"};
    return {};
  };
  CHECK(failed(for_each(handle), "sqs/fifo.json") ==
        identifiers{"00000002-15fa-4b39-8e60-f94d21a7c35e", "00000003-15fa-4b39-8e60-f94d21a7c35e"});
  CHECK(seen == std::vector<std::string>{"1", "2"});
}

TEST_CASE("for_each: a FIFO queue may go on with the messages of other groups", "[events]") {
  sqs_event event;
  for (const auto& [id, group] : {std::pair{"1", "a"}, {"2", "b"}, {"3", "a"}, {"4", "b"}}) {
    auto& message = event.records.emplace_back();
    message.message_id = id;
    message.attributes.message_group_id = group;
    message.event_source_arn = "arn:aws:sqs:eu-central-1:111122223333:orders.fifo";
  }
  const quiet no_log;
  std::vector<std::string> seen;
  auto handler = for_each(
      [&](const sqs_message& message) -> result<void> {
        seen.emplace_back(message.message_id);
        if (message.message_id == "1") return failure{"no", "not now"};
        return {};
      },
      fifo_failure::stops_its_group);
  const batch_response response = handler(context{}, event);
  CHECK(support::encoded(response) == R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"3"}]})");
  CHECK(seen == std::vector<std::string>{"1", "2", "4"});
}

TEST_CASE("for_each: each partition of a Kafka topic stops at its first failure", "[events]") {
  kafka_event event;
  support::json_source source(R"({"records":{"orders-0":[{"topic":"orders","partition":0,"offset":1},
      {"topic":"orders","partition":0,"offset":2},{"topic":"orders","partition":0,"offset":3}],
      "orders-1":[{"topic":"orders","partition":1,"offset":2}],"orders-2":[]}})");
  REQUIRE(source.decode_into(event));
  const quiet no_log;
  std::size_t seen = 0;
  auto handler = for_each([&](const kafka_record& record) -> result<void> {
    ++seen;
    if (record.offset == 2) return failure{"no", "not now"};
    return {};
  });
  const kafka_batch_response response = handler(context{}, event);
  CHECK(support::encoded(response) == R"({"batchItemFailures":[{"itemIdentifier":{"partition":"orders-0","offset":2}},)"
                                      R"({"itemIdentifier":{"partition":"orders-1","offset":2}}]})");
  CHECK(seen == 3);
  CHECK(support::encoded(make_batch_response(event, std::vector<bool>{true, true, true, false})) ==
        R"({"batchItemFailures":[{"itemIdentifier":{"partition":"orders-1","offset":2}}]})");
}

TEST_CASE("for_each: a stream stops at the first failure and reports only that", "[events]") {
  std::size_t seen = 0;
  CHECK(failed(for_each([&](const kinesis_record& record) -> result<void> {
                 ++seen;
                 if (record.kinesis.partition_key == "meter-2") return failure{"no", "not now"};
                 return {};
               }),
               "kinesis/records.json") == identifiers{"49590338271490256608559692538361571095921575989136580002"});
  CHECK(seen == 2);
  CHECK(failed(for_each([&](const dynamodb_record& record) -> result<void> {
                 if (record.event_name == "INSERT") return failure{"no", "not now"};
                 return {};
               }),
               "dynamodb/changes.json") == identifiers{"4421584500000000017450439001"});
}

TEST_CASE("for_each: text is what Firehose delivers of a record, base64-encoded", "[events]") {
  const std::string name = "firehose/direct_put.json";
  const auto upper = [](const firehose_record& record) -> result<std::string> {
    std::string bytes;
    if (const auto decoded = record.bytes().decode(bytes); !decoded) return decoded.error();
    return std::string(bytes.empty() ? "nothing" : "X");
  };
  CHECK(transformed(for_each(upper), name) == identifiers{"Ok WA==", "Ok bm90aGluZw=="});
  CHECK(transformed(for_each([](const context&, const firehose_record&) { return std::string_view("\xFF"); }), name) ==
        identifiers{"Ok /w==", "Ok /w=="});
  CHECK(transformed(for_each([](const firehose_record&) { return "X"; }), "firehose/from_msk.json")[0] == "Ok WA==");
}

TEST_CASE("for_each: a record for Firehose without a value is dropped, and one that fails is reported", "[events]") {
  const std::string name = "firehose/direct_put.json";
  CHECK(transformed(for_each([](const firehose_record& record) -> std::optional<std::string> {
                      if (record.data.empty()) return std::nullopt;
                      return "X";
                    }),
                    name) == identifiers{"Ok WA==", "Dropped "});
  CHECK(transformed(for_each([](const firehose_record& record) -> result<std::optional<std::string_view>> {
                      if (record.data.empty()) return failure{"empty", "no data"};
                      return std::optional<std::string_view>();
                    }),
                    name) == identifiers{"Dropped eyJwYWdlIjoiLyJ9Cg==", "ProcessingFailed "});
  CHECK(transformed(for_each([](const firehose_record&) {
                      return failure{"no", "never"};
                    }),
                    name) == identifiers{"ProcessingFailed eyJwYWdlIjoiLyJ9Cg==", "ProcessingFailed "});
}

TEST_CASE("for_each: a record for Firehose may have partition keys", "[events]") {
  const json reply = reply_to_sample(for_each([](const firehose_record&) -> std::optional<firehose_output> {
                                       return firehose_output{"X", {{"page", "/"}}};
                                     }),
                                     "firehose/direct_put.json");
  CHECK(reply["records"].size() == 2);
  CHECK(reply["records"][0]["metadata"] == json{{"partitionKeys", {{"page", "/"}}}});
  CHECK(reply["records"][0]["recordId"] == "49546986683135544286507457936321625675700192471156785151000000");
}

TEST_CASE("for_each: a task of S3 succeeds, or fails for good or for now", "[events]") {
  const std::string name = GENERATE("s3_batch/v1.json", "s3_batch/v2.json");
  const json first_task = json::parse(sample(name))["tasks"][0];
  const auto outcome = [&](auto handler) {
    const json reply = reply_to_sample(for_each(std::move(handler)), name);
    CHECK(reply["invocationSchemaVersion"] == (name == "s3_batch/v1.json" ? "1.0" : "2.0"));
    CHECK(reply["invocationId"] == json::parse(sample(name))["invocationId"]);
    CHECK(reply["results"][0]["taskId"] == first_task["taskId"]);
    return std::pair<std::string, std::string>(reply["results"][0]["resultCode"], reply["results"][0]["resultString"]);
  };
  using said = std::pair<std::string, std::string>;
  CHECK(outcome([](const s3_batch_task&) {}) == said{"Succeeded", ""});
  CHECK(outcome([](const s3_batch_task& task) { return task.key.decoded(); }).first == "Succeeded");
  CHECK(outcome([](const s3_batch_task&) -> result<std::string_view> { return "moved"; }) ==
        said{"Succeeded", "moved"});
  CHECK(outcome([](const s3_batch_task&) -> result<void> {
          return failure{"gone", "no such object"};
        }) == said{"PermanentFailure", "no such object"});
  CHECK(outcome([](const s3_batch_task&) {
          return s3_batch_outcome{s3_batch_result_code::temporary_failure, "try again"};
        }) == said{"TemporaryFailure", "try again"});
}

#ifdef __cpp_exceptions
TEST_CASE("for_each: an exception fails a task of S3 and a record for Firehose", "[events]") {
  const json tasks =
      reply_to_sample(for_each([](const s3_batch_task&) { throw std::runtime_error("full"); }), "s3_batch/v2.json");
  CHECK(tasks["results"][0]["resultCode"] == "PermanentFailure");
  CHECK(tasks["results"][0]["resultString"] == "full");
  CHECK(transformed(for_each([](const firehose_record&) -> std::string { throw 3; }), "firehose/direct_put.json")[1] ==
        "ProcessingFailed ");
}
#endif

TEST_CASE("for_each: a batch without records has a reply without any", "[events]") {
  support::json_source source(R"({"records":[]})");
  firehose_event records;
  REQUIRE(source.decode_into(records));
  CHECK(support::encoded(for_each([](const firehose_record&) { return ""; })(context{}, records)) ==
        R"({"records":[]})");
  CHECK(support::encoded(for_each([](const sqs_message&) {})(context{}, sqs_event{})) == R"({"batchItemFailures":[]})");
  CHECK(support::encoded(for_each([](const s3_batch_task&) {})(context{}, s3_batch_event{}))
            .ends_with(R"("results":[]})"));
}

TEST_CASE("for_each: a handler may be move-only, mutable, a function or a bound member", "[events]") {
  const std::string name = "sqs/standard.json";
  struct service {
    int count = 0;
    void take(const sqs_message&) { ++count; }
  } counter;
  CHECK(failed(for_each(std::bind_front(&service::take, &counter)), name) == identifiers{});
  CHECK(counter.count == 2);
  static int calls = 0;
  CHECK(failed(for_each(+[](const sqs_message&) { ++calls; }), name) == identifiers{});
  CHECK(calls == 2);
  auto owner = for_each([left = std::make_unique<int>(1)](const sqs_message&) mutable -> result<void> {
    if ((*left)-- > 0) return {};
    return failure{"full", "no more"};
  });
  CHECK(failed(std::move(owner), name) == identifiers{second});
}

TEST_CASE("for_each: an event of another type fails as a whole", "[events]") {
  const json reply =
      json::parse(lambda_proc::reply_to(for_each([](const sqs_message&) {}), R"({"event":{"Records":[{}]}})"));
  CHECK(reply["error"] == "invalid_event: event.Records[0].body: missing");
}
