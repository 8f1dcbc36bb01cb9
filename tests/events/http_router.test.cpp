#include <lambda_proc/events/http_router.hpp>

#include <lambda_proc/events/alb.hpp>
#include <lambda_proc/events/api_gateway_v1.hpp>
#include <lambda_proc/events/api_gateway_v2.hpp>
#include <lambda_proc/events/vpc_lattice.hpp>

#include "sample.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using namespace lambda_proc::events;
using lambda_proc::context;
using lambda_proc::failure;
using lambda_proc::result;
using support::encoded;

namespace {

using request = api_gateway_v2_request;
using nlohmann::json;

auto make_router() {
  return http_router(
      {{{"gone", 410}}},
      route("GET", "/items/{id}",
            [](const routed<request>& get) -> result<std::string> {
              if (get.parameter("id") == "B2") return failure{"gone", "sold"};
              return std::string(get.parameter("id")) + std::string(get.parameter("other"));
            }),
      route("PUT", "/items/{id}", [](const context&, const routed<request>& put) { return put.parameters.size(); }),
      route("POST", "/items", [](const routed<request>& post) { return http_response(post.request, 201); }),
      route("GET", "/", [](const routed<request>&) {}),
      route("GET", "/files/{path+}", [](const routed<request>& get) { return std::string(get.parameter("path")); }));
}

json reply_by_route(std::string_view method, std::string_view path, std::string_view stage = "$default") {
  request sent;
  sent.request_context.http.method = method;
  sent.request_context.stage = stage;
  sent.raw_path = path;
  auto router = make_router();
  return json::parse(encoded(router(context{}, sent)));
}

}  // namespace

TEST_CASE("http_router: the method and the path choose a handler, which gets the parameters", "[events]") {
  CHECK(reply_by_route("GET", "/items/A7")["body"] == "\"A7\"");
  CHECK(reply_by_route("PUT", "/items/A7")["body"] == "1");
  CHECK(reply_by_route("POST", "/items")["statusCode"] == 201);
  CHECK(reply_by_route("GET", "/")["statusCode"] == 204);
  CHECK(reply_by_route("GET", "/files/a/b.txt")["body"] == "\"a/b.txt\"");
  CHECK(reply_by_route("GET", "/items/B2")["statusCode"] == 410);
}

TEST_CASE("http_router: the stage of an HTTP API is not a part of the path", "[events]") {
  CHECK(reply_by_route("GET", "/prod/items/A7", "prod")["body"] == "\"A7\"");
  CHECK(reply_by_route("GET", "/prod", "prod")["statusCode"] == 204);
  CHECK(reply_by_route("GET", "/production/items/A7", "prod")["statusCode"] == 404);
}

TEST_CASE("http_router: an unknown path is 404, a method without a route 405 with the allowed ones", "[events]") {
  const auto* path = GENERATE("/item", "/items/", "/items/A7/", "/items/A7/x", "", "/files/", "items");
  CAPTURE(path);
  const json missing = reply_by_route("GET", path);
  CHECK(missing["statusCode"] == 404);
  CHECK(missing["headers"]["content-type"] == "application/problem+json");
  const json refused = reply_by_route("DELETE", "/items/A7");
  CHECK(refused["statusCode"] == 405);
  CHECK(refused["headers"]["allow"] == "GET, HEAD, PUT");
}

TEST_CASE("http_router: GET takes HEAD, without a body", "[events]") {
  const json head = reply_by_route("HEAD", "/items/A7");
  CHECK(head["statusCode"] == 200);
  CHECK(head["body"] == "");
  CHECK(reply_by_route("HEAD", "/items")["statusCode"] == 405);
}

TEST_CASE("http_router: every kind of request has a path", "[events]") {
  const auto body = [](auto sent) {
    using type = decltype(sent);
    auto router =
        http_router(route("GET", "/a/{b}", [](const routed<type>& get) { return std::string(get.parameter("b")); }));
    return json::parse(encoded(router(context{}, sent)))["body"];
  };
  alb_request alb{};
  alb.http_method = "GET";
  alb.path = "/a/1";
  CHECK(body(alb) == "\"1\"");
  api_gateway_v1_request rest{};
  rest.http_method = "GET";
  rest.path = "/a/2";
  CHECK(body(rest) == "\"2\"");
  vpc_lattice_v1_request lattice{};
  lattice.method = "GET";
  lattice.raw_path = "/a/3?b=4";
  CHECK(body(lattice) == "\"3\"");
  vpc_lattice_v2_request second{};
  second.method = "GET";
  second.path = "/a/5";
  CHECK(body(second) == "\"5\"");
}
