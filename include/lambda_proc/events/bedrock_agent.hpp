#pragma once
// SPDX-License-Identifier: MIT
// Amazon Bedrock Agents: an action group, by OpenAPI or function schema, and the responses.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct bedrock_agent_description {
  std::string_view name;
  std::string_view id;
  std::string_view alias;
  std::string_view version;

  using json_missing = leave_empty;
};

struct bedrock_agent_parameter {
  std::string_view name;
  /// "string", "number", "integer", "boolean" or "array".
  std::string_view type;
  /// Text, whatever the type.
  std::string_view value;

  using json_missing = leave_empty;
};

struct bedrock_agent_content {
  std::vector<bedrock_agent_parameter> properties;

  using json_missing = leave_empty;
};

struct bedrock_agent_request_body {
  /// By media type, such as "application/json".
  name_map<bedrock_agent_content, detail::exact_names> content;

  using json_missing = leave_empty;
};

/// An action to do. Answer with bedrock_agent_response::to(event, …).
///
/// Fields: Amazon Bedrock User Guide, "Configure Lambda functions to send information that an Amazon Bedrock agent
/// elicits from the user" (agents-lambda).
struct bedrock_agent_event {
  /// "1.0"
  std::string_view message_version;
  bedrock_agent_description agent;
  std::string_view input_text;
  std::string_view session_id;
  std::string_view action_group;
  /// Only with an OpenAPI schema, as are the two members below.
  std::optional<std::string_view> api_path;
  std::optional<std::string_view> http_method;
  std::optional<bedrock_agent_request_body> request_body;
  /// Only with a function schema.
  std::optional<std::string_view> function;
  std::optional<std::vector<bedrock_agent_parameter>> parameters;
  string_map session_attributes;
  string_map prompt_session_attributes;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"action_group"};
};

struct bedrock_agent_response_content {
  /// What the function found, as text; JSON text for an OpenAPI schema.
  std::string body;
};

struct bedrock_agent_function_response {
  /// "FAILURE" or "REPROMPT"; absent for success.
  std::optional<std::string_view> response_state = {};
  /// By "TEXT".
  std::map<std::string, bedrock_agent_response_content> response_body;

  using json_naming = camel_case;
};

struct bedrock_agent_action_response {
  std::string_view action_group;
  std::optional<std::string_view> api_path;
  std::optional<std::string_view> http_method;
  std::optional<int> http_status_code;
  /// Only with an OpenAPI schema: by media type.
  std::optional<std::map<std::string, bedrock_agent_response_content>> response_body;
  std::optional<std::string_view> function;
  std::optional<bedrock_agent_function_response> function_response;

  using json_naming = camel_case;
};

struct bedrock_agent_response {
  std::string_view message_version = "1.0";
  bedrock_agent_action_response response;
  std::optional<std::map<std::string, std::string>> session_attributes;
  std::optional<std::map<std::string, std::string>> prompt_session_attributes;

  using json_naming = camel_case;

  /// The response to `event`: JSON text with a status for an OpenAPI schema, text for a function schema.
  [[nodiscard]] static bedrock_agent_response to(const bedrock_agent_event& event, std::string body, int status = 200) {
    bedrock_agent_response out;
    out.response.action_group = event.action_group;
    if (event.function) {
      out.response.function = event.function;
      out.response.function_response.emplace().response_body["TEXT"].body = std::move(body);
    } else {
      out.response.api_path = event.api_path;
      out.response.http_method = event.http_method;
      out.response.http_status_code = status;
      out.response.response_body.emplace()["application/json"].body = std::move(body);
    }
    return out;
  }
};

template <>
inline constexpr event_source source_of<bedrock_agent_event> = event_source::bedrock_agent;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::bedrock_agent_event);

}  // namespace v0
}  // namespace lambda_proc
