#include <lambda_proc/events.hpp>

#include "sample.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

// Events published by others, in a folder beside the project, or in the folder that LAMBDA_PROC_SHARED_EVENTS names.

namespace events = lambda_proc::events;

namespace {

using check = void (*)(const std::string& path);

template <class T>
void check_event(const std::string& path) {
  support::event_sample<T>(path).check();
}

// Replies are only written by the library, so there is nothing to decode them into.
void check_reply(const std::string& path) { CHECK(nlohmann::json::accept(support::file_text(path))); }

const std::map<std::string, check> files = {
    {"alb-lambda-target-request-headers-only.json", check_event<events::alb_request>},
    {"alb-lambda-target-response.json", check_reply},
    {"apigw-custom-auth-request.json", check_event<events::authorizer_token_request>},
    {"apigw-custom-auth-response.json", check_reply},
    {"apigw-request.json", check_event<events::api_gateway_v1_request>},
    {"apigw-response.json", check_reply},
    {"apigw-v2-request-jwt-authorizer.json", check_event<events::api_gateway_v2_request>},
    {"apigw-v2-request-no-authorizer.json", check_event<events::api_gateway_v2_request>},
    {"apigw-websocket-request.json", check_event<events::websocket_request>},
    {"cloudwatch-logs-event.json", check_event<events::cloudwatch_logs_event>},
    {"codebuild-state-change.json", check_event<events::codebuild_event>},
    {"cognito-event-userpools-preauthentication.json", check_event<events::cognito_pre_authentication>},
    {"dynamodb-event.json", check_event<events::dynamodb_event>},
    {"kafka-event.json", check_event<events::kafka_event>},
    {"kinesis-event.json", check_event<events::kinesis_event>},
    {"kinesis-firehose-event.json", check_event<events::firehose_event>},
    {"lambda-urls-request.json", check_event<events::function_url_request>},
    {"s3-event.json", check_event<events::s3_event>},
    {"ses-lambda-event.json", check_event<events::ses_event>},
    {"sns-event.json", check_event<events::sns_event>},
    {"sqs-event.json", check_event<events::sqs_event>},
};

}  // namespace

TEST_CASE("events: published samples are decoded without loss or unknown keys", "[events]") {
  const char* const elsewhere = std::getenv("LAMBDA_PROC_SHARED_EVENTS");
  const std::filesystem::path folder = elsewhere != nullptr ? elsewhere : LAMBDA_PROC_TEST_SHARED_EVENTS;
  if (!std::filesystem::is_directory(folder)) SKIP("no folder " << folder);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    CAPTURE(entry.path());
    const auto known = files.find(entry.path().filename());
    REQUIRE(known != files.end());
    known->second(std::filesystem::absolute(entry.path()));
  }
}
