#include <lambda_proc/events/codepipeline.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("codepipeline: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<codepipeline_event>("codepipeline/job.json").check();
}

TEST_CASE("codepipeline: a job has its parameters and artifacts", "[events]") {
  const event_sample<codepipeline_event> event("codepipeline/job.json");
  CHECK(event->job.id == "11111111-abcd-1111-abcd-111111abcdef");
  CHECK(event->job.data.action_configuration.configuration.user_parameters == R"({"a":1})");
  CHECK(event->job.data.input_artifacts.at(0).location.s3_location.object_key == "shop/a.zip");
  CHECK(event->job.data.continuation_token == "c-7");
}
