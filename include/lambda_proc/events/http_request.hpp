#pragma once
// SPDX-License-Identifier: MIT
// What the HTTP events share: their bodies, their look-ups, which reply they want; a part of those events.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/headers.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The forms of a reply that AWS's HTTP front ends read. http_response writes each of them.
enum class http_format {
  /// REST and WebSocket APIs, and HTTP APIs with payload format 1.0.
  api_gateway_v1,
  /// HTTP APIs with payload format 2.0, and Lambda function URLs.
  api_gateway_v2,
  /// Application Load Balancers.
  alb,
  /// The same where the target group has multi-value headers turned on.
  alb_multi_value,
};

/// An event that http_response answers: it says which form its reply has.
template <class T>
concept http_request = requires(const T& request) {
  { request.reply_format() } -> std::same_as<http_format>;
};

}  // namespace events

namespace detail {

/// The bytes of a body: as they are, or decoded into `buffer`.
[[nodiscard]] inline result<std::string_view> body_bytes(const std::optional<std::string_view>& body, bool is_base64,
                                                         std::string& buffer) {
  if (!body) return std::string_view();
  if (!is_base64) return *body;
  auto bytes = events::base64(*body).decode(buffer);
  if (!bytes) bytes.error().message.insert(0, "event.body: ");
  return bytes;
}

/// Looks in the map of single values, then in that of several: a load balancer sends one of them.
template <class Single, class Multi>
[[nodiscard]] std::optional<std::string_view> first_value(const Single& single, const Multi& multi,
                                                          std::string_view name) noexcept {
  const auto value = events::first_value(single, name);
  return value ? value : events::first_value(multi, name);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
