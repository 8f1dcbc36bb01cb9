#include <lambda_proc/events/iot_authorizer.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("iot_authorizer: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<iot_authorizer_request>("iot_authorizer/mqtt.json").check();
}

TEST_CASE("iot_authorizer: a device has what its protocols sent", "[events]") {
  const event_sample<iot_authorizer_request> request("iot_authorizer/mqtt.json");
  CHECK(request->signature_verified);
  CHECK(request->protocol_data.tls->server_name == "iot.shop.example");
  CHECK(*request->protocol_data.http->headers->find("host") == "iot.shop.example");
  std::string bytes;
  CHECK(*request->protocol_data.mqtt->password->decode(bytes) == "x");
}

TEST_CASE("iot_authorizer: the response has policies", "[events]") {
  iot_authorizer_response response;
  response.is_authenticated = true;
  response.principal_id = "meter7";
  response.policy_documents.emplace_back().statement.push_back(
      {.action = {"iot:Connect"}, .effect = iam_effect::allow, .resource = {"*"}});
  CHECK(encoded(response) ==
        R"({"isAuthenticated":true,"principalId":"meter7","policyDocuments":[{"Version":"2012-10-17","Statement":)"
        R"([{"Action":["iot:Connect"],"Effect":"Allow","Resource":["*"]}]}],"disconnectAfterInSeconds":86400,)"
        R"("refreshAfterInSeconds":300})");
}
