#pragma once
// SPDX-License-Identifier: MIT
// Amazon CloudWatch Logs: log events that a subscription filter forwards.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct cloudwatch_logs_payload {
  /// A cloudwatch_logs_data as gzipped JSON. Decompress it with zlib (inflateInit2 with 16 + MAX_WBITS), then decode
  /// the result with embedded_json.
  base64 data;

  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"data"};
};

/// The event that a subscription sends to a function (AWS Lambda Developer Guide, "Using Lambda with CloudWatch Logs":
/// services-cloudwatchlogs).
struct cloudwatch_logs_event {
  cloudwatch_logs_payload awslogs;

  using json_missing = leave_empty;
};

struct cloudwatch_log_event {
  /// Unique for each log event.
  std::string_view id;
  epoch_milliseconds timestamp;
  std::string_view message;
  /// The fields that the filter's pattern names.
  std::optional<string_map> extracted_fields;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The decompressed document (CloudWatch Logs User Guide, "Log group-level subscription filters": SubscriptionFilters).
struct cloudwatch_logs_data {
  /// The AWS account that the logs come from.
  std::string_view owner;
  std::string_view log_group;
  std::string_view log_stream;
  /// The names of the filters that matched.
  std::vector<std::string_view> subscription_filters;
  /// "DATA_MESSAGE", or "CONTROL_MESSAGE" if CloudWatch only checks that the destination is reachable.
  std::string_view message_type;
  std::vector<cloudwatch_log_event> log_events;
  /// "ACCOUNT_LEVEL_POLICY" if the filter belongs to the account.
  std::optional<std::string_view> policy_level;

  using json_naming = camel_case;
  using json_missing = leave_empty;

  [[nodiscard]] bool is_control_message() const noexcept { return message_type == "CONTROL_MESSAGE"; }
};

template <>
inline constexpr event_source source_of<cloudwatch_logs_event> = event_source::cloudwatch_logs;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::cloudwatch_logs_event);
LAMBDA_PROC_EVENT_TABLE(events::cloudwatch_logs_data);

}  // namespace v0
}  // namespace lambda_proc
