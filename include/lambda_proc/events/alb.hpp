#pragma once
// SPDX-License-Identifier: MIT
// Requests that an Application Load Balancer sends to a target group with a function.

#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct alb_target_group {
  std::string_view target_group_arn;

  using json_naming = camel_case;
};

struct alb_context {
  alb_target_group elb;

  using json_naming = camel_case;
};

/// A request to a load balancer, or its health check (a user agent of "ELB-HealthChecker/2.0", and no x-forwarded-for).
/// Answer it with an http_response, of at most 1 MB as JSON.
///
/// A target group with multi-value headers turned on sends the maps of several values, any other those of single
/// values, where the last of several wins; header() and query_parameter() look where there is one.
///
/// Fields: User Guide for Application Load Balancers, "Use Lambda functions as targets of an Application Load Balancer"
/// (lambda-functions), receive events from the load balancer, multi-value headers.
struct alb_request {
  alb_context request_context;
  std::string_view http_method;
  /// Not URL-decoded.
  std::string_view path;
  /// Not URL-decoded: the load balancer passes on what the client sent.
  std::optional<string_map> query_string_parameters;
  std::optional<multi_string_map> multi_value_query_string_parameters;
  std::optional<header_map> headers;
  std::optional<multi_header_map> multi_value_headers;
  /// Text, or base64: see body_bytes().
  std::optional<std::string_view> body;
  /// Whether body is base64, as it is with a content-encoding, and unless its media type is text, JSON, XML or
  /// JavaScript.
  bool is_base64_encoded;

  using json_naming = camel_case;

  /// The first value of a header, whose name may be in any case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return detail::first_value(headers, multi_value_headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return detail::first_value(query_string_parameters, multi_value_query_string_parameters, name);
  }
  /// The body's bytes: a view of it, or of `buffer`, where base64 is decoded. Empty without a body.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded, buffer);
  }
  [[nodiscard]] http_format reply_format() const noexcept {
    return multi_value_headers ? http_format::alb_multi_value : http_format::alb;
  }
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
