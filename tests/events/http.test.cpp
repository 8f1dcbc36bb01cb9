#include <lambda_proc/events/http.hpp>

#include <lambda_proc/events/alb.hpp>
#include <lambda_proc/events/api_gateway_v2.hpp>
#include <lambda_proc/handler/handler.hpp>
#include <lambda_proc/testing.hpp>

#include "sample.hpp"

#include <stdexcept>
#include <string>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using namespace lambda_proc::events;
using lambda_proc::context;
using lambda_proc::failure;
using lambda_proc::result;
using nlohmann::json;

namespace {

struct item {
  std::string sku;
};

template <class Handler>
json reply_of(Handler handler, const std::string& event = R"({"requestContext":{"http":{"method":"GET"}}})") {
  lambda_proc::log_settings_in_use().level = lambda_proc::log_level::off;
  const json all = json::parse(lambda_proc::reply_to(handler, "{\"event\":" + event + "}"));
  REQUIRE(all["error"].is_null());
  return all["data"];
}

}  // namespace

TEST_CASE("http: a value is its JSON with status 200, nothing is 204, a response is sent as it is", "[events]") {
  const json value = reply_of(http([](const api_gateway_v2_request&) { return item{"A7"}; }));
  CHECK(value["statusCode"] == 200);
  CHECK(value["headers"]["content-type"] == "application/json");
  CHECK(value["body"] == R"({"sku":"A7"})");
  CHECK(reply_of(http([](const context&, const api_gateway_v2_request&) {}))["statusCode"] == 204);
  CHECK(reply_of(http([](const api_gateway_v2_request& r) { return http_response(r, 201).text("x"); }))["statusCode"] ==
        201);
  CHECK(reply_of(http([](const alb_request& r) { return item{std::string(r.path)}; }),
                 R"({"requestContext":{"elb":{}},"path":"/a"})")["statusDescription"] == "200 OK");
}

TEST_CASE("http: a client error is problem details with the failure's message", "[events]") {
  const json invalid = reply_of(http([](const api_gateway_v2_request&) { return failure{"invalid_event", "no sku"}; }));
  CHECK(invalid["statusCode"] == 400);
  CHECK(invalid["headers"]["content-type"] == "application/problem+json");
  CHECK(json::parse(invalid["body"].get<std::string>()) ==
        json{{"title", "Bad Request"}, {"status", 400}, {"detail", "no sku"}});
  const auto find = [](const api_gateway_v2_request&) -> result<item> { return failure{"no_such_item", "A7"}; };
  CHECK(reply_of(http(find, {{{"no_such_item", 404}}}))["statusCode"] == 404);
  CHECK(reply_of(http(find, {{{"other", 404}}}))["statusCode"] == 500);
}

TEST_CASE("http: details of any other failure are not sent", "[events]") {
  const json failed = reply_of(http([](const api_gateway_v2_request&) { return failure{"database", "password"}; }));
  CHECK(failed["statusCode"] == 500);
  CHECK(json::parse(failed["body"].get<std::string>()) == json{{"title", "Internal Server Error"}, {"status", 500}});
  const json bad = reply_of(http([](const api_gateway_v2_request& r) { return http_response(r).header("a b", "c"); }));
  CHECK(bad["statusCode"] == 500);
}

#ifdef __cpp_exceptions
TEST_CASE("http: an exception is a reply with status 500", "[events]") {
  const auto fails = [](const api_gateway_v2_request&) -> item { throw std::runtime_error("password"); };
  CHECK(reply_of(http(fails))["statusCode"] == 500);
  CHECK(reply_of(http(fails, {{{"std::runtime_error", 503}}}))["statusCode"] == 503);
}
#endif
