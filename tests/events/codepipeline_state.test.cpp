#include <lambda_proc/events/codepipeline_state.hpp>

#include "sample.hpp"

#include <cstdint>
#include <string_view>
#include <variant>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::event_sample;

TEST_CASE("codepipeline_state: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<codepipeline_state_event>(GENERATE("codepipeline_state/started.json", "codepipeline_state/git_tag.json",
                                                  "codepipeline_state/stage.json", "codepipeline_state/action.json"))
      .check();
}

TEST_CASE("codepipeline_state: a pipeline's change says what started it", "[events]") {
  const event_sample<codepipeline_state_event> user("codepipeline_state/started.json");
  CHECK(user->detail.execution_trigger->trigger_type == "StartPipelineExecution");
  CHECK(std::get<std::int64_t>(*user->detail.version) == 3);
  const event_sample<codepipeline_state_event> tag("codepipeline_state/git_tag.json");
  CHECK(tag->detail.execution_trigger->tag_name == "v4.2.1");
  CHECK(tag->detail.stop_execution_comments == "wrong tag");
  CHECK(!tag->detail.stage);
}

TEST_CASE("codepipeline_state: a stage and an action are named", "[events]") {
  const event_sample<codepipeline_state_event> stage("codepipeline_state/stage.json");
  CHECK(stage->detail.stage == "Build");
  CHECK(std::get<std::string_view>(*stage->detail.version) == "1");
  CHECK(stage->detail.stage_last_retry_attempt_time);
  const event_sample<codepipeline_state_event> action("codepipeline_state/action.json");
  CHECK(action->detail.action == "Source");
  CHECK(action->detail.type->provider == "CodeCommit");
  CHECK(action->detail.execution_result->error_code == "JobFailed");
  CHECK(action->detail.output_artifacts->at(0).s3_location.key == "shop/SourceArti/1");
  CHECK(action->detail.output_artifacts->at(1).s3_location.key.empty());
}
