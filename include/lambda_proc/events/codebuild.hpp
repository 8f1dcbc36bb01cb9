#pragma once
// SPDX-License-Identifier: MIT
// AWS CodeBuild: "build state change", an EventBridge event with a typed detail.

#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/eventbridge.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// Where the build's output is stored.
struct codebuild_artifact {
  std::optional<std::string_view> md5sum;
  std::optional<std::string_view> sha256sum;
  /// An ARN.
  std::string_view location;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

struct codebuild_environment_variable {
  std::string_view name;
  /// "PLAINTEXT", "PARAMETER_STORE" or "SECRETS_MANAGER".
  std::optional<std::string_view> type;
  /// The plain value, or the name of the parameter or secret.
  std::string_view value;

  using json_missing = leave_empty;
};

struct codebuild_environment {
  std::string_view image;
  bool privileged_mode;
  /// For example "BUILD_GENERAL1_SMALL".
  std::string_view compute_type;
  /// For example "LINUX_CONTAINER".
  std::string_view type;
  /// "CODEBUILD" or "SERVICE_ROLE": whose credentials fetch the image.
  std::optional<std::string_view> image_pull_credentials_type;
  std::vector<codebuild_environment_variable> environment_variables;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

struct codebuild_source {
  /// Absent if type is "NO_SOURCE".
  std::optional<std::string_view> location;
  /// "S3", "GITHUB", "CODECOMMIT", …
  std::string_view type;
  /// The build specification, or the path to it.
  std::optional<std::string_view> buildspec;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

/// Where the build is cached, if it is.
struct codebuild_cache {
  std::optional<std::string_view> location;
  /// "NO_CACHE", "S3" or "LOCAL".
  std::string_view type;

  using json_missing = leave_empty;
};

/// Only for builds in a VPC.
struct codebuild_network_interface {
  std::optional<std::string_view> subnet_id;
  std::optional<std::string_view> network_interface_id;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

struct codebuild_logs {
  /// Absent if CloudWatch Logs are turned off.
  std::optional<std::string_view> group_name;
  std::optional<std::string_view> stream_name;
  /// A link to the page in the console.
  std::optional<std::string_view> deep_link;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

/// One phase of a build.
struct codebuild_phase {
  /// Messages; often a single one that is empty or ": ".
  std::optional<std::vector<std::string_view>> phase_context;
  /// As CodeBuild writes it: "Sep 1, 2017 4:12:29 PM", UTC.
  std::string_view start_time;
  /// Absent while the phase is in progress, as are the two members below.
  std::optional<std::string_view> end_time;
  std::optional<std::uint64_t> duration_in_seconds;
  /// "SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD",
  /// "UPLOAD_ARTIFACTS", "FINALIZING" or "COMPLETED".
  std::string_view phase_type;
  std::optional<std::string_view> phase_status;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

struct codebuild_additional_information {
  std::optional<codebuild_artifact> artifact;
  std::optional<codebuild_cache> cache;
  codebuild_environment environment;
  std::optional<codebuild_network_interface> network_interface;
  /// Sent as 60 or as 60.0.
  std::uint32_t timeout_in_minutes;
  std::optional<std::uint32_t> queued_timeout_in_minutes;
  bool build_complete;
  /// Counts a project's builds from 1; sent as 55 or as 55.0.
  std::optional<std::uint64_t> build_number;
  /// The user, the pipeline or the rule that started the build.
  std::string_view initiator;
  /// As CodeBuild writes it: "Sep 1, 2017 4:12:29 PM", UTC.
  std::string_view build_start_time;
  codebuild_source source;
  std::optional<std::string_view> source_version;
  std::optional<codebuild_logs> logs;
  std::optional<std::vector<codebuild_phase>> phases;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

/// The detail of a "CodeBuild Build State Change".
///
/// Fields: CodeBuild User Guide, "Build notifications input format reference" (sample-build-notifications-ref).
struct codebuild_state_change {
  /// "IN_PROGRESS", "SUCCEEDED", "FAILED" or "STOPPED".
  std::string_view build_status;
  std::string_view project_name;
  /// The build's ARN.
  std::string_view build_id;
  codebuild_additional_information additional_information;
  std::string_view current_phase;
  /// JSON text, usually "[]".
  std::string_view current_phase_context;
  /// The version of this detail's format: "1".
  std::string_view version;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
  static constexpr std::string_view detail_type = "CodeBuild Build State Change";
  static constexpr std::string_view detail_source = "aws.codebuild";
};

using codebuild_event = eventbridge_event<codebuild_state_change>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::codebuild_event);

}  // namespace v0
}  // namespace lambda_proc
