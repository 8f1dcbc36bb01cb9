#include <lambda_proc/events/cloudformation.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;
using nlohmann::json;

TEST_CASE("cloudformation: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<cloudformation_event<>>(
      GENERATE("cloudformation/create.json", "cloudformation/update.json", "cloudformation/delete.json"))
      .check();
}

namespace {

struct properties {
  std::string_view cents;
  using json_naming = lambda_proc::pascal_case;
};

}  // namespace

TEST_CASE("cloudformation: the properties may be a struct", "[events]") {
  const event_sample<cloudformation_event<properties>> event("cloudformation/update.json");
  CHECK(event->request_type == "Update");
  CHECK(event->resource_properties.cents == "300");
  CHECK(event->old_resource_properties->cents == "310");
  CHECK(event->physical_resource_id == "price-7");
}

TEST_CASE("cloudformation: the response repeats the request's ids", "[events]") {
  const event_sample<cloudformation_event<>> event("cloudformation/create.json");
  auto response = cloudformation_response<properties>::to(*event);
  response.data = properties{"300"};
  json expected = json::parse(R"({"Status":"SUCCESS","PhysicalResourceId":"Price","LogicalResourceId":"Price",
      "RequestId":"5b0f2a3c-0000-4000-8000-000000000011","Data":{"Cents":"300"}})");
  expected["StackId"] = event->stack_id;
  CHECK(json::parse(encoded(response)) == expected);
  response.fail("no such price");
  expected["Status"] = "FAILED";
  expected["Reason"] = "no such price";
  CHECK(json::parse(encoded(response)) == expected);
}
