#pragma once
// SPDX-License-Identifier: MIT
// Amazon EC2 Auto Scaling: lifecycle hooks, and instances launched and terminated: EventBridge events with typed
// details.

#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/eventbridge.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/rfc3339_time.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The detail of an "EC2 Instance-launch Lifecycle Action" or "… -terminate …": the instance waits for
/// CompleteLifecycleAction, with the token.
///
/// Fields: EC2 Auto Scaling User Guide, "Amazon EC2 Auto Scaling event reference" (ec2-auto-scaling-event-reference),
/// as for the structs below.
struct auto_scaling_lifecycle_action {
  std::string_view lifecycle_action_token;
  std::string_view auto_scaling_group_name;
  std::string_view lifecycle_hook_name;
  std::string_view ec2_instance_id;
  /// "autoscaling:EC2_INSTANCE_LAUNCHING" or "autoscaling:EC2_INSTANCE_TERMINATING".
  std::string_view lifecycle_transition;
  /// What the hook's owner configured: usually text, any JSON.
  std::optional<raw_json> notification_metadata;
  /// "EC2", "AutoScalingGroup" or "WarmPool", as is destination.
  std::optional<std::string_view> origin;
  std::optional<std::string_view> destination;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"ec2_instance_id", "EC2InstanceId"};
  static constexpr std::string_view detail_type[] = {"EC2 Instance-launch Lifecycle Action",
                                                     "EC2 Instance-terminate Lifecycle Action"};
  static constexpr std::string_view detail_source = "aws.autoscaling";
};

/// The detail of "EC2 Instance Launch Successful", "… Unsuccessful", and the same of "Terminate".
struct auto_scaling_instance_change {
  /// "InProgress", or "Failed" if it was unsuccessful.
  std::string_view status_code;
  std::optional<std::string_view> description;
  std::string_view auto_scaling_group_name;
  std::string_view activity_id;
  /// "Availability Zone", "Subnet ID", …
  string_map details;
  std::string_view request_id;
  std::optional<std::string_view> status_message;
  std::optional<rfc3339_time> start_time;
  std::optional<rfc3339_time> end_time;
  std::string_view ec2_instance_id;
  std::string_view cause;
  /// "EC2", "AutoScalingGroup" or "WarmPool", as is destination.
  std::optional<std::string_view> origin;
  std::optional<std::string_view> destination;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"ec2_instance_id", "EC2InstanceId"};
  static constexpr std::string_view detail_type[] = {
      "EC2 Instance Launch Successful", "EC2 Instance Launch Unsuccessful", "EC2 Instance Terminate Successful",
      "EC2 Instance Terminate Unsuccessful"};
  static constexpr std::string_view detail_source = "aws.autoscaling";
};

using auto_scaling_lifecycle_event = eventbridge_event<auto_scaling_lifecycle_action>;
using auto_scaling_instance_event = eventbridge_event<auto_scaling_instance_change>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::auto_scaling_lifecycle_event);
LAMBDA_PROC_EVENT_TABLE(events::auto_scaling_instance_event);

}  // namespace v0
}  // namespace lambda_proc
