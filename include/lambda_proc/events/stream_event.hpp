#pragma once
// SPDX-License-Identifier: MIT
// A batch of records from one shard of a stream, optionally in a tumbling window; Kinesis and DynamoDB share it.

#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The window that a batch belongs to, if the event source mapping has tumbling windows (AWS Lambda Developer Guide,
/// "Stateful processing …": services-kinesis-windows, services-ddb-windows).
struct time_window {
  std::chrono::sys_time<std::chrono::seconds> start;
  /// Exclusive: the first moment after the window.
  std::chrono::sys_time<std::chrono::seconds> end;

  using json_missing = leave_empty;
};

/// Records from one shard, in order. The reply is a batch_response, or nothing if all succeeded.
///
/// The members below `records` are only sent with tumbling windows.
template <class Record>
struct stream_event {
  std::vector<Record> records;
  std::optional<time_window> window;
  /// The batch_response::state from the previous invocation for this window; {} at first.
  std::optional<raw_json> state;
  std::optional<std::string_view> shard_id;
  std::optional<std::string_view> event_source_arn;
  /// Whether this is the window's last invocation, which may have no records.
  std::optional<bool> is_final_invoke_for_window;
  /// Whether the window ends early, because its state would have become too large.
  std::optional<bool> is_window_terminated_early;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"records", "Records", "event_source_arn", "eventSourceARN"};
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
