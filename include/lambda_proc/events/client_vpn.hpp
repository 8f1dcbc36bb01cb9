#pragma once
// SPDX-License-Identifier: MIT
// AWS Client VPN: the client connect handler, which authorizes connections, and its response.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A device that wants to connect. Answer with a client_vpn_response; a failure refuses the connection.
///
/// Fields: Client VPN Administrator Guide, "Connection authorization" (connection-authorization).
struct client_vpn_request {
  std::string_view connection_id;
  std::string_view endpoint_id;
  /// The common name of the device's certificate.
  std::string_view common_name;
  /// Empty with mutual authentication.
  std::optional<std::string_view> username;
  /// The operating system.
  std::string_view platform;
  /// Empty if the client does not say.
  std::optional<std::string_view> platform_version;
  std::string_view public_ip;
  std::string_view client_openvpn_version;
  /// The groups of the user in Active Directory or at the identity provider, as one text or as a list.
  std::optional<std::variant<std::string_view, std::vector<std::string_view>>> groups;
  /// "v1", "v2", …
  std::string_view schema_version;

  using json_naming = kebab_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"connection_id"};
};

struct client_vpn_response {
  bool allow = false;
  /// What the user reads if the connection is refused; at most 255 characters.
  std::string error_msg_on_denied_connection;
  /// At most 10 words of your own, of at most 255 characters, for the connection's log: "compliant", "unknown".
  std::vector<std::string> posture_compliance_statuses;
  /// That of the request.
  std::string_view schema_version;

  using json_naming = kebab_case;

  /// A response that lets the device connect.
  [[nodiscard]] static client_vpn_response allowed(const client_vpn_request& request) {
    return {true, {}, {}, request.schema_version};
  }
  /// A response that refuses it.
  [[nodiscard]] static client_vpn_response denied(const client_vpn_request& request, std::string message) {
    return {false, std::move(message), {}, request.schema_version};
  }
};

template <>
inline constexpr event_source source_of<client_vpn_request> = event_source::client_vpn;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::client_vpn_request);

}  // namespace v0
}  // namespace lambda_proc
