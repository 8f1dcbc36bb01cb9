#include <lambda_proc/events/authorizer_response.hpp>

#include "encoded.hpp"

#include <optional>
#include <string>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

namespace events = lambda_proc::events;
using nlohmann::json;
using support::encoded;

namespace {

struct caller {
  std::string plan;
  std::vector<int> shops;
};

}  // namespace

TEST_CASE("authorizer_response: a policy allows or denies one method, and has no nulls", "[events]") {
  const char* const arn = "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/prod/GET/items/A7";
  CHECK(
      encoded(events::authorizer_response::allow("user-17", arn)) ==
      R"({"principalId":"user-17","policyDocument":{"Version":"2012-10-17","Statement":[{"Action":["execute-api:Invoke"],)"
      R"("Effect":"Allow","Resource":["arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/prod/GET/items/A7"]}]}})");
  const auto denied = json::parse(encoded(events::authorizer_response::deny("user-17", arn)));
  CHECK(denied["policyDocument"]["Statement"][0]["Effect"] == "Deny");
}

TEST_CASE("authorizer_response: a statement may exclude actions and resources, and have conditions", "[events]") {
  events::iam_statement statement;
  statement.effect = events::iam_effect::allow;
  statement.not_action = {"execute-api:ManageConnections"};
  statement.not_resource = {"arn:x"};
  statement.condition = {{"IpAddress", {{"aws:SourceIp", {"192.0.2.0/24"}}}}};
  CHECK(encoded(statement) ==
        R"({"NotAction":["execute-api:ManageConnections"],"Effect":"Allow","NotResource":["arn:x"],)"
        R"("Condition":{"IpAddress":{"aws:SourceIp":["192.0.2.0/24"]}}})");
}

TEST_CASE("authorizer_response: a policy may have several statements, a context and an API key", "[events]") {
  auto response = events::authorizer_response::allow("user-17", "*");
  response.policy_document.statement.push_back(
      {.action = {"execute-api:Invoke", "execute-api:ManageConnections"}, .resource = {"a", "b"}});
  response.context = events::authorizer_context{{"plan", "gold"}, {"limit", 100}, {"rate", 0.5}, {"beta", true}};
  response.usage_identifier_key = "key-value";
  CHECK(json::parse(encoded(response)) == json::parse(R"({
    "principalId": "user-17",
    "policyDocument": {
      "Version": "2012-10-17",
      "Statement": [
        {"Action": ["execute-api:Invoke"], "Effect": "Allow", "Resource": ["*"]},
        {"Action": ["execute-api:Invoke", "execute-api:ManageConnections"], "Effect": "Deny", "Resource": ["a", "b"]}
      ]
    },
    "context": {"plan": "gold", "limit": 100, "rate": 0.5, "beta": true},
    "usageIdentifierKey": "key-value"
  })"));
}

TEST_CASE("authorizer_response: the simple form allows or denies, with a context of any type", "[events]") {
  CHECK(encoded(events::authorizer_v2_response<>{}) == R"({"isAuthorized":false})");
  CHECK(encoded(events::authorizer_v2_response<>{true, {{{"plan", "gold"}}}}) ==
        R"({"isAuthorized":true,"context":{"plan":"gold"}})");
  CHECK(encoded(events::authorizer_v2_response<caller>{true, caller{"gold", {1, 2}}}) ==
        R"({"isAuthorized":true,"context":{"plan":"gold","shops":[1,2]}})");
}
