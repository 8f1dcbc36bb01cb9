#pragma once
// SPDX-License-Identifier: MIT
// Amazon EventBridge: events of AWS services, of your own and of schedules.

#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// An event of EventBridge (CloudWatch Events). `Detail` is what its source tells: any decodable type, raw_json to pass
/// it on or to look at later. A detail that says `static constexpr std::string_view detail_type = "…";` is taken by
/// any_event for events of that type alone.
///
/// Fields: EventBridge User Guide, "Event structure" (eb-events-structure).
template <class Detail = raw_json>
struct eventbridge_event {
  /// "0"
  std::string_view version;
  /// A UUID, unique for each event.
  std::string_view id;
  /// Together with source it says what detail looks like.
  std::string_view detail_type;
  /// Who sent it; "aws." in front is for AWS services.
  std::string_view source;
  /// The 12-digit id of the AWS account.
  std::string_view account;
  /// As the source says; when it happened, or when it was reported.
  std::chrono::sys_time<std::chrono::seconds> time;
  std::string_view region;
  /// ARNs of what is involved; may be empty.
  std::vector<std::string_view> resources;
  /// Of replayed events only.
  std::optional<std::string_view> replay_name;
  Detail detail;

  using json_naming = kebab_case;
};

/// What a schedule tells: nothing. A rule sends {}, EventBridge Scheduler the string "{}".
struct scheduled_detail {
  raw_json json;

  static constexpr std::string_view detail_type = "Scheduled Event";
};

inline simdjson::error_code from_json(simdjson::ondemand::value& value, scheduled_detail& out,
                                      detail::decode_error& error) {
  return detail::read(value, out.json, error);
}
inline void to_json(json_writer& writer, const scheduled_detail& value) { writer.raw(value.json); }

/// A rule with a schedule came due, or a schedule of EventBridge Scheduler without an input of its own. `resources` has
/// the ARN of either, `time` is when it was due.
using scheduled_event = eventbridge_event<scheduled_detail>;

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
