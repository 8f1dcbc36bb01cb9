#include <lambda_proc/events/auto_scaling.hpp>

#include "sample.hpp"

#include <chrono>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("auto_scaling: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<auto_scaling_lifecycle_event>(
      GENERATE("auto_scaling_lifecycle/launch.json", "auto_scaling_lifecycle/terminate.json"))
      .check();
  event_sample<auto_scaling_instance_event>(
      GENERATE("auto_scaling_instance/launched.json", "auto_scaling_instance/not_terminated.json"))
      .check();
}

TEST_CASE("auto_scaling: a lifecycle action has the token to complete it", "[events]") {
  const event_sample<auto_scaling_lifecycle_event> event("auto_scaling_lifecycle/launch.json");
  CHECK(event->detail.lifecycle_action_token == "87654321-4321-4321-4321-210987654321");
  CHECK(event->detail.ec2_instance_id == "i-1234567890abcdef0");
  CHECK(event->detail.notification_metadata->text() == R"("{\"color\":\"blue\"}")");
  CHECK(event->detail.destination == "AutoScalingGroup");
  const event_sample<auto_scaling_lifecycle_event> end("auto_scaling_lifecycle/terminate.json");
  CHECK(end->detail.notification_metadata->text() == "{}");
  CHECK(!end->detail.origin);
}

TEST_CASE("auto_scaling: an instance's change has a cause and times", "[events]") {
  const event_sample<auto_scaling_instance_event> event("auto_scaling_instance/launched.json");
  CHECK(event->detail.cause.starts_with("a user request"));
  CHECK(*event->detail.details.find("Subnet ID") == "subnet-12345678");
  CHECK(event->detail.end_time->time - event->detail.start_time->time == 25603ms);
  const event_sample<auto_scaling_instance_event> failed("auto_scaling_instance/not_terminated.json");
  CHECK(failed->detail.status_code == "Failed");
  CHECK(!failed->detail.end_time);
}
