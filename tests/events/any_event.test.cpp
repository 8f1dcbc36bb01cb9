#include <lambda_proc/events/any_event.hpp>

#include <lambda_proc/events/cognito_sign_up.hpp>
#include <lambda_proc/events/dynamodb.hpp>
#include <lambda_proc/events/for_each.hpp>
#include <lambda_proc/events/kinesis.hpp>
#include <lambda_proc/events/s3.hpp>
#include <lambda_proc/events/sns.hpp>
#include <lambda_proc/events/sqs.hpp>
#include <lambda_proc/handler/handler.hpp>
#include <lambda_proc/testing.hpp>

#include "sample.hpp"

#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using namespace lambda_proc::events;
using lambda_proc::context;
using lambda_proc::failure;
using lambda_proc::raw_json;
using lambda_proc::result;
using nlohmann::json;

namespace {

struct verdict {
  std::string_view sku;
  bool good;
};

std::string last_topic;

auto make_handler() {
  return any_event(
      for_each([](const sqs_message& message) -> result<void> {
        if (message.body.empty()) return failure{"empty", "no body"};
        return {};
      }),
      [](const sns_event& event) { last_topic = event.records.at(0).sns.topic_arn; },
      [](const context& ctx, const s3_event& event) -> result<std::string> {
        if (event.is_test()) return failure{"test", "nothing to do"};
        return std::string(ctx.aws_request_id) + event.records.at(0).s3.object.key.decoded();
      },
      [](cognito_pre_sign_up event) {
        event.response.auto_confirm_user = true;
        return event;
      },
      [](const kinesis_event&) {
        return verdict{"A7", true};
      },
      [](const dynamodb_event&) {
        return failure{"no", "never"};
      },
      [](const raw_json& event) { return event; });
}

json reply(const std::string& event) {
  lambda_proc::log_settings_in_use().level = lambda_proc::log_level::off;
  return json::parse(
      lambda_proc::reply_to(make_handler(), "{\"event\":" + event + R"(,"context":{"awsRequestId":"r1:"}})"));
}

json reply_to_sample(const std::string& name) {
  return reply(json::parse(support::file_text(LAMBDA_PROC_TEST_EVENTS "/" + name)).dump());
}

}  // namespace

TEST_CASE("any_event: calls the handler for the event, and sends its kind of reply", "[events]") {
  CHECK(reply_to_sample("sqs/standard.json")["data"] ==
        json::parse(R"({"batchItemFailures":[{"itemIdentifier":"b8d2e7c4-15fa-4b39-8e60-f94d21a7c35e"}]})"));
  CHECK(reply_to_sample("s3/put.json")["data"] == "r1:2026/Rechnung f\xC3\xBCr M&M+1.pdf");
  CHECK(reply_to_sample("kinesis/records.json")["data"] == json{{"sku", "A7"}, {"good", true}});
  const json echoed = reply_to_sample("cognito/pre_sign_up.json")["data"];
  CHECK(echoed["userName"] == "svc-7");
  CHECK(echoed["response"]["autoConfirmUser"] == true);
}

TEST_CASE("any_event: a handler that returns void replies null", "[events]") {
  last_topic.clear();
  const json answer = reply_to_sample("sns/no_subject.json");
  CHECK(answer["error"].is_null());
  CHECK(answer["data"].is_null());
  CHECK(last_topic == "arn:aws:sns:eu-central-1:111122223333:prices");
}

TEST_CASE("any_event: a handler's failure fails the request", "[events]") {
  CHECK(reply_to_sample("s3/test_event.json")["error"] == "test: nothing to do");
  CHECK(reply_to_sample("dynamodb/changes.json")["error"] == "no: never");
}

TEST_CASE("any_event: raw_json gets the events that no other handler takes", "[events]") {
  CHECK(reply(R"({"a":[1]})")["data"] == json{{"a", {1}}});
  CHECK(reply_to_sample("eventbridge/custom.json")["data"]["detail-type"] == "order placed");
}

TEST_CASE("any_event: handlers with equal return types, and a single handler, are accepted", "[events]") {
  const std::string event = json::parse(support::file_text(LAMBDA_PROC_TEST_EVENTS "/sqs/standard.json")).dump();
  auto same = any_event([](const sqs_event& e) { return e.records.size(); },
                        [](const sns_event& e) { return e.records.size(); });
  CHECK(json::parse(lambda_proc::reply_to(same, "{\"event\":" + event + "}"))["data"] == 2);
  auto single = any_event([](const sqs_event&) {});
  CHECK(json::parse(lambda_proc::reply_to(single, "{\"event\":" + event + "}"))["data"].is_null());
  CHECK(json::parse(lambda_proc::reply_to(single, R"({"event":{}})"))["error"] ==
        "invalid_event: event: expected an event from sqs, got one from an unknown source");
}
