#include <lambda_proc/events/appsync.hpp>

#include "sample.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("appsync: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<appsync_event<>>(GENERATE("appsync/query.json", "appsync/cognito.json", "appsync/iam.json")).check();
  event_sample<appsync_authorizer_request>("appsync_authorizer/query.json").check();
}

namespace {

struct arguments {
  std::string sku;
};

}  // namespace

TEST_CASE("appsync: the arguments may be a struct", "[events]") {
  const event_sample<appsync_event<arguments>> event("appsync/query.json");
  CHECK(event->arguments.sku == "A7");
  CHECK(event->info.field_name == "item");
  CHECK(event->info.parent_type_name == "Query");
  CHECK(event->info.selection_set_list.size() == 3);
  CHECK(!event->identity);
  CHECK(!event->source);
  CHECK(*event->request.headers.find("X-Forwarded-For") == "192.0.2.7");
}

TEST_CASE("appsync: the identity has what the API's authorization knows", "[events]") {
  const event_sample<appsync_event<>> event("appsync/cognito.json");
  CHECK(event->identity->username == "svc-7");
  CHECK(event->identity->groups->at(0) == "staff");
  CHECK(support::compact(event->prev->result.text()) == R"({"a":1})");
  CHECK(support::compact(event_sample<appsync_event<>>("appsync/iam.json")->identity->resolver_context->text()) ==
        R"({"plan":"gold"})");
}

TEST_CASE("appsync: a batch is a list of events, and its reply a list of results", "[events]") {
  const event_sample<appsync_batch<lambda_proc::raw_json, arguments>> batch("appsync_batch/items.json");
  REQUIRE(batch->size() == 2);
  CHECK(batch->at(1).source->sku == "B2");
  const std::vector<appsync_batch_result<arguments>> results{{.data = arguments{"A7"}},
                                                             {.error_message = "gone", .error_type = "not_found"}};
  CHECK(encoded(results) == R"([{"data":{"sku":"A7"}},{"errorMessage":"gone","errorType":"not_found"}])");
}

TEST_CASE("appsync: an authorizer allows or denies, and may hide fields", "[events]") {
  const event_sample<appsync_authorizer_request> request("appsync_authorizer/query.json");
  CHECK(request->authorization_token == "Bearer EXAMPLE");
  CHECK(request->request_context.operation_name == "items");
  appsync_authorizer_response response{.is_authorized = true};
  response.resolver_context.emplace()["plan"] = "gold";
  response.denied_fields.emplace().push_back("Mutation.order");
  response.ttl_override = 10;
  CHECK(
      encoded(response) ==
      R"({"isAuthorized":true,"resolverContext":{"plan":"gold"},"deniedFields":["Mutation.order"],"ttlOverride":10})");
}
