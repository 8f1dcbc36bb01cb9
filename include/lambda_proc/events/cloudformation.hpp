#pragma once
// SPDX-License-Identifier: MIT
// AWS CloudFormation: custom resources, and the response that a function puts to the URL in the request.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A resource to create, update or delete. The reply of the function is ignored: put a cloudformation_response as JSON
/// to response_url, or the stack waits until it times out. `Properties` is any decodable type.
///
/// Fields: CloudFormation User Guide, "Custom resource request objects" (crpg-ref-requests).
template <class Properties = raw_json>
struct cloudformation_event {
  /// "Create", "Update" or "Delete".
  std::string_view request_type;
  /// A presigned S3 URL. Send the JSON with PUT, and with an empty content-type header.
  std::string_view response_url;
  /// An ARN, as is service_token.
  std::string_view stack_id;
  std::string_view request_id;
  /// "Custom::…" or "AWS::CloudFormation::CustomResource".
  std::string_view resource_type;
  /// The resource's name in the template.
  std::string_view logical_resource_id;
  /// The id that an earlier response gave; absent for "Create".
  std::optional<std::string_view> physical_resource_id;
  std::optional<std::string_view> service_token;
  /// The properties in the template. CloudFormation sends numbers and booleans as strings.
  Properties resource_properties;
  /// Only for "Update": the properties before.
  std::optional<Properties> old_resource_properties;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"request_type"};
  static constexpr auto json_names = names{"response_url", "ResponseURL"};
};

/// What becomes of the request (CloudFormation User Guide, "Custom resource response objects": crpg-ref-responses). At
/// most 4 KB as JSON.
template <class Data = raw_json>
struct cloudformation_response {
  /// "SUCCESS" or "FAILED".
  std::string_view status = "SUCCESS";
  /// Required if it failed.
  std::optional<std::string> reason;
  /// An id of your own for the resource. If an update changes it, CloudFormation deletes the resource with the old id.
  std::string physical_resource_id;
  std::string_view stack_id;
  std::string_view request_id;
  std::string_view logical_resource_id;
  /// Whether Fn::GetAtt masks the data.
  std::optional<bool> no_echo;
  /// Values for Fn::GetAtt.
  std::optional<Data> data;

  using json_naming = pascal_case;

  /// The response to `event`, which succeeds. The resource keeps its id, or gets its logical one.
  template <class Properties>
  [[nodiscard]] static cloudformation_response to(const cloudformation_event<Properties>& event) {
    cloudformation_response response;
    response.physical_resource_id = event.physical_resource_id.value_or(event.logical_resource_id);
    response.stack_id = event.stack_id;
    response.request_id = event.request_id;
    response.logical_resource_id = event.logical_resource_id;
    return response;
  }
  cloudformation_response& fail(std::string why) {
    status = "FAILED";
    reason = std::move(why);
    return *this;
  }
};

template <class Properties>
inline constexpr event_source source_of<cloudformation_event<Properties>> = event_source::cloudformation;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::cloudformation_event<>);

}  // namespace v0
}  // namespace lambda_proc
