#pragma once
// SPDX-License-Identifier: MIT
// AWS Transfer Family: a custom identity provider, and its response.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A user who wants to log in. Answer with a transfer_authorizer_response; one without a role refuses the user.
///
/// Fields: AWS Transfer Family User Guide, "Using AWS Lambda to integrate your identity provider" (custom-lambda-idp).
struct transfer_authorizer_request {
  std::string_view username;
  /// Absent or empty if the user logs in with a key.
  std::optional<std::string_view> password;
  /// "SFTP", "FTPS" or "FTP".
  std::string_view protocol;
  std::string_view server_id;
  std::string_view source_ip;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"server_id"};
};

struct transfer_directory_mapping {
  std::string entry;
  std::string target;

  using json_naming = pascal_case;
};

struct transfer_posix_profile {
  std::uint32_t uid;
  std::uint32_t gid;
  std::optional<std::vector<std::uint32_t>> secondary_gids = {};

  using json_naming = pascal_case;
};

struct transfer_authorizer_response {
  /// The ARN of the role that the user acts with. Required.
  std::optional<std::string> role = {};
  /// Only for EFS.
  std::optional<transfer_posix_profile> posix_profile = {};
  /// Required if there is no password.
  std::optional<std::vector<std::string>> public_keys = {};
  /// A policy as JSON text, which reduces the role's.
  std::optional<std::string> policy = {};
  /// "PATH" or "LOGICAL".
  std::optional<std::string> home_directory_type = {};
  std::optional<std::string> home_directory = {};
  /// A list of transfer_directory_mapping as JSON text.
  std::optional<std::string> home_directory_details = {};

  using json_naming = pascal_case;
};

template <>
inline constexpr event_source source_of<transfer_authorizer_request> = event_source::transfer_authorizer;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::transfer_authorizer_request);

}  // namespace v0
}  // namespace lambda_proc
