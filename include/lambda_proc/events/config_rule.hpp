#pragma once
// SPDX-License-Identifier: MIT
// AWS Config: a custom rule that evaluates resources.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// An evaluation to do. The reply is ignored: report the outcome with PutEvaluations, and the result_token.
///
/// Fields: AWS Config Developer Guide, "Example events for AWS Config rules"
/// (evaluate-config_develop-rules_example-events).
struct config_rule_event {
  /// JSON text: what triggered the evaluation, with its messageType and configurationItem. Decode it with
  /// embedded_json.
  std::string_view invoking_event;
  /// JSON text: the rule's parameters.
  std::optional<std::string_view> rule_parameters;
  std::string_view result_token;
  /// Whether the resource has left the rule's scope.
  bool event_left_scope;
  std::string_view execution_role_arn;
  std::string_view config_rule_arn;
  std::string_view config_rule_name;
  std::string_view config_rule_id;
  std::string_view account_id;
  /// "PROACTIVE" or "DETECTIVE"
  std::optional<std::string_view> evaluation_mode;
  /// "1.0"
  std::string_view version;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"invoking_event"};
};

template <>
inline constexpr event_source source_of<config_rule_event> = event_source::config_rule;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::config_rule_event);

}  // namespace v0
}  // namespace lambda_proc
