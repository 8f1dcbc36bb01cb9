#include <lambda_proc/events/authorizer.hpp>

#include "sample.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

namespace events = lambda_proc::events;
using std::nullopt;
using strings = std::vector<std::string_view>;
using support::event_sample;

TEST_CASE("authorizer: samples are decoded without loss, unknown keys or unnoticed type errors", "[events]") {
  event_sample<events::authorizer_token_request>("authorizer/token.json").check();
  event_sample<events::authorizer_request>("authorizer/rest_request.json").check();
  event_sample<events::authorizer_request>("authorizer/http_api_v1.json").check();
  event_sample<events::authorizer_websocket_request>("authorizer/websocket.json").check();
  event_sample<events::authorizer_v2_request>("authorizer/http_api_v2.json").check();
  event_sample<events::authorizer_v2_request>("authorizer/http_api_v2_no_identity.json").check();
}

TEST_CASE("authorizer: a token request has the token and the method", "[events]") {
  const event_sample<events::authorizer_token_request> request("authorizer/token.json");
  CHECK(request->type == "TOKEN");
  CHECK(request->authorization_token == "Bearer eyJEXAMPLE.a.b");
  CHECK(request->method_arn == "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/prod/GET/items/A7");
}

TEST_CASE("authorizer: a request to a REST API has AWS's values", "[events]") {
  const event_sample<events::authorizer_request> request("authorizer/rest_request.json");
  CHECK(request->version == nullopt);
  CHECK(request->type == "REQUEST");
  CHECK(request->method_arn == "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/prod/GET/request");
  CHECK(request->identity_source == nullopt);
  CHECK(request->authorization_token == nullopt);
  CHECK(request->resource == "/request");
  CHECK(request->path == "/request");
  CHECK(request->http_method == "GET");
  CHECK(request->header("headerauth1") == "headerValue1");
  CHECK(*request->multi_value_headers->find("accept") == strings{"*/*"});
  CHECK(request->query_parameter("QueryString1") == "queryValue1");
  CHECK(request->path_parameters->empty());
  CHECK(first_value(request->stage_variables, "StageVar1") == "stageValue1");
  CHECK(request->request_context.resource_id == "05c7jb");
  CHECK(request->request_context.identity.api_key == "key-value");
  CHECK(request->request_context.identity.client_cert->subject_dn == "www.example.com");
  CHECK(request->request_context.request_time == nullopt);
}

TEST_CASE("authorizer: a request to an HTTP API, format 1.0, has AWS's values", "[events]") {
  const event_sample<events::authorizer_request> request("authorizer/http_api_v1.json");
  CHECK(request->version == "1.0");
  CHECK(request->identity_source == "user1,123");
  CHECK(request->authorization_token == "user1,123");
  CHECK_FALSE(request->multi_value_headers);
  CHECK_FALSE(request->path_parameters);
  CHECK(request->header("x-amz-date") == "20260107T091426Z");
  CHECK(request->request_context.resource_id == nullopt);
  CHECK(request->request_context.identity.source_ip == "198.51.100.7");
}

TEST_CASE("authorizer: a request to connect has AWS's values", "[events]") {
  const event_sample<events::authorizer_websocket_request> request("authorizer/websocket.json");
  CHECK(request->type == "REQUEST");
  CHECK(request->method_arn == "arn:aws:execute-api:eu-central-1:111122223333:w1e2b3s4/prod/$connect");
  CHECK(request->header("headerauth1") == "headerValue1");
  CHECK(request->query_parameter("QueryString1") == "queryValue1");
  CHECK(request->stage_variables->empty());
  CHECK(request->request_context.connection_id == "XfGEXAMPLENjMFsCJR=");
}

TEST_CASE("authorizer: a request to an HTTP API, format 2.0, has AWS's values", "[events]") {
  const event_sample<events::authorizer_v2_request> request("authorizer/http_api_v2.json");
  CHECK(request->version == "2.0");
  CHECK(request->type == "REQUEST");
  CHECK(request->route_arn == "arn:aws:execute-api:eu-central-1:111122223333:h1t2t3p4/test/GET/request");
  CHECK(request->identity_source == strings{"user1", "123"});
  CHECK(request->route_key == "$default");
  CHECK(request->raw_path == "/my/path");
  CHECK(request->raw_query_string == "parameter1=value1&parameter1=value2&parameter2=value");
  CHECK(request->cookies == strings{"cookie1", "cookie2"});
  CHECK(request->header("HEADER1") == "value1");
  CHECK(request->query_parameter("parameter1") == "value1,value2");
  CHECK(request->request_context.http.method == "POST");
  CHECK(first_value(request->path_parameters, "parameter1") == "value1");
  CHECK(first_value(request->stage_variables, "stageVariable2") == "value2");
  CHECK(event_sample<events::authorizer_v2_request>("authorizer/http_api_v2_no_identity.json")->identity_source ==
        nullopt);
}
