#pragma once
// SPDX-License-Identifier: MIT
// Amazon CloudWatch alarms that invoke a function when their state changes.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct cloudwatch_alarm_state {
  /// "OK", "ALARM" or "INSUFFICIENT_DATA".
  std::string_view value;
  std::string_view reason;
  /// JSON text; decode it with embedded_json.
  std::optional<std::string_view> reason_data;
  /// As CloudWatch writes it: "2026-01-07T09:14:26.103+0000".
  std::string_view timestamp;
  /// Only for a composite alarm whose actions are suppressed: "Alarm", "ExtensionPeriod" or "WaitPeriod".
  std::optional<std::string_view> actions_suppressed_by;
  std::optional<std::string_view> actions_suppressed_reason;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct cloudwatch_alarm_metric {
  std::string_view namespace_;
  std::string_view name;
  std::optional<string_map> dimensions;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"namespace_", "namespace"};
};

struct cloudwatch_alarm_metric_stat {
  cloudwatch_alarm_metric metric;
  /// In seconds.
  std::uint32_t period;
  /// For example "Average".
  std::string_view stat;
  std::optional<std::string_view> unit;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// One metric of an alarm, or an expression over others.
struct cloudwatch_alarm_metric_query {
  std::string_view id;
  std::optional<cloudwatch_alarm_metric_stat> metric_stat;
  std::optional<std::string_view> expression;
  std::optional<std::string_view> label;
  std::optional<std::uint32_t> period;
  /// Whether the alarm watches this one.
  bool return_data;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct cloudwatch_alarm_configuration {
  std::optional<std::string_view> description;
  /// Only for metric alarms.
  std::optional<std::vector<cloudwatch_alarm_metric_query>> metrics;
  /// Only for composite alarms, as are the members below.
  std::optional<std::string_view> alarm_rule;
  /// The ARN of the alarm that suppresses the actions.
  std::optional<std::string_view> actions_suppressor;
  /// In seconds.
  std::optional<std::uint32_t> actions_suppressor_wait_period;
  std::optional<std::uint32_t> actions_suppressor_extension_period;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct cloudwatch_alarm_data {
  std::string_view alarm_name;
  cloudwatch_alarm_state state;
  std::optional<cloudwatch_alarm_state> previous_state;
  cloudwatch_alarm_configuration configuration;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A change of an alarm's state. The invocation is asynchronous: the reply is ignored.
///
/// Fields: CloudWatch User Guide, "Invoke a Lambda function from an alarm" (alarms-and-actions-Lambda).
struct cloudwatch_alarm_event {
  /// "aws.cloudwatch"
  std::string_view source;
  std::string_view alarm_arn;
  std::string_view account_id;
  /// As CloudWatch writes it: "2026-01-07T09:14:26.103+0000".
  std::string_view time;
  std::string_view region;
  cloudwatch_alarm_data alarm_data;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"alarm_data"};
};

template <>
inline constexpr event_source source_of<cloudwatch_alarm_event> = event_source::cloudwatch_alarm;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::cloudwatch_alarm_event);

}  // namespace v0
}  // namespace lambda_proc
