#include <lambda_proc/events/codecommit.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("codecommit: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<codecommit_event>("codecommit/push.json").check();
}

TEST_CASE("codecommit: a push names the references that changed", "[events]") {
  const event_sample<codecommit_event> event("codecommit/push.json");
  const auto& record = event->records.at(0);
  CHECK(record.codecommit.references.at(0).ref == "refs/heads/main");
  CHECK(record.codecommit.references.at(0).created == true);
  CHECK(record.user_identity_arn == "arn:aws:iam::111122223333:user/svc-7");
  CHECK(record.event_part_number == 1);
}
