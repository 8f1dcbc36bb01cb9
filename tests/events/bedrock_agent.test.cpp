#include <lambda_proc/events/bedrock_agent.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("bedrock_agent: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<bedrock_agent_event>(GENERATE("bedrock_agent/api.json", "bedrock_agent/function.json")).check();
}

TEST_CASE("bedrock_agent: an OpenAPI schema gives a path and a body, and takes a status", "[events]") {
  const event_sample<bedrock_agent_event> event("bedrock_agent/api.json");
  CHECK(event->api_path == "/items/{id}");
  CHECK(event->parameters->at(0).value == "A7");
  CHECK(event->request_body->content.find("application/json")->properties.at(0).name == "count");
  CHECK(encoded(bedrock_agent_response::to(*event, R"({"cents":310})")) ==
        R"({"messageVersion":"1.0","response":{"actionGroup":"items","apiPath":"/items/{id}","httpMethod":"POST",)"
        R"("httpStatusCode":200,"responseBody":{"application/json":{"body":"{\"cents\":310}"}}}})");
}

TEST_CASE("bedrock_agent: a function schema gives a function, and takes text", "[events]") {
  const event_sample<bedrock_agent_event> event("bedrock_agent/function.json");
  CHECK(event->function == "price");
  CHECK(!event->api_path);
  auto response = bedrock_agent_response::to(*event, "3.10");
  CHECK(encoded(response) == R"({"messageVersion":"1.0","response":{"actionGroup":"items","function":"price",)"
                             R"("functionResponse":{"responseBody":{"TEXT":{"body":"3.10"}}}}})");
}
