#include <lambda_proc/events/alb.hpp>

#include "sample.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

namespace events = lambda_proc::events;
using std::nullopt;
using alb_sample = support::event_sample<events::alb_request>;
using strings = std::vector<std::string_view>;

TEST_CASE("alb: samples are decoded without loss, unknown keys or unnoticed type errors", "[events]") {
  const std::string name = GENERATE("headers", "multi_value", "health_check");
  CAPTURE(name);
  alb_sample("alb/" + name + ".json").check();
}

TEST_CASE("alb: a request has single values, not URL-decoded", "[events]") {
  const alb_sample request("alb/headers.json");
  CHECK(request->request_context.elb.target_group_arn ==
        "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/items/6d0ecf831eec9f09");
  CHECK(request->http_method == "GET");
  CHECK(request->path == "/items/A7%20b");
  CHECK(request->query_parameter("tag") == "heavy%20load");
  CHECK(request->query_parameter("dry") == "");
  CHECK(request->query_parameter("none") == nullopt);
  CHECK_FALSE(request->multi_value_query_string_parameters);
  CHECK(request->header("X-Forwarded-For") == "203.0.113.17");
  CHECK_FALSE(request->multi_value_headers);
  CHECK(request->body == "");
  CHECK_FALSE(request->is_base64_encoded);
  CHECK(request->reply_format() == events::http_format::alb);
}

TEST_CASE("alb: with multi-value headers a request has lists, and so must the reply", "[events]") {
  const alb_sample request("alb/multi_value.json");
  CHECK_FALSE(request->headers);
  CHECK_FALSE(request->query_string_parameters);
  CHECK(request->header("Cookie") == "session=abc");
  CHECK(*request->multi_value_headers->find("cookie") == strings{"session=abc", "theme=dark"});
  CHECK(request->query_parameter("tag") == "blue");
  std::string buffer;
  const auto bytes = request->body_bytes(buffer);
  REQUIRE(bytes);
  CHECK(*bytes == std::string_view("\0\1\2\xFE\xFF", 5));
  CHECK(request->reply_format() == events::http_format::alb_multi_value);
}

TEST_CASE("alb: a health check is a request", "[events]") {
  const alb_sample request("alb/health_check.json");
  CHECK(request->header("User-Agent") == "ELB-HealthChecker/2.0");
  CHECK(request->header("x-forwarded-for") == nullopt);
  CHECK(request->query_string_parameters->empty());
}
