#include <lambda_proc/events/client_vpn.hpp>

#include "sample.hpp"

#include <string_view>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;

TEST_CASE("client_vpn: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<client_vpn_request>(
      GENERATE("client_vpn/connect.json", "client_vpn/groups.json", "client_vpn/mutual.json"))
      .check();
}

TEST_CASE("client_vpn: a request describes the device and the user", "[events]") {
  const event_sample<client_vpn_request> request("client_vpn/connect.json");
  CHECK(request->connection_id == "cvpn-connection-04edd76f5201e0cb8");
  CHECK(request->username == "jdoe");
  CHECK(request->client_openvpn_version == "2.5.1");
  CHECK(std::get<std::string_view>(*request->groups) == "engineers");
  const event_sample<client_vpn_request> list("client_vpn/groups.json");
  CHECK(std::get<std::vector<std::string_view>>(*list->groups).size() == 2);
  CHECK(!event_sample<client_vpn_request>("client_vpn/mutual.json")->username);
}

TEST_CASE("client_vpn: a response has all four members, and the schema of the request", "[events]") {
  const event_sample<client_vpn_request> request("client_vpn/groups.json");
  auto response = client_vpn_response::allowed(*request);
  response.posture_compliance_statuses.emplace_back("compliant");
  CHECK(encoded(response) ==
        R"({"allow":true,"error-msg-on-denied-connection":"","posture-compliance-statuses":["compliant"],)"
        R"("schema-version":"v3"})");
  CHECK(encoded(client_vpn_response::denied(*request, "Update your system.")) ==
        R"({"allow":false,"error-msg-on-denied-connection":"Update your system.","posture-compliance-statuses":[],)"
        R"("schema-version":"v3"})");
}
