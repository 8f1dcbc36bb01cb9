#pragma once
// SPDX-License-Identifier: MIT
// What the host says about one invocation. Handlers take it, wires fill it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {

/// What the host says about one invocation: ids, names, deadline. Data only.
///
/// The names are AWS Lambda's; a member is empty if the host doesn't send it. All text is valid until the handler
/// returns: copy what must live longer.
struct context {
  /// Identifies this invocation in all logs (OpenWhisk: activation_id).
  std::string_view aws_request_id;
  std::string_view function_name;
  std::string_view function_version;
  std::string_view invoked_function_arn;
  /// In MiB; 0 if the host does not say.
  std::uint32_t memory_limit_in_mb = 0;
  std::string_view log_group_name;
  std::string_view log_stream_name;
  /// Sent by the first generation of runtimes only, like is_default_function_version.
  std::string_view invoke_id;
  bool is_default_function_version = false;
  /// AWS X-Ray's trace header.
  std::string_view trace_id;
  std::string_view tenant_id;
  /// JSON text as the host sent it: the Cognito identity, and the mobile client's context.
  std::string_view identity;
  std::string_view client_context;
  /// The number of requests before this one in this process, including failed ones (the wire's proc_req_id).
  std::uint64_t request_number = 0;
  /// When the host stops waiting for this invocation.
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> deadline;

  /// The time left until the deadline: never negative, and milliseconds::max() without a deadline.
  [[nodiscard]] std::chrono::milliseconds remaining() const {
    using std::chrono::milliseconds;
    if (!deadline) return milliseconds::max();
    const auto now = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    // Compared first: the deadline may be any number, and the difference of two distant times may overflow.
    return *deadline > now ? *deadline - now : milliseconds::zero();
  }

  /// Whether this is the first request of this process.
  [[nodiscard]] bool cold_start() const noexcept { return request_number == 0; }
};

}  // namespace v0
}  // namespace lambda_proc
