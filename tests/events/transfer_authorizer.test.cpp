#include <lambda_proc/events/transfer_authorizer.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("transfer_authorizer: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<transfer_authorizer_request>("transfer_authorizer/password.json").check();
}

TEST_CASE("transfer_authorizer: a user has a name, and the response a role and a home", "[events]") {
  const event_sample<transfer_authorizer_request> request("transfer_authorizer/password.json");
  CHECK(request->username == "svc-7");
  CHECK(request->server_id == "s-0123456789abcdef0");
  transfer_authorizer_response response;
  response.role = "arn:aws:iam::111122223333:role/transfer";
  response.home_directory_type = "LOGICAL";
  response.home_directory_details = encoded(std::vector<transfer_directory_mapping>{{"/", "/bucket/svc-7"}});
  CHECK(encoded(response) == R"({"Role":"arn:aws:iam::111122223333:role/transfer","HomeDirectoryType":"LOGICAL",)"
                             R"("HomeDirectoryDetails":"[{\"Entry\":\"/\",\"Target\":\"/bucket/svc-7\"}]"})");
  CHECK(encoded(transfer_authorizer_response{}) == "{}");
}
