#pragma once
// SPDX-License-Identifier: MIT
// Amazon S3 notifications through EventBridge: an EventBridge event with a typed detail. For notifications that S3
// sends to a function itself, or through SQS or SNS, include s3.hpp.

#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/eventbridge.hpp>
#include <lambda_proc/events/rfc3339_time.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct s3_object_event_bucket {
  std::string_view name;

  using json_missing = leave_empty;
};

struct s3_object_event_object {
  /// Not URL-encoded, unlike in notifications from S3 itself.
  std::string_view key;
  /// In bytes. Absent for deletions.
  std::optional<std::uint64_t> size;
  std::optional<std::string_view> etag;
  /// Absent if the bucket is not versioned.
  std::optional<std::string_view> version_id;
  /// Orders the events of one key: see s3_object::sequencer.
  std::optional<std::string_view> sequencer;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
};

/// The detail of a change in a bucket. The event's detail_type says which: "Object Created", "Object Deleted", …
///
/// Fields: S3 User Guide, "EventBridge event message structure" (ev-events).
struct s3_object_detail {
  /// "0"
  std::string_view version;
  /// "1.0", in newer events.
  std::optional<std::string_view> event_version;
  s3_object_event_bucket bucket;
  s3_object_event_object object;
  std::optional<std::string_view> request_id;
  /// The id of an account, or an AWS service: "s3.amazonaws.com" for lifecycle rules.
  std::optional<std::string_view> requester;
  /// Only if a request caused the event.
  std::optional<std::string_view> source_ip_address;
  /// For creations the API's action: "PutObject", "POST Object", "CopyObject", "CompleteMultipartUpload". For deletions
  /// "DeleteObject" or "Lifecycle Expiration".
  std::optional<std::string_view> reason;
  /// "Permanently Deleted" or "Delete Marker Created"; only for deletions.
  std::optional<std::string_view> deletion_type;
  /// When the restored copy will be removed; only for "Object Restore Completed".
  std::optional<rfc3339_time> restore_expiry_time;
  /// Only for restores.
  std::optional<std::string_view> source_storage_class;
  /// Only for "Object Storage Class Changed".
  std::optional<std::string_view> destination_storage_class;
  /// Only for "Object Access Tier Changed".
  std::optional<std::string_view> destination_access_tier;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
  static constexpr std::string_view detail_type[] = {"Object Created",
                                                     "Object Deleted",
                                                     "Object Restore Initiated",
                                                     "Object Restore Completed",
                                                     "Object Restore Expired",
                                                     "Object Storage Class Changed",
                                                     "Object Access Tier Changed",
                                                     "Object ACL Updated",
                                                     "Object Tags Added",
                                                     "Object Tags Deleted"};
  static constexpr std::string_view detail_source = "aws.s3";
};

using s3_object_event = eventbridge_event<s3_object_detail>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::s3_object_event);

}  // namespace v0
}  // namespace lambda_proc
