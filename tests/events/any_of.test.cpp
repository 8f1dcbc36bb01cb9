#include <lambda_proc/events/any_of.hpp>

#include <lambda_proc/events.hpp>

#include "sample.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using namespace lambda_proc::events;
using lambda_proc::raw_json;
using nlohmann::json;
using support::event_sample;
using support::why_not;

namespace {

using everything = any_of<activemq_event, alb_request, api_gateway_v1_request, api_gateway_v2_request, appsync_event<>,
                          appsync_authorizer_request, appsync_batch<>, authorizer_request, authorizer_token_request,
                          authorizer_v2_request, authorizer_websocket_request, bedrock_agent_event, client_vpn_request,
                          cloudformation_event<>, cloudwatch_alarm_event, cloudwatch_logs_event, codecommit_event,
                          codedeploy_hook_event, codepipeline_event, cognito_event<>, config_rule_event, connect_event,
                          documentdb_event, dynamodb_event, eventbridge_event<>, firehose_event, iot_authorizer_request,
                          iot_provisioning_request, kafka_event, kinesis_event, lambda_destination_event<>,
                          lex_v2_event, rabbitmq_event, s3_event, s3_batch_event, s3_object_lambda_event,
                          secrets_manager_rotation_event, ses_event, sns_event, sqs_event, transfer_authorizer_request,
                          vpc_lattice_v1_request, vpc_lattice_v2_request, websocket_request>;

template <class... Events>
std::string told_source(const any_of<Events...>& any) {
  constexpr event_source sources[] = {source_of<Events>...};
  return std::string(lambda_proc::detail::source_name(sources[any.event.index()]));
}

// Both the text, and the text with the keys in the opposite order, which nlohmann::json has sorted.
std::vector<std::string> in_both_orders(const json& event) {
  if (!event.is_object()) return {event.dump()};
  std::string reversed;
  for (const auto& member : event.items()) {
    reversed.insert(0, "," + json(member.key()).dump() + ":" + member.value().dump());
  }
  return {event.dump(), "{" + reversed.substr(1) + "}"};
}

// Calls check(directory, name, event) for each sample.
std::size_t each_sample(const auto& check) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(LAMBDA_PROC_TEST_EVENTS)) {
    if (entry.path().extension() != ".json") continue;
    const std::string name = std::filesystem::relative(entry.path(), LAMBDA_PROC_TEST_EVENTS).string();
    CAPTURE(name);
    check(name.substr(0, name.find('/')), name, json::parse(support::file_text(entry.path().string())));
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("any_of: every sample is recognized by its keys, in any order", "[events]") {
  // Samples are named after their source, but for these.
  const std::map<std::string, event_source> others{
      {"authorizer/token.json", event_source::authorizer_token},
      {"authorizer/websocket.json", event_source::authorizer_websocket},
      {"authorizer/http_api_v2.json", event_source::authorizer_v2},
      {"authorizer/http_api_v2_no_identity.json", event_source::authorizer_v2},
      // The data inside an event is not an event.
      {"cloudwatch_logs/data.json", event_source::unknown},
      {"cloudwatch_logs/control.json", event_source::unknown},
      {"dynamodb/data_stream.json", event_source::unknown},
      {"ses/notification.json", event_source::unknown},
  };
  const std::size_t count = each_sample([&](const std::string& directory, const std::string& name, const json& event) {
    const auto other = others.find(name);
    for (const std::string& sample : in_both_orders(event)) {
      support::json_source source(sample);
      everything any;
      const auto done = source.decode_into(any);
      if (other != others.end() && other->second == event_source::unknown) {
        REQUIRE(!done);
        CHECK(done.error().message.ends_with("got one from an unknown source"));
        continue;
      }
      REQUIRE((done ? "" : done.error().message) == "");
      if (other != others.end()) {
        CHECK(told_source(any) == lambda_proc::detail::source_name(other->second));
      } else if (event.contains("detail-type")) {
        CHECK(told_source(any) == "eventbridge");
      } else {
        CHECK(told_source(any) == directory);
      }
    }
  });
  CHECK(count > 120);
}

TEST_CASE("any_of: exactly one type with a typed detail takes each sample from EventBridge", "[events]") {
  using any = any_of<auto_scaling_instance_event, auto_scaling_lifecycle_event, codebuild_event, codedeploy_event,
                     codepipeline_state_event, ecr_image_action_event, ecr_image_scan_event, ecs_task_event,
                     eventbridge_event<>, s3_object_event>;
  constexpr std::string_view directories[] = {"auto_scaling_instance",
                                              "auto_scaling_lifecycle",
                                              "codebuild",
                                              "codedeploy_state",
                                              "codepipeline_state",
                                              "ecr",
                                              "ecr_scan",
                                              "ecs",
                                              "eventbridge",
                                              "s3_object_event"};
  each_sample([&](const std::string& directory, const std::string&, const json& event) {
    if (!event.contains("detail-type")) return;
    for (const std::string& sample : in_both_orders(event)) {
      support::json_source source(sample);
      any typed;
      const auto done = source.decode_into(typed);
      REQUIRE((done ? "" : done.error().message) == "");
      CHECK(directories[typed.event.index()] == directory);
    }
  });
}

TEST_CASE("any_of: a typed detail takes no event with its detail-type from another source", "[events]") {
  using any = any_of<s3_object_event, eventbridge_event<>>;
  for (const auto* text : {R"({"detail-type":"Object Created","source":"com.example.shop","detail":{}})",
                           R"({"source":"com.example.shop","detail-type":"Object Created","detail":{}})",
                           R"({"detail-type":"Object Created","detail":{}})"}) {
    support::json_source source(text);
    any event;
    REQUIRE(source.decode_into(event));
    CHECK(event.event.index() == 1);
  }
}

TEST_CASE("any_of: the event is decoded as it is without any_of", "[events]") {
  using any = any_of<sns_event, sqs_event>;
  event_sample<any> event("sqs/standard.json");
  const auto& queue = std::get<sqs_event>(event->event);
  CHECK(queue.records.at(1).md5_of_body == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(std::get<sns_event>(event_sample<any>("sns/attributes.json")->event).records.at(0).sns.subject == "Prices");
  CHECK(why_not<any>(R"({"Records":[{"eventSource":"aws:sqs","messageId":3}]})") ==
        ".Records[0].messageId: expected a string, got 3");
}

TEST_CASE("any_of: an event with a typed detail takes its detail-type, one with a raw detail all others", "[events]") {
  using any = any_of<eventbridge_event<>, codebuild_event, scheduled_event>;
  CHECK(event_sample<any>("eventbridge/custom.json")->event.index() == 0);
  CHECK(event_sample<any>("codebuild/succeeded.json")->event.index() == 1);
  CHECK(event_sample<any>("eventbridge/scheduled.json")->event.index() == 2);
  CHECK(event_sample<any>("eventbridge/scheduler.json")->event.index() == 2);
  CHECK(why_not<any_of<codebuild_event, s3_event>>(
            support::file_text(LAMBDA_PROC_TEST_EVENTS "/eventbridge/custom.json")) ==
        ": expected an event from eventbridge or s3, got one from eventbridge (order placed)");
}

TEST_CASE("any_of: an event with a typed request takes its trigger, one with a raw request all others", "[events]") {
  using any = any_of<cognito_pre_sign_up, cognito_event<>, cognito_pre_token_generation, cognito_custom_sms_sender>;
  CHECK(event_sample<any>("cognito/pre_sign_up.json")->event.index() == 0);
  CHECK(event_sample<any>("cognito/post_confirmation.json")->event.index() == 1);
  CHECK(event_sample<any>("cognito/pre_token_generation_m2m.json")->event.index() == 2);
  CHECK(event_sample<any>("cognito/custom_sms_sender.json")->event.index() == 3);
  CHECK(event_sample<any>("cognito/custom_email_sender.json")->event.index() == 1);
}

TEST_CASE("any_of: raw_json takes events of all other sources", "[events]") {
  using any = any_of<raw_json, sqs_event>;
  const std::string_view text =
      GENERATE("{}", R"({"Records":[]})", R"({"Records":3})", R"({"Records":[3]})", R"({"Records":[{}]})",
               R"({"a":[{"b":1}],"requestContext":{"x":{}}})", R"({"requestContext":null,"version":2})",
               R"({"Records":[{"eventSource":"aws:new"}]})");
  CAPTURE(text);
  support::json_source source(text);
  any event;
  REQUIRE(source.decode_into(event));
  REQUIRE(event.event.index() == 0);
  CHECK(std::get<raw_json>(event.event).text() == text);
  CHECK(support::encoded(event) == text);
}

TEST_CASE("any_of: keys that several sources share don't lead to a wrong source", "[events]") {
  using any = any_of<sqs_event, raw_json>;
  for (const auto* text : {R"({"version":"2.0"})", R"({"type":"REQUES"})", R"({"eventSource":"aws:mq","messages":[]})",
                           R"({"httpMethod":"GET"})", R"({"Event":"x"})"}) {
    support::json_source source(text);
    any event;
    REQUIRE(source.decode_into(event));
    CHECK(event.event.index() == 1);
  }
}

TEST_CASE("any_of: a common word as a key identifies a source only together with a second key", "[events]") {
  const auto [first, second, source] = GENERATE(table<std::string, std::string, std::string>({
      {"RequestType", "ResponseURL", "cloudformation"},
      {"Details", "Name", "connect"},
      {"tasks", "invocationSchemaVersion", "s3_batch"},
      {"SecretId", "ClientRequestToken", "secrets_manager"},
      {"serverId", "protocol", "transfer_authorizer"},
      {"raw_path", "method", "vpc_lattice_v1"},
  }));
  using none = any_of<sqs_event>;
  const std::string wanted = ": expected an event from sqs, got one from ";
  CHECK(why_not<none>(R"({")" + first + R"(":[],"other":1})") == wanted + "an unknown source");
  CHECK(why_not<none>(R"({")" + second + R"(":[],"other":1})") == wanted + "an unknown source");
  CHECK(why_not<none>(R"({")" + first + R"(":[],")" + first + R"(":1})") == wanted + "an unknown source");
  CHECK(why_not<none>(R"({")" + first + R"(":[],"other":1,")" + second + R"(":1})") == wanted + source);
  CHECK(why_not<none>(R"({")" + second + R"(":[],")" + first + R"(":1})") == wanted + source);
}

TEST_CASE("any_of: the member that identifies the source may be most of the event", "[events]") {
  const std::string type(100'000, 't');
  const std::string text = R"({"detail-type":")" + type + R"(","source":"s","detail":{}})";
  support::json_source source(text);
  any_of<eventbridge_event<>, sqs_event> event;
  REQUIRE(source.decode_into(event));
  CHECK(std::get<eventbridge_event<>>(event.event).detail_type == type);
}

TEST_CASE("any_of: the last invocation of a window may have no records, or not even a list of them", "[events]") {
  using any = any_of<kinesis_event, dynamodb_event>;
  const auto [text, index] = GENERATE(table<std::string_view, std::size_t>({
      {R"({"isFinalInvokeForWindow":true,"eventSourceARN":"arn:aws-cn:kinesis:cn-north-1:1:stream/m"})", 0},
      {R"({"Records":[],"eventSourceARN":"arn:aws:dynamodb:eu-central-1:1:table/t/stream/x"})", 1},
      {R"({"eventSourceARN":"arn:aws:dynamodb:eu-central-1:1:table/t/stream/x","Records":null})", 1},
  }));
  CAPTURE(text);
  support::json_source source(text);
  any event;
  REQUIRE(source.decode_into(event));
  CHECK(event.event.index() == index);
  for (const auto* other : {R"({"eventSourceARN":""})", R"({"eventSourceARN":"arn"})", R"({"eventSourceARN":"a:b"})",
                            R"({"eventSourceARN":"arn:aws:sqs:x"})", R"({"eventSourceARN":3})"}) {
    CHECK(why_not<any>(other).ends_with("got one from an unknown source"));
  }
}

TEST_CASE("any_of: a list is a batch from AppSync, or raw JSON", "[events]") {
  using any = any_of<sqs_event, appsync_batch<>, raw_json>;
  const event_sample<any> batch("appsync_batch/items.json");
  CHECK(std::get<appsync_batch<>>(batch->event).size() == 2);
  for (const auto* text : {"[]", "[1]", R"([{"a":1},{"info":{"fieldName":"x"}}])", "[[]]"}) {
    support::json_source source(text);
    any event;
    REQUIRE(source.decode_into(event));
    CHECK(support::encoded(event) == text);
  }
  CHECK(why_not<any_of<sqs_event, appsync_batch<>>>("[1]") ==
        ": expected an event from sqs or appsync_batch, got one from an unknown source");
  CHECK(why_not<any>(R"([{"info":{"fieldName":"x"}},{"info":{"fieldName":1}}])") ==
        "[1].info.fieldName: expected a string, got 1");
}

TEST_CASE("any_of: a request from VPC Lattice is not mistaken for one from an HTTP API", "[events]") {
  using any = any_of<api_gateway_v2_request, raw_json>;
  CHECK(event_sample<any>("vpc_lattice_v2/post.json")->event.index() == 1);
}

TEST_CASE("any_of: a value that is not an object, and an event from an unknown source, are failures", "[events]") {
  using any = any_of<sqs_event, s3_event>;
  CHECK(why_not<any>("[]") == ": expected an object, got an array");
  CHECK(why_not<any>("{}") == ": expected an event from sqs or s3, got one from an unknown source");
  CHECK(why_not<any>(R"({"Records":[{"EventSource":"aws:sns"}]})") ==
        ": expected an event from sqs or s3, got one from sns");
}

TEST_CASE("any_of: an object that is decoded into again holds the new event", "[events]") {
  using any = any_of<sqs_event, sns_event>;
  any event;
  for (const auto* name : {"sqs/fifo.json", "sns/attributes.json", "sqs/standard.json", "sqs/dead_letter.json"}) {
    const std::string text = support::file_text(std::string(LAMBDA_PROC_TEST_EVENTS "/") + name);
    support::json_source source(text);
    REQUIRE(source.decode_into(event));
    CHECK(json::parse(support::encoded(event))["Records"].size() == json::parse(text)["Records"].size());
  }
}
