#include <lambda_proc/events/websocket.hpp>

#include "sample.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

namespace events = lambda_proc::events;
using std::nullopt;
using std::chrono::milliseconds;
using websocket_sample = support::event_sample<events::websocket_request>;
using strings = std::vector<std::string_view>;

TEST_CASE("websocket: samples are decoded without loss, unknown keys or unnoticed type errors", "[events]") {
  const std::string name = GENERATE("connect", "message", "disconnect");
  CAPTURE(name);
  websocket_sample("websocket/" + name + ".json").check();
}

TEST_CASE("websocket: a connection has the headers and parameters of its upgrade", "[events]") {
  const websocket_sample request("websocket/connect.json");
  CHECK(request->header("sec-websocket-version") == "13");
  CHECK(*request->multi_value_headers->find("host") == strings{"w1e2b3s4.execute-api.eu-central-1.amazonaws.com"});
  CHECK(request->query_parameter("room") == "blue");
  CHECK(*request->multi_value_query_string_parameters->find("room") == strings{"red", "blue"});
  CHECK(first_value(request->stage_variables, "table") == "connections-prod");
  CHECK(request->body == nullopt);
  CHECK_FALSE(request->is_base64_encoded);

  const auto& context = request->request_context;
  CHECK(context.route_key == "$connect");
  CHECK(context.disconnect_status_code == nullopt);
  CHECK(context.message_id == nullopt);
  CHECK(context.event_type == "CONNECT");
  CHECK(context.extended_request_id == "XfGEXAMPLEMFsLg=");
  CHECK(context.request_time == "07/Jan/2026:09:14:26 +0000");
  CHECK(context.message_direction == "IN");
  CHECK(context.disconnect_reason == nullopt);
  CHECK(context.stage == "prod");
  CHECK(context.connected_at->time.time_since_epoch() == milliseconds(1767777266118));
  CHECK(context.request_time_epoch->time.time_since_epoch() == milliseconds(1767777266120));
  CHECK(context.identity->source_ip == "203.0.113.17");
  CHECK(context.request_id == "XfGEXAMPLEMFsLg=");
  CHECK(context.domain_name == "w1e2b3s4.execute-api.eu-central-1.amazonaws.com");
  CHECK(context.connection_id == "XfGEXAMPLENjMFsCJQ=");
  CHECK(context.api_id == "w1e2b3s4");
  CHECK_FALSE(context.authorizer);
}

TEST_CASE("websocket: a message has an id, a body, and the authorizer's result", "[events]") {
  const websocket_sample request("websocket/message.json");
  CHECK_FALSE(request->headers);
  CHECK(request->header("host") == nullopt);
  CHECK(request->request_context.route_key == "say");
  CHECK(request->request_context.event_type == "MESSAGE");
  CHECK(request->request_context.message_id == "XfGEXAMPLEDoEQw=");
  REQUIRE(request->request_context.authorizer);
  CHECK(nlohmann::json::parse(request->request_context.authorizer->text())["principalId"] == "user-17");
  std::string buffer;
  const auto bytes = request->body_bytes(buffer);
  REQUIRE(bytes);
  CHECK(*bytes == R"({"action":"say","text":"hi"})");
}

TEST_CASE("websocket: a disconnection has its code and reason", "[events]") {
  const websocket_sample request("websocket/disconnect.json");
  CHECK(request->header("X-API-Key") == "");
  CHECK(request->request_context.event_type == "DISCONNECT");
  CHECK(request->request_context.disconnect_status_code == 1001);
  CHECK(request->request_context.disconnect_reason == "Going away");
}
