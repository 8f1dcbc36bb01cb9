#pragma once
// SPDX-License-Identifier: MIT
// A batch of one shard of a stream, perhaps in a tumbling window; Kinesis and DynamoDB share it.

#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The window that a batch belongs to, where the event source mapping has tumbling windows (AWS Lambda Developer Guide,
/// "Stateful processing …": services-kinesis-windows, services-ddb-windows).
struct time_window {
  std::chrono::sys_time<std::chrono::seconds> start;
  /// Not in the window itself.
  std::chrono::sys_time<std::chrono::seconds> end;
};

/// Records of one shard in their order. The reply is a batch_response, or nothing: then all succeeded.
///
/// The members below `records` come with tumbling windows only.
template <class Record>
struct stream_event {
  std::vector<Record> records;
  std::optional<time_window> window;
  /// What the last invocation of this window answered as batch_response::state; {} at first.
  std::optional<raw_json> state;
  std::optional<std::string_view> shard_id;
  std::optional<std::string_view> event_source_arn;
  /// Whether the window ends with this invocation, which may have no records then.
  std::optional<bool> is_final_invoke_for_window;
  /// Whether it ends because its state would have become too large.
  std::optional<bool> is_window_terminated_early;

  using json_naming = camel_case;
  static constexpr auto json_names = names{"records", "Records", "event_source_arn", "eventSourceARN"};
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
