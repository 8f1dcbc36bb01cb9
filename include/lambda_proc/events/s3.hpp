#pragma once
// SPDX-License-Identifier: MIT
// Amazon S3 event notifications.

#include <lambda_proc/events/s3_key.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// Who caused the event, or who owns a bucket.
struct s3_identity {
  /// Amazon's customer id of the user.
  std::string_view principal_id;

  using json_naming = camel_case;
};

struct s3_request_parameters {
  /// Where the request came from.
  std::string_view source_ip_address;

  using json_naming = camel_case;
  static constexpr auto json_names = names{"source_ip_address", "sourceIPAddress"};
};

/// What AWS Support asks for to follow up a request.
struct s3_response_elements {
  std::string_view x_amz_request_id;
  /// The host that processed the request.
  std::string_view x_amz_id_2;

  using json_naming = kebab_case;
};

struct s3_bucket {
  std::string_view name;
  s3_identity owner_identity;
  std::string_view arn;

  using json_naming = camel_case;
};

struct s3_object {
  /// URL-encoded: take decoded() before you ask S3 for it.
  s3_key key;
  /// Bytes. Nothing for deletions.
  std::optional<std::uint64_t> size;
  /// Nothing for deletions.
  std::optional<std::string_view> e_tag;
  /// Nothing where the bucket has no versions.
  std::optional<std::string_view> version_id;
  /// A hexadecimal number, for creations and deletions only: of two events for one key the later one has the larger,
  /// after the shorter was filled up with zeros on its right.
  std::optional<std::string_view> sequencer;

  using json_naming = camel_case;
};

struct s3_entity {
  std::string_view s3_schema_version;
  /// The id of the notification configuration that asked for the event.
  std::string_view configuration_id;
  s3_bucket bucket;
  s3_object object;

  using json_naming = camel_case;
};

/// With s3:ObjectRestore:Completed.
struct s3_restore_event_data {
  /// When the restored copy will be removed.
  std::chrono::sys_time<std::chrono::milliseconds> lifecycle_restoration_expiry_time;
  std::string_view lifecycle_restore_storage_class;

  using json_naming = camel_case;
};

struct s3_glacier_event_data {
  s3_restore_event_data restore_event_data;

  using json_naming = camel_case;
};

/// With s3:Replication events.
struct s3_replication_event_data {
  std::string_view replication_rule_id;
  std::string_view destination_bucket;
  /// For example "OBJECT_PUT".
  std::string_view s3_operation;
  std::chrono::sys_time<std::chrono::milliseconds> request_time;
  /// With s3:Replication:OperationFailedReplication.
  std::optional<std::string_view> failure_reason;
  /// With s3:Replication:OperationMissedThreshold and …:OperationReplicatedAfterThreshold, in minutes.
  std::optional<std::string_view> threshold;
  /// With s3:Replication:OperationReplicatedAfterThreshold.
  std::optional<std::string_view> replication_time;

  using json_naming = camel_case;
};

/// With s3:IntelligentTiering.
struct s3_intelligent_tiering_event_data {
  /// "ARCHIVE_ACCESS" or "DEEP_ARCHIVE_ACCESS".
  std::string_view destination_access_tier;

  using json_naming = camel_case;
};

/// With s3:LifecycleTransition.
struct s3_transition_event_data {
  std::string_view destination_storage_class;

  using json_naming = camel_case;
};

struct s3_lifecycle_event_data {
  s3_transition_event_data transition_event_data;

  using json_naming = camel_case;
};

/// One change of a bucket (S3 User Guide, "Event message structure": notification-content-structure).
struct s3_record {
  /// "major.minor"; a new minor one adds keys only.
  std::string_view event_version;
  /// "aws:s3"
  std::string_view event_source;
  std::string_view aws_region;
  /// When S3 finished the request.
  std::chrono::sys_time<std::chrono::milliseconds> event_time;
  /// "ObjectCreated:Put", "ObjectRemoved:Delete", …: without "s3:" in front.
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
};

/// What S3 sends: records, or the one test message that it sends to a queue or topic when notifications are switched
/// on.
///
/// The test message (S3 User Guide, "Granting permissions …": "s3:TestEvent") has no records and the members below
/// them.
struct s3_event {
  std::vector<s3_record> records;
  /// "Amazon S3", in the test message only as are all below.
  std::optional<std::string_view> service;
  /// "s3:TestEvent"
  std::optional<std::string_view> event;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> time;
  std::optional<std::string_view> bucket;
  std::optional<std::string_view> request_id;
  std::optional<std::string_view> host_id;

  [[nodiscard]] bool is_test() const noexcept { return event == "s3:TestEvent"; }

  using json_naming = pascal_case;
  using json_missing = use_default;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
