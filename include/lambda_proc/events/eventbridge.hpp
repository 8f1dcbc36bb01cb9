#pragma once
// SPDX-License-Identifier: MIT
// Amazon EventBridge: events from AWS services, from your own programs and from schedules.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/rfc3339_time.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <algorithm>
#include <concepts>
#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// An event from EventBridge (formerly CloudWatch Events). `Detail` is any decodable type; raw_json passes the detail
/// on or defers decoding. any_event uses a type only for its own events if it names them: the detail-type, or a list of
/// them, and if need be the source.
///
///     static constexpr std::string_view detail_type = "order placed";
///     static constexpr std::string_view detail_source = "com.example.shop";
///
/// Fields: EventBridge User Guide, "Event structure" (eb-events-structure).
template <class Detail = raw_json>
struct eventbridge_event {
  /// "0"
  std::string_view version;
  /// A UUID, unique for each event.
  std::string_view id;
  /// Together with source it determines the form of detail.
  std::string_view detail_type;
  /// The sender. AWS services have names that begin with "aws.".
  std::string_view source;
  /// The 12-digit id of the AWS account.
  std::string_view account;
  /// Set by the source: when it happened, or when it was reported.
  rfc3339_time time;
  std::string_view region;
  /// ARNs of the resources involved; may be empty.
  std::vector<std::string_view> resources;
  /// Only in replayed events.
  std::optional<std::string_view> replay_name;
  Detail detail;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"detail_type"};
};

/// A schedule has no details: a rule sends {}, EventBridge Scheduler sends the string "{}".
struct scheduled_detail {
  raw_json json;

  static constexpr std::string_view detail_type = "Scheduled Event";
};

inline simdjson::error_code from_json(simdjson::ondemand::value& value, scheduled_detail& out,
                                      detail::decode_error& error) {
  return detail::read(value, out.json, error);
}
inline void to_json(json_writer& writer, const scheduled_detail& value) {
  value.json.text().empty() ? writer.null() : writer.raw(value.json);
}

/// Sent when a rule with a schedule is due, or a schedule of EventBridge Scheduler that has no custom input.
/// `resources` has the ARN of the rule or schedule, `time` is when it was due.
using scheduled_event = eventbridge_event<scheduled_detail>;

template <class Detail>
inline constexpr event_source source_of<eventbridge_event<Detail>> = event_source::eventbridge;

}  // namespace events

namespace detail {

/// Whether Detail names `subject` as its detail-type: the only one, or one of a list.
template <class Detail>
constexpr bool is_detail_type(std::string_view subject) {
  if constexpr (std::convertible_to<decltype(Detail::detail_type), std::string_view>) {
    return subject == Detail::detail_type;
  } else {
    return std::ranges::find(Detail::detail_type, subject) != std::end(Detail::detail_type);
  }
}

/// Whether Detail is for events from `sender`: those of any source if it does not name one.
template <class Detail>
constexpr bool is_detail_source(std::string_view sender) {
  if constexpr (requires { Detail::detail_source; }) {
    return sender == Detail::detail_source;
  } else {
    return true;
  }
}

template <class Detail>
  requires requires { Detail::detail_type; }
struct event_subject<events::eventbridge_event<Detail>> {
  static constexpr event_fit fit(const events::event_origin& origin) {
    const bool is_for = is_detail_type<Detail>(origin.subject) && is_detail_source<Detail>(origin.sender);
    return is_for ? event_fit::subject : event_fit::none;
  }
};

}  // namespace detail

LAMBDA_PROC_EVENT_TABLE(events::eventbridge_event<>);
LAMBDA_PROC_EVENT_TABLE(events::scheduled_event);

}  // namespace v0
}  // namespace lambda_proc
