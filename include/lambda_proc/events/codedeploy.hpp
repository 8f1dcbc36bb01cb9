#pragma once
// SPDX-License-Identifier: MIT
// AWS CodeDeploy: a lifecycle hook of a deployment, and "state-change notification", an EventBridge event with a typed
// detail.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/eventbridge.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A hook of a deployment to Lambda or ECS. The reply is ignored: report the outcome with
/// PutLifecycleEventHookExecutionStatus, and both ids.
///
/// Fields: CodeDeploy User Guide, "AppSpec 'hooks' section" (reference-appspec-file-structure-hooks).
struct codedeploy_hook_event {
  std::string_view deployment_id;
  std::string_view lifecycle_event_hook_execution_id;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"lifecycle_event_hook_execution_id"};
};

/// The detail of a "CodeDeploy Deployment State-change Notification", or of the same for an instance.
///
/// Fields: EventBridge Events Reference, "AWS CodeDeploy events", and CodeDeploy User Guide, "Monitoring deployments
/// with Amazon CloudWatch Events" (monitoring-cloudwatch-events).
struct codedeploy_state_change {
  std::string_view region;
  std::string_view application;
  std::string_view deployment_group;
  std::string_view deployment_id;
  /// "START", "SUCCESS", "FAILURE", "STOP" or "READY".
  std::string_view state;
  std::optional<std::string_view> instance_group_id;
  /// Only of an instance.
  std::optional<std::string_view> instance_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view detail_type[] = {"CodeDeploy Deployment State-change Notification",
                                                     "CodeDeploy Instance State-change Notification"};
  static constexpr std::string_view detail_source = "aws.codedeploy";
};

using codedeploy_event = eventbridge_event<codedeploy_state_change>;

template <>
inline constexpr event_source source_of<codedeploy_hook_event> = event_source::codedeploy;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::codedeploy_hook_event);
LAMBDA_PROC_EVENT_TABLE(events::codedeploy_event);

}  // namespace v0
}  // namespace lambda_proc
