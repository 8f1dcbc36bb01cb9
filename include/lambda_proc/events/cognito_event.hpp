#pragma once
// SPDX-License-Identifier: MIT
// Amazon Cognito: what the events of all triggers of user pools share.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct cognito_caller_context {
  /// The version of the SDK that made the request.
  std::string_view aws_sdk_version;
  /// The app client's id.
  std::string_view client_id;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A trigger event of a user pool: the common members, the trigger's `Request`, and a `Response` to fill in. A handler
/// returns the event that it was given:
///
///     [](cognito_pre_sign_up event) {
///       event.response.auto_confirm_user = event.user_name->starts_with("svc-");
///       return event;
///     }
///
/// A failure rejects the user's operation, and its message is shown to the user. Cognito waits at most 5 seconds.
///
/// Fields: Cognito Developer Guide, "Customizing user pool workflows with Lambda triggers", "Common parameters"
/// (cognito-user-pools-lambda-trigger-syntax-shared), and the page of each trigger.
template <class Request = raw_json, class Response = raw_json>
struct cognito_event {
  /// The version of the event's format: "1"; for pre token generation also "2" and "3".
  std::string_view version;
  /// The trigger and the occasion, such as "PreSignUp_SignUp".
  std::string_view trigger_source;
  std::string_view region;
  std::string_view user_pool_id;
  /// Absent if there is no user yet, or no user at all (machine to machine).
  std::optional<std::string_view> user_name;
  cognito_caller_context caller_context;
  Request request;
  Response response;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"trigger_source"};
};

/// The response of triggers that have nothing to fill in: {}.
struct cognito_no_response {
  using json_missing = leave_empty;
};

template <class Request, class Response>
inline constexpr event_source source_of<cognito_event<Request, Response>> = event_source::cognito;

}  // namespace events

namespace detail {

template <class Request, class Response>
  requires requires { Request::trigger; }
struct event_subject<events::cognito_event<Request, Response>> {
  // "PreSignUp_SignUp" is the trigger "PreSignUp" on one occasion.
  static constexpr event_fit fit(const events::event_origin& origin) {
    const bool is_for = origin.subject.substr(0, origin.subject.find('_')) == Request::trigger;
    return is_for ? event_fit::subject : event_fit::none;
  }
};

}  // namespace detail

LAMBDA_PROC_EVENT_TABLE(events::cognito_event<>);

}  // namespace v0
}  // namespace lambda_proc
