#pragma once
// SPDX-License-Identifier: MIT
// AWS CodeCommit: changes in a repository, sent by a trigger.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct codecommit_reference {
  /// The id of the commit.
  std::string_view commit;
  /// "refs/heads/main"
  std::string_view ref;
  std::optional<bool> created;
  std::optional<bool> deleted;

  using json_missing = leave_empty;
};

struct codecommit_change {
  std::vector<codecommit_reference> references;

  using json_missing = leave_empty;
};

struct codecommit_record {
  std::string_view event_id;
  std::string_view event_version;
  /// As CodeCommit writes it: "2026-01-07T09:14:26.103+0000".
  std::string_view event_time;
  std::string_view event_trigger_name;
  std::uint32_t event_part_number;
  codecommit_change codecommit;
  std::string_view event_name;
  std::string_view event_trigger_config_id;
  /// The repository's ARN.
  std::string_view event_source_arn;
  /// The ARN of the user who pushed.
  std::string_view user_identity_arn;
  /// "aws:codecommit"
  std::string_view event_source;
  std::string_view aws_region;
  std::uint32_t event_total_parts;
  /// What the trigger's author passes.
  std::optional<std::string_view> custom_data;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names =
      names{"event_source_arn", "eventSourceARN", "user_identity_arn", "userIdentityARN"};
};

/// Changes (CodeCommit User Guide, "Example: Create an AWS CodeCommit trigger for an AWS Lambda function":
/// how-to-notify-lambda).
struct codecommit_event {
  std::vector<codecommit_record> records;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"records"};
};

template <>
inline constexpr event_source source_of<codecommit_event> = event_source::codecommit;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::codecommit_event);

}  // namespace v0
}  // namespace lambda_proc
