#pragma once
// SPDX-License-Identifier: MIT
// Amazon VPC Lattice: requests to a target group of type Lambda, in both versions of the event.

#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A request in version 1 of the event. Answer it with an http_response.
///
/// Fields: VPC Lattice User Guide, "Lambda functions as targets in VPC Lattice" (lambda-functions), receive events from
/// the VPC Lattice service.
struct vpc_lattice_v1_request {
  /// The path with the query string; not URL-decoded.
  std::string_view raw_path;
  std::string_view method;
  /// Of repeated headers the values are joined with commas.
  header_map headers;
  std::optional<string_map> query_string_parameters;
  /// Text or base64; use body_bytes().
  std::optional<std::string_view> body;
  bool is_base64_encoded;

  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"raw_path"};

  /// The value of a header. Names are case-insensitive.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return first_value(headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return first_value(query_string_parameters, name);
  }
  /// The body's bytes. A view of the event, or of `buffer` if base64 had to be decoded. Empty if there is no body.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded, buffer);
  }
  [[nodiscard]] static constexpr http_format reply_format() noexcept { return http_format::alb; }
};

/// Who sent a request, as far as the service's authentication says so.
struct vpc_lattice_identity {
  /// The ARN of the VPC that the request came from.
  std::optional<std::string_view> source_vpc_arn;
  /// "AWS_IAM"; absent if the request was not authenticated.
  std::optional<std::string_view> type;
  /// The authenticated principal.
  std::optional<std::string_view> principal;
  std::optional<std::string_view> principal_org_id;
  std::optional<std::string_view> session_name;
  /// Only with IAM Roles Anywhere, as are the members below: parts of the certificate.
  std::optional<std::string_view> x509_issuer_ou;
  std::optional<std::string_view> x509_san_dns;
  std::optional<std::string_view> x509_san_name_cn;
  std::optional<std::string_view> x509_san_uri;
  std::optional<std::string_view> x509_subject_cn;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"principal_org_id", "principalOrgID"};
};

struct vpc_lattice_v2_context {
  std::string_view service_network_arn;
  std::string_view service_arn;
  std::string_view target_group_arn;
  vpc_lattice_identity identity;
  std::string_view region;
  /// Sent as a string of microseconds.
  epoch_time<std::chrono::microseconds, true> time_epoch;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"target_group_arn"};
};

/// A request in version 2 of the event. Answer it with an http_response.
///
/// Fields: as for vpc_lattice_v1_request.
struct vpc_lattice_v2_request {
  /// "2.0"
  std::string_view version;
  /// The path without the query string.
  std::string_view path;
  std::string_view method;
  multi_header_map headers;
  std::optional<lone_or_multi_string_map> query_string_parameters;
  /// Text or base64; use body_bytes().
  std::optional<std::string_view> body;
  bool is_base64_encoded;
  vpc_lattice_v2_context request_context;

  using json_naming = camel_case;
  using json_missing = leave_empty;

  /// The first value of a header. Names are case-insensitive.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return first_value(headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query_parameter(std::string_view name) const noexcept {
    return first_value(query_string_parameters, name);
  }
  /// The body's bytes. A view of the event, or of `buffer` if base64 had to be decoded. Empty if there is no body.
  [[nodiscard]] result<std::string_view> body_bytes(std::string& buffer) const {
    return detail::body_bytes(body, is_base64_encoded, buffer);
  }
  [[nodiscard]] static constexpr http_format reply_format() noexcept { return http_format::alb; }
};

template <>
inline constexpr event_source source_of<vpc_lattice_v1_request> = event_source::vpc_lattice_v1;
template <>
inline constexpr event_source source_of<vpc_lattice_v2_request> = event_source::vpc_lattice_v2;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::vpc_lattice_v1_request);
LAMBDA_PROC_EVENT_TABLE(events::vpc_lattice_v2_request);

}  // namespace v0
}  // namespace lambda_proc
