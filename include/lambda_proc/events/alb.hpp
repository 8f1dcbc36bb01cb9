#pragma once
// SPDX-License-Identifier: MIT
// Requests that an Application Load Balancer sends to a target group whose target is a Lambda function.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct alb_target_group {
  std::string_view target_group_arn;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct alb_context {
  alb_target_group elb;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A request to a load balancer, or the load balancer's health check (user agent "ELB-HealthChecker/2.0", no
/// x-forwarded-for header). Answer it with an http_response, of at most 1 MB as JSON.
///
/// If the target group has multi-value headers turned on, only the multi_value_ maps are sent. Otherwise only the
/// single-value maps are sent, and of repeated names they hold the last value. header() and query_parameter() look in
/// whichever is present.
///
/// Fields: User Guide for Application Load Balancers, "Use Lambda functions as targets of an Application Load Balancer"
/// (lambda-functions), receive events from the load balancer, multi-value headers.
struct alb_request {
  alb_context request_context;
  std::string_view http_method;
  /// Not URL-decoded.
  std::string_view path;
  /// Not URL-decoded: the load balancer passes it on as the client sent it.
  std::optional<string_map> query_string_parameters;
  std::optional<multi_string_map> multi_value_query_string_parameters;
  std::optional<header_map> headers;
  std::optional<multi_header_map> multi_value_headers;
  /// Text or base64; use body_bytes().
  std::optional<std::string_view> body;
  /// Whether body is base64. It is if the request has a content-encoding, or a media type other than text, JSON, XML or
  /// JavaScript.
  bool is_base64_encoded;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"request_context"};

  /// The first value of a header. Names are case-insensitive.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return detail::first_value(headers, multi_value_headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return detail::first_value(query_string_parameters, multi_value_query_string_parameters, name);
  }
  /// The body's bytes. A view of the event, or of `buffer` if base64 had to be decoded. Empty if there is no body.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded, buffer);
  }
  [[nodiscard]] http_format reply_format() const noexcept {
    return multi_value_headers ? http_format::alb_multi_value : http_format::alb;
  }
};

template <>
inline constexpr event_source source_of<alb_request> = event_source::alb;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::alb_request);

}  // namespace v0
}  // namespace lambda_proc
