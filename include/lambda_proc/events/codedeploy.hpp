#pragma once
// SPDX-License-Identifier: MIT
// AWS CodeDeploy: a lifecycle hook of a deployment.

#include <lambda_proc/json/struct_options.hpp>

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

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
