#pragma once
// SPDX-License-Identifier: MIT
// Amazon CloudWatch Logs: what a subscription filter forwards.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct cloudwatch_logs_payload {
  /// The gzip of a cloudwatch_logs_data in JSON. Unpacking it is your zlib's part (inflateInit2 with 16 + MAX_WBITS),
  /// embedded_json reads the outcome.
  base64 data;
};

/// What a subscription invokes a function with (AWS Lambda Developer Guide, "Using Lambda with CloudWatch Logs":
/// services-cloudwatchlogs).
struct cloudwatch_logs_event {
  cloudwatch_logs_payload awslogs;
};

struct cloudwatch_log_event {
  /// Unique for each log event.
  std::string_view id;
  epoch_milliseconds timestamp;
  std::string_view message;
  /// What the filter's pattern names.
  std::optional<string_map> extracted_fields;

  using json_naming = camel_case;
};

/// The unpacked document (CloudWatch Logs User Guide, "Log group-level subscription filters": SubscriptionFilters).
struct cloudwatch_logs_data {
  /// The AWS account that the logs come from.
  std::string_view owner;
  std::string_view log_group;
  std::string_view log_stream;
  /// The names of the filters that matched.
  std::vector<std::string_view> subscription_filters;
  /// "DATA_MESSAGE", or "CONTROL_MESSAGE" where CloudWatch only tries whether anybody is there.
  std::string_view message_type;
  std::vector<cloudwatch_log_event> log_events;
  /// "ACCOUNT_LEVEL_POLICY" where the filter is one of the account.
  std::optional<std::string_view> policy_level;

  using json_naming = camel_case;

  [[nodiscard]] bool is_control_message() const noexcept { return message_type == "CONTROL_MESSAGE"; }
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
