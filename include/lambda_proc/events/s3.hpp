#pragma once
// SPDX-License-Identifier: MIT
// Amazon S3 event notifications.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/rfc3339_time.hpp>
#include <lambda_proc/events/s3_key.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// Who caused the event, or who owns a bucket.
struct s3_identity {
  /// The Amazon customer id of the user.
  std::string_view principal_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct s3_request_parameters {
  /// The address that the request came from.
  std::string_view source_ip_address;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"source_ip_address", "sourceIPAddress"};
};

/// The ids that AWS Support needs to trace a request.
struct s3_response_elements {
  std::string_view x_amz_request_id;
  /// The host that processed the request.
  std::string_view x_amz_id_2;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

struct s3_bucket {
  std::string_view name;
  s3_identity owner_identity;
  std::string_view arn;
  /// Tags that AWS gave the bucket, such as "aws:cloudformation:stack-name"; only if it has some.
  std::optional<string_map> aws_generated_tags;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct s3_object {
  /// URL-encoded: call decoded() before you pass it to S3.
  s3_key key;
  /// In bytes. Absent for deletions.
  std::optional<std::uint64_t> size;
  /// Absent for deletions.
  std::optional<std::string_view> e_tag;
  /// Absent if the bucket is not versioned.
  std::optional<std::string_view> version_id;
  /// A hexadecimal number that orders the events of one key, only for creations and deletions: the later event has the
  /// larger number, after the shorter number is padded with zeros on the right.
  std::optional<std::string_view> sequencer;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"key"};
};

struct s3_entity {
  std::string_view s3_schema_version;
  /// The id of the notification configuration that asked for the event.
  std::string_view configuration_id;
  s3_bucket bucket;
  s3_object object;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// Only with s3:ObjectRestore:Completed.
struct s3_restore_event_data {
  /// When the restored copy will be removed.
  rfc3339_time lifecycle_restoration_expiry_time;
  std::string_view lifecycle_restore_storage_class;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct s3_glacier_event_data {
  s3_restore_event_data restore_event_data;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// Only with s3:Replication events.
struct s3_replication_event_data {
  std::string_view replication_rule_id;
  std::string_view destination_bucket;
  /// For example "OBJECT_PUT".
  std::string_view s3_operation;
  rfc3339_time request_time;
  /// Only with s3:Replication:OperationFailedReplication.
  std::optional<std::string_view> failure_reason;
  /// In minutes; only with s3:Replication:OperationMissedThreshold and …:OperationReplicatedAfterThreshold.
  std::optional<std::string_view> threshold;
  /// Only with s3:Replication:OperationReplicatedAfterThreshold.
  std::optional<std::string_view> replication_time;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// Only with s3:IntelligentTiering.
struct s3_intelligent_tiering_event_data {
  /// "ARCHIVE_ACCESS" or "DEEP_ARCHIVE_ACCESS".
  std::string_view destination_access_tier;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// Only with s3:LifecycleTransition.
struct s3_transition_event_data {
  std::string_view destination_storage_class;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct s3_lifecycle_event_data {
  s3_transition_event_data transition_event_data;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// One change in a bucket (S3 User Guide, "Event message structure": notification-content-structure).
struct s3_record {
  /// "major.minor"; a new minor version only adds keys.
  std::string_view event_version;
  /// "aws:s3"
  std::string_view event_source;
  std::string_view aws_region;
  /// When S3 finished the request.
  rfc3339_time event_time;
  /// "ObjectCreated:Put", "ObjectRemoved:Delete", …, without the prefix "s3:".
  std::string_view event_name;
  s3_identity user_identity;
  s3_request_parameters request_parameters;
  s3_response_elements response_elements;
  s3_entity s3;
  std::optional<s3_glacier_event_data> glacier_event_data;
  std::optional<s3_replication_event_data> replication_event_data;
  std::optional<s3_intelligent_tiering_event_data> intelligent_tiering_event_data;
  std::optional<s3_lifecycle_event_data> lifecycle_event_data;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A notification from S3: records, or the one test message that S3 sends to a queue or topic when notifications are
/// turned on.
///
/// The test message (S3 User Guide, "Granting permissions …": "s3:TestEvent") has no records, but the other members.
struct s3_event {
  std::vector<s3_record> records;
  /// "Amazon S3"; only in the test message, as are all members below.
  std::optional<std::string_view> service;
  /// "s3:TestEvent"
  std::optional<std::string_view> event;
  std::optional<rfc3339_time> time;
  std::optional<std::string_view> bucket;
  std::optional<std::string_view> request_id;
  std::optional<std::string_view> host_id;

  [[nodiscard]] bool is_test() const noexcept { return event == "s3:TestEvent"; }

  using json_naming = pascal_case;
  using json_missing = leave_empty;
};

template <>
inline constexpr event_source source_of<s3_event> = event_source::s3;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::s3_event);

}  // namespace v0
}  // namespace lambda_proc
