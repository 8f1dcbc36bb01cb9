#pragma once
// SPDX-License-Identifier: MIT
// AWS CodePipeline: "execution state change" of a pipeline, a stage or an action, an EventBridge event with a typed
// detail. For the job of an invoke action include codepipeline.hpp.

#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/eventbridge.hpp>
#include <lambda_proc/events/rfc3339_time.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A number, sent as 3.0, 3 or "3".
using codepipeline_number = std::variant<std::int64_t, std::string_view>;

/// What started an execution: a type and a detail, or a change of a repository.
struct codepipeline_execution_trigger {
  /// "StartPipelineExecution", "CreatePipeline", "CloudWatchEvent", "Webhook", …
  std::optional<std::string_view> trigger_type;
  /// Usually an ARN.
  std::optional<std::string_view> trigger_detail;
  /// "GitHub", "GitLab", "Bitbucket"; only for a change of a repository, as are the members below.
  std::optional<std::string_view> provider_type;
  std::optional<std::string_view> full_repository_name;
  std::optional<std::string_view> branch_name;
  std::optional<std::string_view> tag_name;
  std::optional<std::string_view> commit_id;
  std::optional<std::string_view> commit_message;
  std::optional<std::string_view> author_id;
  std::optional<std::string_view> author_display_name;
  std::optional<std::string_view> author_email;
  std::optional<rfc3339_time> author_date;
  std::optional<std::string_view> connection_arn;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

struct codepipeline_action_type {
  /// "AWS", "ThirdParty" or "Custom".
  std::string_view owner;
  /// "Source", "Build", "Test", "Deploy", "Approval", "Invoke" or "Compute".
  std::string_view category;
  /// "CodeBuild", "CodeDeploy", …
  std::string_view provider;
  std::optional<codepipeline_number> version;

  using json_missing = leave_empty;
};

struct codepipeline_execution_result {
  std::optional<std::string_view> external_execution_url;
  std::optional<std::string_view> external_execution_summary;
  std::optional<std::string_view> external_execution_id;
  /// Only if the action failed: "JobFailed".
  std::optional<std::string_view> error_code;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

struct codepipeline_artifact_location {
  std::string_view bucket;
  std::string_view key;

  using json_missing = leave_empty;
};

struct codepipeline_execution_artifact {
  std::string_view name;
  codepipeline_artifact_location s3_location;

  using json_missing = leave_empty;
  static constexpr auto json_names = names{"s3_location", "s3location"};
};

/// The detail of a "CodePipeline Pipeline Execution State Change", "… Stage …" or "… Action …": what the event's
/// detail_type names has a new state.
///
/// Fields: CodePipeline User Guide, "Monitoring CodePipeline events" (detect-state-changes-cloudwatch-events).
struct codepipeline_state_change {
  std::string_view pipeline;
  std::string_view execution_id;
  /// "STARTED", "SUCCEEDED", "RESUMED", "FAILED", "STOPPING", "STOPPED", "CANCELED", "SUPERSEDED" or "ABANDONED".
  std::string_view state;
  /// The version of the pipeline's structure.
  std::optional<codepipeline_number> version;
  std::optional<codepipeline_number> pipeline_execution_attempt;
  std::optional<rfc3339_time> start_time;
  /// Only of a pipeline, as are the two members below.
  std::optional<codepipeline_execution_trigger> execution_trigger;
  std::optional<std::string_view> stop_execution_comments;
  std::optional<rfc3339_time> last_retry_attempt_time;
  /// Of a stage or an action.
  std::optional<std::string_view> stage;
  /// Only of a stage that was tried again.
  std::optional<rfc3339_time> stage_last_retry_attempt_time;
  /// Only of an action, as are the members below.
  std::optional<std::string_view> action;
  std::optional<std::string_view> action_execution_id;
  std::optional<std::string_view> region;
  std::optional<codepipeline_action_type> type;
  std::optional<std::vector<codepipeline_execution_artifact>> input_artifacts;
  std::optional<std::vector<codepipeline_execution_artifact>> output_artifacts;
  std::optional<codepipeline_execution_result> execution_result;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
  static constexpr std::string_view detail_type[] = {"CodePipeline Pipeline Execution State Change",
                                                     "CodePipeline Stage Execution State Change",
                                                     "CodePipeline Action Execution State Change"};
  static constexpr std::string_view detail_source = "aws.codepipeline";
};

using codepipeline_state_event = eventbridge_event<codepipeline_state_change>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::codepipeline_state_event);

}  // namespace v0
}  // namespace lambda_proc
