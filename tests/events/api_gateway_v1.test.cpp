#include <lambda_proc/events/api_gateway_v1.hpp>

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
using rest_api_sample = support::event_sample<events::api_gateway_v1_request>;
using strings = std::vector<std::string_view>;

TEST_CASE("api_gateway_v1: samples are decoded without loss, unknown keys or unnoticed type errors", "[events]") {
  const std::string name = GENERATE("post", "console_test", "binary", "http_api");
  CAPTURE(name);
  rest_api_sample("api_gateway_v1/" + name + ".json").check();
}

TEST_CASE("api_gateway_v1: a request from a REST API has AWS's values", "[events]") {
  const rest_api_sample request("api_gateway_v1/post.json");
  CHECK(request->version == nullopt);
  CHECK(request->resource == "/items/{id}");
  CHECK(request->path == "/items/A7 b");
  CHECK(request->http_method == "POST");
  CHECK(request->headers->size() == 5);
  CHECK(request->header("content-type") == "application/json");
  CHECK(request->header("x-tag") == "heavy");
  CHECK(request->header("x-none") == nullopt);
  CHECK(*request->multi_value_headers->find("x-tag") == strings{"blue", "heavy"});
  CHECK(request->query_parameter("tag") == "heavy");
  CHECK(request->query_parameter("dry") == "");
  CHECK(request->query_parameter("Tag") == nullopt);
  CHECK(*request->multi_value_query_string_parameters->find("tag") == strings{"blue", "heavy"});
  CHECK(request->path_parameter("id") == "A7 b");
  CHECK(first_value(request->stage_variables, "table") == "items-prod");
  CHECK(request->body ==
        "{\"count\":3,\n\"note\":\"Gr\xC3\xBC\xC3\x9F"
        "e\"}");
  CHECK(request->is_base64_encoded == false);

  const auto& context = request->request_context;
  CHECK(context.resource_id == "x7k2ab");
  REQUIRE(context.authorizer);
  CHECK(nlohmann::json::parse(context.authorizer->text())["plan"] == "gold");
  CHECK(context.resource_path == "/items/{id}");
  CHECK(context.operation_name == "putItem");
  CHECK(context.http_method == "POST");
  CHECK(context.extended_request_id == "W8xEXAMPLEfr=");
  CHECK(context.request_time == "07/Jan/2026:09:14:26 +0000");
  CHECK(context.path == "/prod/items/A7%20b");
  CHECK(context.account_id == "111122223333");
  CHECK(context.protocol == "HTTP/1.1");
  CHECK(context.stage == "prod");
  CHECK(context.domain_prefix == "a1b2c3d4e5");
  CHECK(context.request_time_epoch->time.time_since_epoch() == milliseconds(1767777266120));
  CHECK(context.request_id == "0d6a4c1e-93b7-4f58-8a2e-5c1f7b9e3d04");
  CHECK(context.domain_name == "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com");
  CHECK(context.deployment_id == "d9e8f7");
  CHECK(context.api_id == "a1b2c3d4e5");
  CHECK(context.identity.source_ip == "203.0.113.17");
  CHECK(context.identity.user_agent == "curl/8.5.0");
  CHECK(context.identity.account_id == nullopt);
  CHECK(context.identity.api_key == nullopt);
  CHECK_FALSE(context.identity.client_cert);
}

TEST_CASE("api_gateway_v1: the console's test has no headers, no parameters, no body", "[events]") {
  const rest_api_sample request("api_gateway_v1/console_test.json");
  CHECK_FALSE(request->headers);
  CHECK_FALSE(request->multi_value_headers);
  CHECK(request->header("host") == nullopt);
  CHECK(request->query_parameter("a") == nullopt);
  CHECK(request->path_parameter("a") == nullopt);
  CHECK_FALSE(request->stage_variables);
  CHECK(request->request_context.stage == "test-invoke-stage");
  CHECK(request->request_context.identity.api_key == "test-invoke-api-key");
  CHECK(request->request_context.identity.api_key_id == "test-invoke-api-key-id");
  CHECK(request->request_context.identity.source_ip == "test-invoke-source-ip");
  CHECK(request->body == nullopt);
  std::string buffer;
  const auto bytes = request->body_bytes(buffer);
  REQUIRE(bytes);
  CHECK(bytes->empty());
}

TEST_CASE("api_gateway_v1: a binary body is decoded, and a caller may have every member", "[events]") {
  const rest_api_sample request("api_gateway_v1/binary.json");
  std::string buffer;
  const auto bytes = request->body_bytes(buffer);
  REQUIRE(bytes);
  CHECK(bytes->size() == 42);
  CHECK(bytes->starts_with("GIF89a"));
  CHECK(request->header("x-empty") == "");
  CHECK(request->header("x-null") == nullopt);
  CHECK(request->header("x-none") == nullopt);
  CHECK(request->query_string_parameters->empty());

  const auto& identity = request->request_context.identity;
  CHECK(identity.cognito_identity_pool_id == "eu-central-1:6d1f0000-aaaa-bbbb-cccc-c0a900000001");
  CHECK(identity.account_id == "111122223333");
  CHECK(identity.cognito_identity_id == "eu-central-1:90be0000-aaaa-bbbb-cccc-47d200000002");
  CHECK(identity.caller == "AROAEXAMPLE:CognitoIdentityCredentials");
  CHECK(identity.source_ip == "2001:db8::17");
  CHECK(identity.principal_org_id == "o-a1b2c3d4e5");
  CHECK(identity.access_key == "ASIAEXAMPLE");
  CHECK(identity.cognito_authentication_type == "authenticated");
  CHECK(identity.cognito_authentication_provider ==
        "graph.facebook.com,cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a1");
  CHECK(identity.user_arn == "arn:aws:sts::111122223333:assumed-role/app/CognitoIdentityCredentials");
  CHECK(identity.user_agent == nullopt);
  CHECK(identity.user == "AROAEXAMPLE:CognitoIdentityCredentials");
  CHECK(identity.api_key == "key-value");
  CHECK(identity.api_key_id == "k3y1d");
  CHECK(identity.vpc_id == "vpc-0a1b2c3d");
  CHECK(identity.vpce_id == "vpce-0a1b2c3d4e");
  REQUIRE(identity.client_cert);
  CHECK(identity.client_cert->client_cert_pem.starts_with("-----BEGIN CERTIFICATE-----\n"));
  CHECK(identity.client_cert->subject_dn == "CN=client,O=Example");
  CHECK(identity.client_cert->issuer_dn == "CN=ca,O=Example");
  CHECK(identity.client_cert->serial_number == "a1:a1:a1:a1");
  CHECK(identity.client_cert->validity.not_before == "May 28 12:30:02 2025 GMT");
  CHECK(identity.client_cert->validity.not_after == "Aug  5 09:36:04 2027 GMT");
}

TEST_CASE("api_gateway_v1: a request from an HTTP API has a version and no resource id", "[events]") {
  const rest_api_sample request("api_gateway_v1/http_api.json");
  CHECK(request->version == "1.0");
  CHECK(request->request_context.resource_id == nullopt);
  CHECK(request->body == "");
  CHECK(*request->multi_value_headers->find("Header2") == strings{"value1", "value2"});
  REQUIRE(request->request_context.authorizer);
  CHECK(nlohmann::json::parse(request->request_context.authorizer->text())["claims"].is_null());
}

TEST_CASE("api_gateway_v1: members that AWS leaves out are empty", "[events]") {
  const rest_api_sample request("api_gateway_v1/local.json");
  request.check();
  CHECK(request->path == "/items/A7");
  CHECK(request->request_context.path.empty());
  CHECK(request->request_context.resource_path.empty());
  CHECK(request->request_context.identity.source_ip.empty());
}

TEST_CASE("api_gateway_v1: an event of another kind is a failure that names the missing member", "[events]") {
  CHECK(support::why_not<events::api_gateway_v1_request>(R"({"Records":[]})") == ".requestContext: missing");
}

TEST_CASE("api_gateway_v1: a body that is marked as base64 but is not base64 is a failure", "[events]") {
  events::api_gateway_v1_request request;
  request.body = "not base64";
  request.is_base64_encoded = true;
  std::string buffer;
  const auto bytes = request.body_bytes(buffer);
  REQUIRE_FALSE(bytes);
  CHECK(bytes.error().type == "invalid_event");
  CHECK(bytes.error().message == "event.body: expected base64 with padding and without white space");
}
