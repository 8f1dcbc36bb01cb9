#pragma once
// SPDX-License-Identifier: MIT
// AWS CodePipeline: a job of an invoke action.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct codepipeline_configuration_values {
  std::string_view function_name;
  /// What the action's author passes, as text.
  std::optional<std::string_view> user_parameters;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
};

struct codepipeline_action_configuration {
  codepipeline_configuration_values configuration;

  using json_missing = leave_empty;
};

struct codepipeline_s3_location {
  std::string_view bucket_name;
  std::string_view object_key;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct codepipeline_location {
  codepipeline_s3_location s3_location;
  /// "S3"
  std::string_view type;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct codepipeline_artifact {
  std::string_view name;
  std::optional<std::string_view> revision;
  codepipeline_location location;

  using json_missing = leave_empty;
};

/// Temporary credentials for the artifacts.
struct codepipeline_credentials {
  std::string_view access_key_id;
  std::string_view secret_access_key;
  std::string_view session_token;
  /// Milliseconds since 1970, or absent.
  std::optional<std::string_view> expiration_time;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct codepipeline_encryption_key {
  std::string_view id;
  std::string_view type;

  using json_missing = leave_empty;
};

struct codepipeline_data {
  codepipeline_action_configuration action_configuration;
  std::vector<codepipeline_artifact> input_artifacts;
  std::vector<codepipeline_artifact> output_artifacts;
  codepipeline_credentials artifact_credentials;
  /// Given back by an earlier invocation that asked to be continued.
  std::optional<std::string_view> continuation_token;
  std::optional<codepipeline_encryption_key> encryption_key;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct codepipeline_job {
  std::string_view id;
  std::string_view account_id;
  codepipeline_data data;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"id"};
};

/// A job to do. The reply is ignored: report the outcome with PutJobSuccessResult or PutJobFailureResult, and the id.
///
/// Fields: CodePipeline User Guide, "Invoke an AWS Lambda function in a pipeline" (actions-invoke-lambda-function),
/// JSON event.
struct codepipeline_event {
  codepipeline_job job;

  using json_missing = leave_empty;
  static constexpr auto json_names = names{"job", "CodePipeline.job"};
};

template <>
inline constexpr event_source source_of<codepipeline_event> = event_source::codepipeline;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::codepipeline_event);

}  // namespace v0
}  // namespace lambda_proc
