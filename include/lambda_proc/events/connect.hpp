#pragma once
// SPDX-License-Identifier: MIT
// Amazon Connect: a contact flow that invokes a function.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct connect_endpoint {
  /// For example "+49301234567".
  std::string_view address;
  /// "TELEPHONE_NUMBER", …
  std::string_view type;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
};

struct connect_queue {
  std::string_view arn;
  std::string_view name;
  std::optional<connect_endpoint> outbound_caller_id;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"arn", "ARN"};
};

struct connect_contact_data {
  /// Attributes that the flow set.
  string_map attributes;
  /// "VOICE", "CHAT", "TASK" or "EMAIL".
  std::string_view channel;
  std::string_view contact_id;
  std::optional<connect_endpoint> customer_endpoint;
  std::optional<std::string_view> customer_id;
  std::optional<std::string_view> description;
  std::string_view initial_contact_id;
  /// "INBOUND", "OUTBOUND", "TRANSFER", "CALLBACK", "API", …
  std::string_view initiation_method;
  /// An ARN.
  std::string_view instance_arn;
  std::optional<std::string_view> language_code;
  /// Where the call's audio is streamed to, an object.
  std::optional<raw_json> media_streams;
  std::optional<std::string_view> name;
  std::optional<std::string_view> previous_contact_id;
  std::optional<connect_queue> queue;
  std::optional<raw_json> references;
  /// Only if the flow measured it: what is known of the queue's quality, an object.
  std::optional<raw_json> segment_attributes;
  std::optional<connect_endpoint> system_endpoint;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"instance_arn", "InstanceARN"};
};

struct connect_details {
  connect_contact_data contact_data;
  /// What the flow passes to the function.
  string_map parameters;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
};

/// A contact in a flow. Answer within the flow's timeout with a flat object of strings, or with nested JSON if the
/// block asks for it.
///
/// Fields: Amazon Connect Administrator Guide, "Grant Amazon Connect access to your AWS Lambda functions"
/// (connect-lambda-functions), example JSON request.
struct connect_event {
  /// "ContactFlowEvent"
  std::string_view name;
  connect_details details;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"details"};
};

template <>
inline constexpr event_source source_of<connect_event> = event_source::connect;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::connect_event);

}  // namespace v0
}  // namespace lambda_proc
