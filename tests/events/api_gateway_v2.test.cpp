#include <lambda_proc/events/api_gateway_v2.hpp>

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
using http_api_sample = support::event_sample<events::api_gateway_v2_request>;
using strings = std::vector<std::string_view>;

TEST_CASE("api_gateway_v2: samples are decoded without loss, unknown keys or unnoticed type errors", "[events]") {
  const std::string name = GENERATE("jwt", "lambda_authorizer", "function_url", "cognito_iam");
  CAPTURE(name);
  http_api_sample("api_gateway_v2/" + name + ".json").check();
}

TEST_CASE("api_gateway_v2: a request from an HTTP API has AWS's values", "[events]") {
  const http_api_sample request("api_gateway_v2/jwt.json");
  CHECK(request->version == "2.0");
  CHECK(request->route_key == "GET /items/{id}");
  CHECK(request->raw_path == "/prod/items/A7%20b");
  CHECK(request->raw_query_string == "tag=blue&tag=heavy&dry");
  CHECK(request->cookies == strings{"session=abc=1", "theme=dark"});
  CHECK(request->headers.size() == 6);
  CHECK(request->header("Host") == "h1t2t3p4.execute-api.eu-central-1.amazonaws.com");
  CHECK(request->header("cookie") == nullopt);
  CHECK(request->query_parameter("tag") == "blue,heavy");
  CHECK(request->query_parameter("dry") == "");
  CHECK(request->query_parameter("none") == nullopt);
  CHECK(request->path_parameter("id") == "A7 b");
  CHECK(first_value(request->stage_variables, "table") == "items-prod");
  CHECK(request->body == nullopt);
  CHECK_FALSE(request->is_base64_encoded);

  const auto& context = request->request_context;
  CHECK(context.account_id == "111122223333");
  CHECK(context.api_id == "h1t2t3p4");
  CHECK(context.domain_name == "h1t2t3p4.execute-api.eu-central-1.amazonaws.com");
  CHECK(context.domain_prefix == "h1t2t3p4");
  CHECK(context.http.method == "GET");
  CHECK(context.http.path == "/prod/items/A7 b");
  CHECK(context.http.protocol == "HTTP/1.1");
  CHECK(context.http.source_ip == "203.0.113.17");
  CHECK(context.http.user_agent == "curl/8.5.0");
  CHECK(context.request_id == "JKJaXmPLvHcESHA=");
  CHECK(context.route_key == "GET /items/{id}");
  CHECK(context.stage == "prod");
  CHECK(context.time == "07/Jan/2026:09:14:26 +0000");
  CHECK(context.time_epoch.time.time_since_epoch() == milliseconds(1767777266120));
  REQUIRE(context.authorizer);
  REQUIRE(context.authorizer->jwt);
  CHECK(*context.authorizer->jwt->claims.find("groups") == "[admin staff]");
  CHECK(context.authorizer->jwt->scopes == strings{"items/read", "items/write"});
  CHECK_FALSE(context.authorizer->iam);
  CHECK_FALSE(context.authorizer->lambda);
  REQUIRE(context.authentication);
  REQUIRE(context.authentication->client_cert);
  CHECK(context.authentication->client_cert->serial_number == "1");
  CHECK(context.authentication->client_cert->issuer_dn == "CN=ca,O=Example");
  CHECK(context.authentication->client_cert->validity.not_after == "Aug  5 00:28:21 2120 GMT");
}

TEST_CASE("api_gateway_v2: a cookie is found by its whole name", "[events]") {
  const http_api_sample request("api_gateway_v2/jwt.json");
  CHECK(request->cookie("session") == "abc=1");
  CHECK(request->cookie("theme") == "dark");
  CHECK(request->cookie("them") == nullopt);
  CHECK(request->cookie("session=abc") == "1");
  CHECK(http_api_sample("api_gateway_v2/lambda_authorizer.json")->cookie("session") == nullopt);
}

TEST_CASE("api_gateway_v2: a binary body is decoded, and a Lambda authorizer's context is available", "[events]") {
  const http_api_sample request("api_gateway_v2/lambda_authorizer.json");
  CHECK_FALSE(request->cookies);
  CHECK_FALSE(request->query_string_parameters);
  CHECK(request->query_parameter("a") == nullopt);
  std::string buffer;
  const auto bytes = request->body_bytes(buffer);
  REQUIRE(bytes);
  CHECK(*bytes == std::string_view("\0\1\2\xFE\xFF", 5));
  const auto& authorizer = request->request_context.authorizer;
  REQUIRE(authorizer);
  REQUIRE(authorizer->lambda);
  CHECK(nlohmann::json::parse(authorizer->lambda->text())["limits"]["perDay"] == 100);
}

TEST_CASE("api_gateway_v2: a request from a function URL may have nulls, and names the user that signed it",
          "[events]") {
  const support::event_sample<events::function_url_request> request("api_gateway_v2/function_url.json");
  CHECK_FALSE(request->request_context.authentication);
  CHECK_FALSE(request->path_parameters);
  CHECK_FALSE(request->stage_variables);
  CHECK(request->header("Header2") == "value1,value2");
  CHECK(request->cookie("cookie1") == nullopt);
  CHECK(request->body == "Hello from client!");
  REQUIRE(request->request_context.authorizer);
  REQUIRE(request->request_context.authorizer->iam);
  const auto& iam = *request->request_context.authorizer->iam;
  CHECK(iam.access_key == "AKIAEXAMPLE");
  CHECK(iam.account_id == "111122223333");
  CHECK(iam.caller_id == "AIDAEXAMPLE");
  CHECK(iam.user_arn == "arn:aws:iam::111122223333:user/dev");
  CHECK(iam.user_id == "AIDAEXAMPLE");
  CHECK_FALSE(iam.cognito_identity);
  CHECK(iam.principal_org_id == nullopt);
}

TEST_CASE("api_gateway_v2: an identity from an Amazon Cognito identity pool has AWS's values", "[events]") {
  const http_api_sample request("api_gateway_v2/cognito_iam.json");
  CHECK(request->route_key == nullopt);
  CHECK(request->cookies == strings{});
  CHECK(request->request_context.account_id == "anonymous");
  CHECK(request->request_context.stage == nullopt);
  CHECK(request->request_context.http.user_agent == nullopt);
  CHECK(request->request_context.authorizer->jwt->claims.empty());
  CHECK(request->request_context.authorizer->jwt->scopes == nullopt);
  const auto& identity = request->request_context.authorizer->iam->cognito_identity;
  REQUIRE(identity);
  CHECK(identity->amr == strings{"authenticated", "graph.facebook.com"});
  CHECK(identity->identity_id == "eu-central-1:90be0000-aaaa-bbbb-cccc-47d200000002");
  CHECK(identity->identity_pool_id == "eu-central-1:6d1f0000-aaaa-bbbb-cccc-c0a900000001");
  std::string buffer;
  const auto bytes = request->body_bytes(buffer);
  REQUIRE(bytes);
  CHECK(bytes->empty());
}

TEST_CASE("api_gateway_v2: an event of another kind is a failure that names the missing member", "[events]") {
  CHECK(support::why_not<events::api_gateway_v2_request>(R"({"resource":"/"})") == ".requestContext: missing");
}

TEST_CASE("api_gateway_v2: claims are read as text", "[events]") {
  support::json_source source(
      R"({"requestContext":{"authorizer":{"jwt":{"claims":{"sub":"7","admin":true,"exp":1767777266,"gone":null}}}}})");
  events::api_gateway_v2_request request;
  REQUIRE(source.decode_into(request));
  const auto& claims = request.request_context.authorizer->jwt->claims;
  CHECK(*claims.find("sub") == "7");
  CHECK(*claims.find("admin") == "true");
  CHECK(*claims.find("exp") == "1767777266");
  CHECK(!claims.contains("gone"));
  CHECK(support::why_not<events::text_map>(R"({"a":[1]})") == ".a: expected a string, got an array");
}
