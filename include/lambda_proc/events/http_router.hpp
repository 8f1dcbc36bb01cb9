#pragma once
// SPDX-License-Identifier: MIT
// Chooses a handler by the method and the path of an HTTP event.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/http.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/events/http_response.hpp>
#include <lambda_proc/handler/handler_reply.hpp>
#include <lambda_proc/handler/handler_signature.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A request with the parameters of its path. Both are valid until the handler returns.
template <http_request Request>
struct routed {
  const Request& request;
  /// By name, as they stand in the path: not URL-decoded.
  std::vector<std::pair<std::string_view, std::string_view>> parameters;

  /// The parameter with this name; empty if the pattern has none.
  [[nodiscard]] std::string_view parameter(std::string_view name) const noexcept {
    for (const auto& [known, value] : parameters) {
      if (known == name) return value;
    }
    return "";
  }
};

}  // namespace events

namespace detail {

template <class Routed>
inline constexpr bool is_routed = false;
template <class Request>
inline constexpr bool is_routed<events::routed<Request>> = true;

/// The path of a request, without its query string and without the stage of an HTTP API.
template <class Request>
[[nodiscard]] std::string_view path_of(const Request& request) noexcept {
  if constexpr (requires {
                  request.request_context.stage.value_or("");
                  request.raw_path;
                }) {
    std::string_view path = request.raw_path;
    const std::string_view stage = request.request_context.stage.value_or("");
    if (stage.empty() || stage == "$default" || !path.starts_with('/')) return path;
    const std::string_view rest = path.substr(1);
    if (!rest.starts_with(stage)) return path;
    if (rest.size() == stage.size()) return "/";
    return rest[stage.size()] == '/' ? rest.substr(stage.size()) : path;
  } else if constexpr (requires { request.raw_path; }) {
    return request.raw_path.substr(0, request.raw_path.find('?'));
  } else if constexpr (requires { std::string_view(request.path); }) {
    return request.path;
  } else {
    return request.path.value_or("");
  }
}

/// Matches a path with a pattern, segment by segment. "{name}" takes one segment that is not empty, "{name+}" the rest.
inline bool match_path(std::string_view pattern, std::string_view path,
                       std::vector<std::pair<std::string_view, std::string_view>>& parameters) {
  parameters.clear();
  while (true) {
    const std::string_view wanted = pattern.substr(0, pattern.find('/'));
    const std::string_view segment = path.substr(0, path.find('/'));
    if (wanted.starts_with('{') && wanted.ends_with("+}")) {
      parameters.emplace_back(wanted.substr(1, wanted.size() - 3), path);
      return !path.empty();
    }
    if (wanted.starts_with('{') && wanted.ends_with('}')) {
      if (segment.empty()) return false;
      parameters.emplace_back(wanted.substr(1, wanted.size() - 2), segment);
    } else if (wanted != segment) {
      return false;
    }
    const bool pattern_ends = wanted.size() == pattern.size();
    const bool path_ends = segment.size() == path.size();
    if (pattern_ends || path_ends) return pattern_ends && path_ends;
    pattern.remove_prefix(wanted.size() + 1);
    path.remove_prefix(segment.size() + 1);
  }
}

}  // namespace detail

namespace events {

/// A method, a pattern of a path and the handler for both; see http_router.
template <class Handler>
struct route {
  std::string_view method;
  std::string_view pattern;
  Handler handler;

  route(std::string_view its_method, std::string_view its_pattern, Handler its_handler)
      : method(its_method), pattern(its_pattern), handler(std::move(its_handler)) {}
};

/// Makes one handler out of several, each for a method and a path:
///
///     return lambda_proc::run(lambda_proc::events::http_router(
///         route("GET", "/items/{id}", [](const routed<api_gateway_v2_request>& get) -> result<item> { … }),
///         route("POST", "/items", [](const context& ctx, const routed<api_gateway_v2_request>& post) { … })));
///
/// A segment "{name}" of a pattern takes any segment that is not empty, "{name+}" as the last one takes the rest of the
/// path. The first route that matches is called, and its value or failure becomes a reply as http says. GET also takes
/// HEAD. A path that no route has is 404, a method that its routes don't have is 405 with an Allow header.
template <class... Routes>
class http_router;

template <class... Handlers>
class http_router<route<Handlers>...> {
  template <class Handler>
  using event_of = typename detail::signature_of<Handler>::event_type;
  using event_type = std::tuple_element_t<0, std::tuple<event_of<Handlers>...>>;
  static_assert(detail::is_routed<event_type> && (std::same_as<event_of<Handlers>, event_type> && ...),
                "lambda_proc: http_router takes handlers R f(const routed<Request>&) or R f(const context&, const "
                "routed<Request>&), all for the same Request");
  using request_type = std::remove_cvref_t<decltype(std::declval<event_type>().request)>;

 public:
  explicit http_router(route<Handlers>... routes) : routes_(std::move(routes)...) {}
  explicit http_router(http_options options, route<Handlers>... routes)
      : routes_(std::move(routes)...), options_(std::move(options)) {}

  http_response operator()(const context& ctx, const request_type& request) {
    const std::string_view method = detail::method_of(request);
    std::string_view path = detail::path_of(request);
    std::string allowed;
    event_type event{request, {}};
    std::optional<http_response> reply;
    // HEAD is answered by a route of its own, or else like GET.
    const auto attempt = [&](auto& one, std::string_view wanted) {
      if (reply || !detail::match_path(one.pattern, path, event.parameters)) return;
      if (one.method != wanted) return allow(allowed, one.method);
      using form = detail::signature_of<decltype(one.handler)>;
      reply.emplace(detail::http_reply(ctx, request, options_, [&]() -> decltype(auto) {
        return detail::call_handler<form>(one.handler, ctx, std::as_const(event));
      }));
    };
    std::apply([&](auto&... one) { (attempt(one, method), ...); }, routes_);
    if (!reply && method == "HEAD") std::apply([&](auto&... one) { (attempt(one, "GET"), ...); }, routes_);
    if (reply) return *std::move(reply);
    if (allowed.empty())
      return detail::problem_reply(ctx, request, {"not_found", "there is nothing at this path"}, 404);
    return detail::problem_reply(ctx, request, {"method_not_allowed", "this path has other methods: " + allowed}, 405)
        .header("allow", allowed);
  }

 private:
  static void allow(std::string& allowed, std::string_view method) {
    const auto add = [&](std::string_view name) {
      if ((", " + allowed + ",").find(", " + std::string(name) + ",") != std::string::npos) return;
      allowed.append(allowed.empty() ? "" : ", ").append(name);
    };
    add(method);
    if (method == "GET") add("HEAD");
  }

  std::tuple<route<Handlers>...> routes_;
  http_options options_;
};

template <class... Handlers>
http_router(route<Handlers>...) -> http_router<route<Handlers>...>;
template <class... Handlers>
http_router(http_options, route<Handlers>...) -> http_router<route<Handlers>...>;

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
