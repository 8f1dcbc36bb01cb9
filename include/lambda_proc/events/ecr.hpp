#pragma once
// SPDX-License-Identifier: MIT
// Amazon ECR: pushed and deleted images, and scans of images: EventBridge events with typed details.

#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/eventbridge.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The detail of an "ECR Image Action".
///
/// Fields: ECR User Guide, "Amazon ECR events and EventBridge" (ecr-eventbridge), as for the structs below.
struct ecr_image_action {
  /// "SUCCESS" or "FAILURE".
  std::string_view result;
  std::string_view repository_name;
  std::string_view image_digest;
  /// "PUSH", "DELETE", …
  std::string_view action_type;
  /// Absent if the image has no tag.
  std::optional<std::string_view> image_tag;
  std::optional<std::string_view> manifest_media_type;
  std::optional<std::string_view> artifact_media_type;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
  static constexpr std::string_view detail_type = "ECR Image Action";
  static constexpr std::string_view detail_source = "aws.ecr";
};

/// The detail of an "ECR Image Scan", of basic scanning. Enhanced scanning is reported by Amazon Inspector.
struct ecr_image_scan {
  /// "COMPLETE" or "FAILED".
  std::string_view scan_status;
  std::string_view repository_name;
  /// How many findings there are of each severity: "CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED".
  /// A severity without findings is absent.
  std::map<std::string_view, std::uint64_t> finding_severity_counts;
  std::string_view image_digest;
  std::vector<std::string_view> image_tags;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
  static constexpr std::string_view detail_type = "ECR Image Scan";
  static constexpr std::string_view detail_source = "aws.ecr";
};

using ecr_image_action_event = eventbridge_event<ecr_image_action>;
using ecr_image_scan_event = eventbridge_event<ecr_image_scan>;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::ecr_image_action_event);
LAMBDA_PROC_EVENT_TABLE(events::ecr_image_scan_event);

}  // namespace v0
}  // namespace lambda_proc
