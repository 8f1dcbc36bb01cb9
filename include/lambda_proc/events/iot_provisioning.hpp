#pragma once
// SPDX-License-Identifier: MIT
// AWS IoT Core: the pre-provisioning hook of a fleet provisioning template, and its response.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A device that wants to be registered. Answer within 5 seconds with an iot_provisioning_response; a failure refuses
/// the device.
///
/// Fields: AWS IoT Developer Guide, "Pre-provisioning hooks" (pre-provisioning-hook).
struct iot_provisioning_request {
  std::string_view claim_certificate_id;
  std::string_view certificate_id;
  /// The certificate as PEM.
  std::string_view certificate_pem;
  std::string_view template_arn;
  std::string_view client_id;
  /// What the device sent: the parameters of the template.
  string_map parameters;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"template_arn"};
};

struct iot_provisioning_response {
  bool allow_provisioning = false;
  /// Values that replace those of the device, or are added to them.
  std::optional<std::map<std::string, std::string>> parameter_overrides = {};

  using json_naming = camel_case;
};

template <>
inline constexpr event_source source_of<iot_provisioning_request> = event_source::iot_provisioning;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::iot_provisioning_request);

}  // namespace v0
}  // namespace lambda_proc
