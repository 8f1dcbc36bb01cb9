#include <lambda_proc/events/ecr.hpp>

#include "sample.hpp"

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::event_sample;

TEST_CASE("ecr: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<ecr_image_action_event>(GENERATE("ecr/push.json", "ecr/delete.json")).check();
  event_sample<ecr_image_scan_event>(GENERATE("ecr_scan/complete.json", "ecr_scan/clean.json")).check();
}

TEST_CASE("ecr: an action names the image, which may have no tag", "[events]") {
  const event_sample<ecr_image_action_event> push("ecr/push.json");
  CHECK(push->detail.action_type == "PUSH");
  CHECK(push->detail.repository_name == "price");
  CHECK(push->detail.image_tag == "latest");
  CHECK(!event_sample<ecr_image_action_event>("ecr/delete.json")->detail.image_tag);
}

TEST_CASE("ecr: a scan counts findings by severity", "[events]") {
  const event_sample<ecr_image_scan_event> scan("ecr_scan/complete.json");
  CHECK(scan->detail.finding_severity_counts.at("CRITICAL") == 10);
  CHECK(scan->detail.image_tags.size() == 2);
  CHECK(event_sample<ecr_image_scan_event>("ecr_scan/clean.json")->detail.finding_severity_counts.empty());
}
