#include <lambda_proc/events/http_response.hpp>

#include <lambda_proc/events/alb.hpp>
#include <lambda_proc/events/api_gateway_v2.hpp>

#include "encoded.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

namespace events = lambda_proc::events;
using events::http_format;
using events::http_response;
using json = nlohmann::json;
using support::encoded;

namespace {

struct stocked_item {
  std::string_view id;
  int count;
};

http_response full_response(http_format format) {
  return http_response(format, 201)
      .text("<p>\"h\xC3\xA9\"</p>\n", "text/html")
      .header("X-Once", "1")
      .add_header("Vary", "accept")
      .add_header("vary", "origin")
      .cookie("a=1; Secure")
      .cookie("b=2");
}

json parsed(const http_response& response) { return json::parse(encoded(response)); }

}  // namespace

TEST_CASE("http_response: REST APIs get repeated headers and cookies as lists, others as text", "[events]") {
  CHECK(parsed(full_response(http_format::api_gateway_v1)) == json::parse(R"({
    "statusCode": 201,
    "headers": {"content-type": "text/html", "X-Once": "1"},
    "multiValueHeaders": {"Vary": ["accept", "origin"], "set-cookie": ["a=1; Secure", "b=2"]},
    "body": "<p>\"hé\"</p>\n",
    "isBase64Encoded": false
  })"));
}

TEST_CASE("http_response: HTTP APIs and function URLs get headers joined and a list of cookies", "[events]") {
  CHECK(parsed(full_response(http_format::api_gateway_v2)) == json::parse(R"({
    "statusCode": 201,
    "headers": {"content-type": "text/html", "X-Once": "1", "Vary": "accept, origin"},
    "cookies": ["a=1; Secure", "b=2"],
    "body": "<p>\"hé\"</p>\n",
    "isBase64Encoded": false
  })"));
}

TEST_CASE("http_response: load balancers get one value for each key, and cookies under keys that differ in case",
          "[events]") {
  CHECK(parsed(full_response(http_format::alb)) == json::parse(R"({
    "statusCode": 201,
    "statusDescription": "201 Created",
    "headers": {"content-type": "text/html", "X-Once": "1", "Vary": "accept, origin",
                "set-cookie": "a=1; Secure", "Set-cookie": "b=2"},
    "body": "<p>\"hé\"</p>\n",
    "isBase64Encoded": false
  })"));
  http_response many(http_format::alb);
  for (int i = 0; i < 20; ++i) many.cookie("c=" + std::to_string(i));
  CHECK(parsed(many)["headers"].size() == 20);
}

TEST_CASE("http_response: load balancers with multi-value headers get only lists", "[events]") {
  CHECK(parsed(full_response(http_format::alb_multi_value)) == json::parse(R"({
    "statusCode": 201,
    "statusDescription": "201 Created",
    "multiValueHeaders": {"content-type": ["text/html"], "X-Once": ["1"], "Vary": ["accept", "origin"],
                          "set-cookie": ["a=1; Secure", "b=2"]},
    "body": "<p>\"hé\"</p>\n",
    "isBase64Encoded": false
  })"));
}

TEST_CASE("http_response: by default it is an empty 200, with no member null or missing", "[events]") {
  CHECK(encoded(http_response(http_format::api_gateway_v1)) ==
        R"({"statusCode":200,"headers":{},"body":"","isBase64Encoded":false})");
  CHECK(encoded(http_response(http_format::api_gateway_v2)) ==
        R"({"statusCode":200,"headers":{},"body":"","isBase64Encoded":false})");
  CHECK(encoded(http_response(http_format::alb)) ==
        R"({"statusCode":200,"statusDescription":"200 OK","headers":{},"body":"","isBase64Encoded":false})");
  CHECK(encoded(http_response(http_format::alb_multi_value)) ==
        R"({"statusCode":200,"statusDescription":"200 OK","multiValueHeaders":{},"body":"","isBase64Encoded":false})");
}

TEST_CASE("http_response: bytes are sent as base64 and marked as such", "[events]") {
  const std::string bytes("\0\1\2\xFE\xFF", 5);
  CHECK(encoded(http_response(http_format::api_gateway_v2).binary(bytes, "image/png")) ==
        R"({"statusCode":200,"headers":{"content-type":"image/png"},"body":"AAEC/v8=","isBase64Encoded":true})");
}

TEST_CASE("http_response: a body that is not UTF-8 becomes base64 by itself", "[events]") {
  CHECK(parsed(http_response(http_format::alb).text("\xFF", "text/plain"))["body"] == "/w==");
  CHECK(parsed(http_response(http_format::alb).text("\xFF", "text/plain"))["isBase64Encoded"] == true);
  CHECK(parsed(http_response(http_format::alb).text("h\xC3\xA9"))["isBase64Encoded"] == false);
}

TEST_CASE("http_response: HEAD, 1xx, 204 and 304 have no body, but keep their headers", "[events]") {
  const int status = GENERATE(103, 204, 304);
  const auto response = parsed(http_response(http_format::api_gateway_v2, status).binary("x", "image/png"));
  CHECK(response["body"] == "");
  CHECK(response["isBase64Encoded"] == false);
  CHECK(response["headers"]["content-type"] == "image/png");
  lambda_proc::events::api_gateway_v2_request head;
  head.request_context.http.method = "HEAD";
  CHECK(parsed(http_response(head).text("x"))["body"] == "");
  lambda_proc::events::alb_request get;
  get.http_method = "GET";
  CHECK(parsed(http_response(get).text("x"))["body"] == "x");
}

TEST_CASE("http_response: load balancers get a description of the status", "[events]") {
  CHECK(parsed(http_response(http_format::alb, 404))["statusDescription"] == "404 Not Found");
  CHECK(parsed(http_response(http_format::alb, 299))["statusDescription"] == "299 OK");
  CHECK(!parsed(http_response(http_format::api_gateway_v1, 404)).contains("statusDescription"));
}

TEST_CASE("http_response: the last body wins, with its content-type", "[events]") {
  http_response response(http_format::api_gateway_v2);
  response.binary("\xFF", "image/png");
  response.json(stocked_item{"A7", 3});
  CHECK(encoded(response) == R"({"statusCode":200,"headers":{"content-type":"application/json"},)"
                             R"("body":"{\"id\":\"A7\",\"count\":3}","isBase64Encoded":false})");
  response.text("plain");
  CHECK(parsed(response)["headers"]["content-type"] == "text/plain; charset=utf-8");
  CHECK(parsed(response)["body"] == "plain");
}

TEST_CASE("http_response: header() replaces values, add_header() adds one, and names are case-insensitive",
          "[events]") {
  const auto response = parsed(http_response(http_format::api_gateway_v1)
                                   .add_header("X-A", "1")
                                   .add_header("x-a", "2")
                                   .header("X-a", "3")
                                   .add_header("Set-Cookie", "c=1")
                                   .cookie("d=2"));
  CHECK(response["headers"] == json{{"X-A", "3"}});
  CHECK(response["multiValueHeaders"] == json{{"Set-Cookie", {"c=1", "d=2"}}});
}

TEST_CASE("http_response: Set-Cookie is a cookie however it is spelt or added", "[events]") {
  const auto response = parsed(http_response(http_format::api_gateway_v2).header("SET-COOKIE", "c=1"));
  CHECK(response["headers"].empty());
  CHECK(response["cookies"] == json{"c=1"});
}

TEST_CASE("http_response: an invalid status or header is a failure", "[events]") {
  const auto why = [](auto&& change) {
    http_response response(http_format::api_gateway_v2);
    change(response);
    return support::why_not_encoded(response);
  };
  const std::string_view name = GENERATE("", "a b", "a:", "x\r\nset-cookie", "\xC3\xA9", "a\n");
  CHECK(why([&](auto& r) { r.header(name, "1"); }) ==
        "an HTTP header name is empty or has a character that is not allowed");
  const std::string value = GENERATE(as<std::string>{}, "a\r\nset-cookie: b=1", "a\nb", "\x7F", std::string("a\0b", 3));
  CHECK(why([&](auto& r) { r.add_header("x-a", value); }) ==
        "an HTTP header has a line break or another control character");
  CHECK(why([&](auto& r) { r.cookie(value); }) == "an HTTP header has a line break or another control character");
  const int status = GENERATE(0, -1, 99, 600, 20000);
  CHECK(why([&](auto& r) { r.status(status); }) == "an HTTP status is outside the range 100 to 599");
  CHECK(support::why_not_encoded(http_response(http_format::alb, status)) ==
        "an HTTP status is outside the range 100 to 599");
  CHECK(why([&](auto& r) { r.json(lambda_proc::raw_json("{")); }) ==
        "the raw JSON of the reply is not valid JSON, or nested too deep");
}

TEST_CASE("http_response: values may contain tabs and non-ASCII bytes", "[events]") {
  CHECK(support::why_not_encoded(http_response(http_format::alb).header("x-a", "a\tb \xC3\xA9")).empty());
}
