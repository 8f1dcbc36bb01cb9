#pragma once
// SPDX-License-Identifier: MIT
// Combines handlers of several events into one, for functions with several triggers.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/any_of.hpp>
#include <lambda_proc/handler/handler_reply.hpp>
#include <lambda_proc/handler/handler_signature.hpp>
#include <lambda_proc/json/encode.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A variant of the distinct types; a single type is used as it is.
template <class Done, class... Left>
struct distinct_variant;
template <class... Done, class Next, class... Left>
struct distinct_variant<std::variant<Done...>, Next, Left...>
    : std::conditional_t<(std::same_as<Done, Next> || ...), distinct_variant<std::variant<Done...>, Left...>,
                         distinct_variant<std::variant<Done..., Next>, Left...>> {};
template <class Only>
struct distinct_variant<std::variant<Only>> : std::type_identity<Only> {};
template <class First, class Second, class... More>
struct distinct_variant<std::variant<First, Second, More...>>
    : std::type_identity<std::variant<First, Second, More...>> {};

}  // namespace detail

namespace events {

/// Makes one handler out of several, each for its own type of event:
///
///     return lambda_proc::run(lambda_proc::events::any_event(
///         lambda_proc::events::for_each([](const sqs_message& message) { … }),
///         [](const s3_event& event) { … },
///         [](const context& ctx, const api_gateway_v2_request& request) -> http_response { … }));
///
/// any_of describes how the handler is chosen. Each handler returns what its source expects: nothing, an encodable
/// value, a result of one, or a failure. To use one overloaded functor instead, take an any_of and std::visit it.
template <class... Handlers>
class any_event {
  static_assert(
      (requires { typename detail::signature_of<Handlers>::event_type; } && ...),
      "lambda_proc: any_event takes handlers R f(const Event&) or R f(const context&, const Event&); the type "
      "of the event must be spelt out");

  template <class Handler>
  using reply_of =
      typename detail::answer_of<std::remove_cvref_t<typename detail::signature_of<Handler>::result_type>>::type;
  static_assert((encodable<reply_of<Handlers>> && ...),
                "lambda_proc: any_event's handlers return void, an encodable value, a result of one, or a failure");
  using reply = typename detail::distinct_variant<std::variant<>, reply_of<Handlers>...>::type;
  using event_type = any_of<typename detail::signature_of<Handlers>::event_type...>;

 public:
  explicit any_event(Handlers... handlers) : handlers_(std::move(handlers)...) {}

  result<reply> operator()(const context& ctx, const event_type& any) { return call<0>(ctx, any); }

 private:
  template <std::size_t I>
  result<reply> call(const context& ctx, const event_type& any) {
    if constexpr (I + 1 < sizeof...(Handlers)) {
      if (any.event.index() != I) return call<I + 1>(ctx, any);
    }
    auto& handler = std::get<I>(handlers_);
    using form = detail::signature_of<decltype(handler)>;
    const auto& event = *std::get_if<I>(&any.event);
    std::optional<reply> made;
    result<void> done =
        detail::with_answer([&]() -> decltype(auto) { return detail::call_handler<form>(handler, ctx, event); },
                            [&made]<class Value>(Value&& value) -> result<void> {
                              made.emplace(std::forward<Value>(value));
                              return {};
                            });
    if (!done) return std::move(done).error();
    return *std::move(made);
  }

  std::tuple<Handlers...> handlers_;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
