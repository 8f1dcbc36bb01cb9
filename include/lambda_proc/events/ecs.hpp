#pragma once
// SPDX-License-Identifier: MIT
// Amazon ECS: "task state change", an EventBridge event with a typed detail.

#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/eventbridge.hpp>
#include <lambda_proc/events/rfc3339_time.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct ecs_key_value {
  std::string_view name;
  std::optional<std::string_view> value;

  using json_missing = leave_empty;
};

/// What is attached to a task, such as a network interface.
struct ecs_attachment {
  std::string_view id;
  /// "eni", "elasticNetworkInterface", "sdi", …
  std::string_view type;
  /// "PRECREATED", "CREATED", "ATTACHING", "ATTACHED", "DETACHING", "DETACHED", "DELETED" or "FAILED".
  std::string_view status;
  /// For an interface: "subnetId", "networkInterfaceId", "macAddress", "privateIPv4Address", …
  std::vector<ecs_key_value> details;

  using json_missing = leave_empty;
};

struct ecs_attribute {
  std::string_view name;
  std::optional<std::string_view> value;
  std::optional<std::string_view> target_type;
  std::optional<std::string_view> target_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct ecs_network_binding {
  std::optional<std::string_view> bind_ip;
  std::optional<std::uint32_t> container_port;
  std::optional<std::uint32_t> host_port;
  /// "tcp" or "udp".
  std::optional<std::string_view> protocol;
  std::optional<std::string_view> container_port_range;
  std::optional<std::string_view> host_port_range;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"bind_ip", "bindIP"};
};

struct ecs_network_interface {
  std::string_view attachment_id;
  std::optional<std::string_view> private_ipv4_address;
  std::optional<std::string_view> ipv6_address;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct ecs_managed_agent {
  /// "ExecuteCommandAgent"
  std::string_view name;
  std::string_view status;

  using json_missing = leave_empty;
};

struct ecs_container {
  std::string_view container_arn;
  std::string_view task_arn;
  std::string_view name;
  std::optional<std::string_view> image;
  /// Only for images in ECR.
  std::optional<std::string_view> image_digest;
  std::optional<std::string_view> runtime_id;
  /// "PENDING", "RUNNING" or "STOPPED".
  std::string_view last_status;
  /// Only once it has stopped; absent if it never started.
  std::optional<std::int32_t> exit_code;
  /// Why it stopped, if there is more to say.
  std::optional<std::string_view> reason;
  std::optional<std::vector<ecs_network_interface>> network_interfaces;
  std::optional<std::vector<ecs_network_binding>> network_bindings;
  std::optional<std::vector<ecs_managed_agent>> managed_agents;
  /// A number of CPU units, as text.
  std::optional<std::string_view> cpu;
  /// In MiB, as text.
  std::optional<std::string_view> memory;
  std::optional<std::string_view> memory_reservation;
  std::optional<std::vector<std::string_view>> gpu_ids;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct ecs_ephemeral_storage {
  std::uint32_t size_in_gib;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"size_in_gib", "sizeInGiB"};
};

/// The detail of an "ECS Task State Change": the task as it is now. ECS may send the same one more than once: compare
/// version.
///
/// Fields: ECS Developer Guide, "Amazon ECS task state change events" (ecs_task_events), and ECS API Reference, "Task".
struct ecs_task_state_change {
  std::string_view cluster_arn;
  std::string_view task_arn;
  std::string_view task_definition_arn;
  /// "PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING" or "STOPPED".
  std::string_view last_status;
  std::string_view desired_status;
  /// Increases with each change of the task.
  std::uint64_t version;
  std::vector<ecs_container> containers;
  std::vector<ecs_attachment> attachments;
  std::optional<std::vector<ecs_attribute>> attributes;
  /// "family:…" or "service:…".
  std::optional<std::string_view> group;
  std::optional<std::string_view> started_by;
  /// "EC2", "FARGATE", "EXTERNAL" or "MANAGED_INSTANCES".
  std::optional<std::string_view> launch_type;
  std::optional<std::string_view> capacity_provider_name;
  std::optional<std::string_view> platform_family;
  std::optional<std::string_view> platform_version;
  std::optional<std::string_view> availability_zone;
  /// Absent on Fargate.
  std::optional<std::string_view> container_instance_arn;
  /// "CONNECTED" or "DISCONNECTED".
  std::optional<std::string_view> connectivity;
  std::optional<rfc3339_time> connectivity_at;
  /// A number of CPU units, as text.
  std::optional<std::string_view> cpu;
  /// In MiB, as text.
  std::optional<std::string_view> memory;
  std::optional<ecs_ephemeral_storage> ephemeral_storage;
  /// "HEALTHY", "UNHEALTHY" or "UNKNOWN".
  std::optional<std::string_view> health_status;
  std::optional<bool> enable_execute_command;
  /// What the task was started with in place of its definition, an object (ECS API Reference, "TaskOverride").
  std::optional<raw_json> overrides;
  std::optional<rfc3339_time> created_at;
  std::optional<rfc3339_time> pull_started_at;
  std::optional<rfc3339_time> pull_stopped_at;
  std::optional<rfc3339_time> started_at;
  std::optional<rfc3339_time> stopping_at;
  std::optional<rfc3339_time> stopped_at;
  std::optional<rfc3339_time> execution_stopped_at;
  std::optional<rfc3339_time> updated_at;
  /// "TaskFailedToStart", "EssentialContainerExited", "UserInitiated", "ServiceSchedulerInitiated", "SpotInterruption"
  /// or "TerminationNotice".
  std::optional<std::string_view> stop_code;
  std::optional<std::string_view> stopped_reason;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view detail_type = "ECS Task State Change";
  static constexpr std::string_view detail_source = "aws.ecs";
};

using ecs_task_event = eventbridge_event<ecs_task_state_change>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::ecs_task_event);

}  // namespace v0
}  // namespace lambda_proc
