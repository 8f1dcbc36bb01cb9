#include <lambda_proc/events/codebuild.hpp>

#include "sample.hpp"

#include <catch2/catch_all.hpp>

using lambda_proc::events::codebuild_event;
using support::event_sample;

TEST_CASE("codebuild: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<codebuild_event>(GENERATE("codebuild/succeeded.json", "codebuild/in_progress.json")).check();
}

TEST_CASE("codebuild: the members of a finished build have AWS's values", "[events]") {
  const event_sample<codebuild_event> event("codebuild/succeeded.json");
  CHECK(event->detail_type == lambda_proc::events::codebuild_state_change::detail_type);
  const auto& detail = event->detail;
  CHECK(detail.build_status == "SUCCEEDED");
  CHECK(detail.project_name == "shop");
  CHECK(detail.build_id == event->resources.at(0));
  CHECK(detail.current_phase == "COMPLETED");
  CHECK(detail.current_phase_context == "[]");
  CHECK(detail.version == "1");

  const auto& info = detail.additional_information;
  CHECK(info.artifact->md5sum == "0cc175b9c0f1b6a831c399e269772661");
  CHECK(info.artifact->sha256sum == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
  CHECK(info.artifact->location == "arn:aws:s3:::builds-example/shop.zip");
  CHECK(info.cache->type == "NO_CACHE");
  CHECK(!info.cache->location);
  CHECK(info.network_interface->subnet_id == "subnet-0a");
  CHECK(info.network_interface->network_interface_id == "eni-0b");
  CHECK(info.timeout_in_minutes == 60);
  CHECK(info.queued_timeout_in_minutes == 480U);
  CHECK(info.build_complete);
  CHECK(info.build_number == 55U);
  CHECK(info.initiator == "codepipeline/shop");
  CHECK(info.build_start_time == "Jan 7, 2026 9:14:26 AM");
  CHECK(info.source.buildspec == "buildspec.yml");
  CHECK(info.source.location == "https://git.example/shop.git");
  CHECK(info.source.type == "GITHUB_ENTERPRISE");
  CHECK(info.source_version == "main");
  CHECK(info.logs->group_name == "/aws/codebuild/shop");
  CHECK(info.logs->stream_name == "8745a7a9");
  CHECK(info.logs->deep_link == "https://console.example/logs");
}

TEST_CASE("codebuild: the environment includes its variables", "[events]") {
  const event_sample<codebuild_event> event("codebuild/succeeded.json");
  const auto& environment = event->detail.additional_information.environment;
  CHECK(environment.image == "aws/codebuild/standard:7.0");
  CHECK(!environment.privileged_mode);
  CHECK(environment.compute_type == "BUILD_GENERAL1_SMALL");
  CHECK(environment.type == "LINUX_CONTAINER");
  CHECK(environment.image_pull_credentials_type == "CODEBUILD");
  REQUIRE(environment.environment_variables.size() == 2);
  CHECK(environment.environment_variables[0].name == "STAGE");
  CHECK(environment.environment_variables[0].type == "PLAINTEXT");
  CHECK(environment.environment_variables[0].value == "test");
  CHECK(!environment.environment_variables[1].type);
}

TEST_CASE("codebuild: a phase in progress has neither end nor status", "[events]") {
  const event_sample<codebuild_event> event("codebuild/succeeded.json");
  const auto& phases = *event->detail.additional_information.phases;
  REQUIRE(phases.size() == 3);
  CHECK(phases[1].phase_type == "BUILD");
  CHECK(phases[1].phase_status == "SUCCEEDED");
  CHECK(phases[1].start_time == "Jan 7, 2026 9:14:26 AM");
  CHECK(phases[1].end_time == "Jan 7, 2026 9:14:30 AM");
  CHECK(phases[1].duration_in_seconds == 70U);
  CHECK(phases[1].phase_context->size() == 2);
  CHECK(phases[2].phase_type == "COMPLETED");
  CHECK(!phases[2].phase_context);
  CHECK(!phases[2].end_time);
  CHECK(!phases[2].duration_in_seconds);
  CHECK(!phases[2].phase_status);
}

TEST_CASE("codebuild: a build in progress lacks some members", "[events]") {
  const event_sample<codebuild_event> event("codebuild/in_progress.json");
  const auto& info = event->detail.additional_information;
  CHECK(event->detail.build_status == "IN_PROGRESS");
  CHECK(!info.build_complete);
  CHECK(info.artifact->location.empty());
  CHECK(!info.artifact->md5sum);
  CHECK(!info.cache);
  CHECK(!info.network_interface);
  CHECK(!info.build_number);
  CHECK(!info.source.location);
  CHECK(!info.logs->group_name);
  CHECK(!info.logs->deep_link);
  CHECK(!info.phases);
}
