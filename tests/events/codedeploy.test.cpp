#include <lambda_proc/events/codedeploy.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("codedeploy: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<codedeploy_hook_event>("codedeploy/hook.json").check();
  event_sample<codedeploy_event>(GENERATE("codedeploy_state/deployment.json", "codedeploy_state/instance.json"))
      .check();
}

TEST_CASE("codedeploy: a hook has the two ids to report with", "[events]") {
  const event_sample<codedeploy_hook_event> event("codedeploy/hook.json");
  CHECK(event->deployment_id == "d-AAAABBBBB");
  CHECK(event->lifecycle_event_hook_execution_id == "eyJEXAMPLE");
}

TEST_CASE("codedeploy: a state change is of a deployment, or of one of its instances", "[events]") {
  const event_sample<codedeploy_event> deployment("codedeploy_state/deployment.json");
  CHECK(deployment->detail.state == "SUCCESS");
  CHECK(deployment->detail.deployment_group == "blue");
  CHECK(!deployment->detail.instance_id);
  const event_sample<codedeploy_event> instance("codedeploy_state/instance.json");
  CHECK(instance->detail.instance_id == "i-0000000aaaaaaaaaa");
}
