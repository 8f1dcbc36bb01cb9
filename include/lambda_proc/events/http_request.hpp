#pragma once
// SPDX-License-Identifier: MIT
// What the HTTP events have in common: bodies, look-ups and the format of the reply; a part of those events.

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

/// The reply formats of AWS's HTTP front ends. http_response writes each of them.
enum class http_format {
  /// REST and WebSocket APIs, and HTTP APIs with payload format 1.0.
  api_gateway_v1,
  /// HTTP APIs with payload format 2.0, and Lambda function URLs.
  api_gateway_v2,
  /// Application Load Balancers.
  alb,
  /// Application Load Balancers, if the target group has multi-value headers turned on.
  alb_multi_value,
};

/// An event that can be answered with an http_response: it has a reply format.
template <class T>
concept http_request = requires(const T& request) {
  { request.reply_format() } -> std::same_as<http_format>;
};

}  // namespace events

namespace detail {

/// The method of a request, wherever its event has it.
template <class Request>
[[nodiscard]] std::string_view method_of(const Request& request) noexcept {
  if constexpr (requires { request.request_context.http.method; }) {
    return request.request_context.http.method;
  } else if constexpr (requires { std::string_view(request.method); }) {
    return request.method;
  } else if constexpr (requires { std::string_view(request.http_method); }) {
    return request.http_method;
  } else {
    return "";
  }
}

/// The bytes of a body: the body itself, or decoded into `buffer`.
[[nodiscard]] inline result<std::string_view> body_bytes(const std::optional<std::string_view>& body, bool is_base64,
                                                         std::string& buffer) {
  if (!body) return std::string_view();
  if (!is_base64) return *body;
  auto bytes = events::base64(*body).decode(buffer);
  if (!bytes) bytes.error().message.insert(0, "event.body: ");
  return bytes;
}

/// Looks in the single-value map, then in the multi-value map: a load balancer sends only one of them.
template <class Single, class Multi>
[[nodiscard]] std::optional<std::string_view> first_value(const Single& single, const Multi& multi,
                                                          std::string_view name) noexcept {
  const auto value = events::first_value(single, name);
  return value ? value : events::first_value(multi, name);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
