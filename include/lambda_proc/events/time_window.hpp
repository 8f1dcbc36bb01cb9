#pragma once
// SPDX-License-Identifier: MIT
// Tumbling windows, which events of both kinds of streams may belong to.

#include <chrono>

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

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
