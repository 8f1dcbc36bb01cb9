#pragma once
// SPDX-License-Identifier: MIT
// AWS Secrets Manager: the steps of rotating a secret.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A step of a rotation. The reply is ignored; a failure makes Secrets Manager try again.
///
/// Fields: Secrets Manager User Guide, "Rotation by Lambda function" (rotate-secrets_lambda), and "Lambda rotation
/// functions".
struct secrets_manager_rotation_event {
  /// "createSecret", "setSecret", "testSecret" or "finishSecret".
  std::string_view step;
  /// The ARN of the secret.
  std::string_view secret_id;
  /// The id of the secret's new version.
  std::string_view client_request_token;
  /// Only with cross-account rotation: proves the caller's identity.
  std::optional<std::string_view> rotation_token;

  using json_naming = pascal_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"step", "secret_id"};
};

template <>
inline constexpr event_source source_of<secrets_manager_rotation_event> = event_source::secrets_manager;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::secrets_manager_rotation_event);

}  // namespace v0
}  // namespace lambda_proc
