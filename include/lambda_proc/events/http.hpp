#pragma once
// SPDX-License-Identifier: MIT
// Wraps a handler of an HTTP event, so that its values become replies with status 200, and its failures HTTP errors.

#include <lambda_proc/core/catch_failures.hpp>
#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/events/http_response.hpp>
#include <lambda_proc/events/http_status.hpp>
#include <lambda_proc/handler/handler_reply.hpp>
#include <lambda_proc/handler/handler_signature.hpp>
#include <lambda_proc/log/log.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The body of a reply that says what went wrong (RFC 9457, media type application/problem+json).
struct problem_details {
  std::string_view title;
  int status = 500;
  /// Only with 4xx: the failure's message.
  std::optional<std::string> detail = {};
};

struct http_options {
  /// The statuses of failures by their types, such as {{"not_found", 404}}. Without one, "invalid_event" is 400, and
  /// any other is 500.
  std::vector<std::pair<std::string, int>> statuses;

  [[nodiscard]] int status_of(std::string_view failure_type) const noexcept {
    for (const auto& [type, status] : statuses) {
      if (type == failure_type) return status;
    }
    return failure_type == "invalid_event" ? 400 : 500;
  }
};

}  // namespace events

namespace detail {

/// The reply that says what went wrong. Details of a 5xx might help an attacker: they are logged, and not sent.
template <class Request>
events::http_response problem_reply(const context& ctx, const Request& request, const failure& why, int status) {
  events::problem_details problem{.title = events::reason_phrase(status), .status = status};
  if (status < 500) {
    problem.detail = why.message;
  } else {
    logger(ctx).error("request failed", "errorType", why.type, "errorMessage", why.message);
  }
  return events::http_response(request, status).json(problem).header("content-type", "application/problem+json");
}

/// The reply for what call() returns or throws: an http_response as it is, nothing as 204, another value as its JSON
/// with 200, a failure as problem details.
template <class Request>
events::http_response http_reply(const context& ctx, const Request& request, const events::http_options& options,
                                 auto&& call) {
  std::optional<events::http_response> reply;
  const auto use = [&]<class Value>(Value&& value) -> result<void> {
    using type = std::remove_cvref_t<Value>;
    if constexpr (std::same_as<type, events::http_response>) {
      reply.emplace(std::forward<Value>(value));
    } else if constexpr (std::same_as<type, std::monostate>) {
      reply.emplace(request, 204);
    } else {
      reply.emplace(request).json(value);
    }
    if (reply->error() != nullptr) return failure{"invalid_reply", reply->error()};
    return {};
  };
  const result<void> done = catch_failures([&] { return with_answer(call, use); });
  if (done) return *std::move(reply);
  return problem_reply(ctx, request, done.error(), options.status_of(done.error().type));
}

}  // namespace detail

namespace events {

/// Makes a handler of HTTP events out of one that need not know HTTP:
///
///     return lambda_proc::run(lambda_proc::events::http(
///         [](const api_gateway_v2_request& request) -> result<item> { … }, {{{"no_such_item", 404}}}));
///
/// It returns an http_response, or a value that is sent as JSON with status 200, or nothing (204). A failure that it
/// returns, or an exception, becomes a reply with problem_details; without this wrapper it would be "Internal Server
/// Error". See http_options for the status. The details of a 5xx only go to the log.
template <class Handler>
class http {
  using form = detail::signature_of<Handler>;
  static_assert(
      requires {
        typename form::event_type;
        requires http_request<typename form::event_type>;
        requires detail::reply<typename form::result_type>;
      },
      "lambda_proc: http takes a handler of one HTTP event: R f(const Request&) or R f(const context&, const "
      "Request&), "
      "where Request is the request of API Gateway, a load balancer, a function URL or VPC Lattice");
  using request_type = typename form::event_type;

 public:
  explicit http(Handler handler, http_options options = {})
      : handler_(std::move(handler)), options_(std::move(options)) {}

  http_response operator()(const context& ctx, const request_type& request) {
    return detail::http_reply(ctx, request, options_,
                              [&]() -> decltype(auto) { return detail::call_handler<form>(handler_, ctx, request); });
  }

 private:
  Handler handler_;
  http_options options_;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
