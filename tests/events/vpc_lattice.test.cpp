#include <lambda_proc/events/vpc_lattice.hpp>

#include <lambda_proc/events/http_response.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;
using nlohmann::json;

TEST_CASE("vpc_lattice: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<vpc_lattice_v1_request>(GENERATE("vpc_lattice_v1/get.json", "vpc_lattice_v1/bare.json")).check();
  event_sample<vpc_lattice_v2_request>(GENERATE("vpc_lattice_v2/post.json", "vpc_lattice_v2/anonymous.json")).check();
}

TEST_CASE("vpc_lattice: version 1 has single values, and the query string in the path", "[events]") {
  const event_sample<vpc_lattice_v1_request> request("vpc_lattice_v1/get.json");
  CHECK(request->raw_path == "/items/A7?page=2");
  CHECK(request->header("User-Agent") == "curl/8.5.0");
  CHECK(request->query_parameter("page") == "2");
  std::string buffer;
  CHECK(*event_sample<vpc_lattice_v1_request>("vpc_lattice_v1/bare.json")->body_bytes(buffer) == "x");
}

TEST_CASE("vpc_lattice: version 2 has lists of values, and who sent the request", "[events]") {
  const event_sample<vpc_lattice_v2_request> request("vpc_lattice_v2/post.json");
  CHECK(request->path == "/items");
  CHECK(request->header("Content-Type") == "application/json");
  CHECK(request->headers.find("x-note")->size() == 2);
  CHECK(request->query_parameter("sort") == "sku");
  CHECK(request->request_context.identity.principal_org_id == "o-50dc6c495c");
  CHECK(request->request_context.identity.x509_subject_cn == "orders");
  CHECK(request->request_context.time_epoch.time.time_since_epoch() == 1767777266103456us);
  std::string buffer;
  CHECK(*request->body_bytes(buffer) == R"({"sku":"A7"})");
}

TEST_CASE("vpc_lattice: a query parameter of version 2 may be a single value", "[events]") {
  support::json_source source(R"({"queryStringParameters":{"page":"2"},"requestContext":{"targetGroupArn":"arn:x"}})");
  vpc_lattice_v2_request request;
  REQUIRE(source.decode_into(request));
  CHECK(request.query_parameter("page") == "2");
}

TEST_CASE("vpc_lattice: the response is that of a load balancer", "[events]") {
  const event_sample<vpc_lattice_v2_request> request("vpc_lattice_v2/post.json");
  CHECK(
      json::parse(encoded(http_response(*request, 201).text("made"))) ==
      json::parse(
          R"({"statusCode":201,"statusDescription":"201 Created","headers":{"content-type":"text/plain; charset=utf-8"},)"
          R"("body":"made","isBase64Encoded":false})"));
}
