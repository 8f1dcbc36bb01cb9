#include <lambda_proc/events/secrets_manager.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("secrets_manager: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<secrets_manager_rotation_event>("secrets_manager/create.json").check();
}

TEST_CASE("secrets_manager: a step of a rotation names the secret and its new version", "[events]") {
  const event_sample<secrets_manager_rotation_event> event("secrets_manager/create.json");
  CHECK(event->step == "createSecret");
  CHECK(event->secret_id == "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-a1b2c3");
  CHECK(event->client_request_token == "5b0f2a3c-0000-4000-8000-000000000012");
  CHECK(event->rotation_token == "EXAMPLE");
}
