#pragma once
// SPDX-License-Identifier: MIT
// Why a callable is not a handler, in one sentence for each reason. A part of handler.hpp.

#include <lambda_proc/handler/event.hpp>
#include <lambda_proc/handler/handler_reply.hpp>
#include <lambda_proc/handler/handler_signature.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/obstacle.hpp>

#include <concepts>
#include <type_traits>
#include <variant>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

template <class Handler>
struct unknown_form {};
template <class Event>
struct not_default_constructible {};
template <class Result>
struct value_beside_stream {};

template <class Handler>
constexpr void explain(unknown_form<Handler>) {
  static_assert(std::is_void_v<Handler>,
                "lambda_proc: this is not a handler. A handler is R f(const context&, E), R f(E), R f(const context&) "
                "or R f(), each also with a response_stream& as its last argument; it takes E by value or const&, and "
                "is not overloaded");
}
template <class Event>
constexpr void explain(not_default_constructible<Event>) {
  static_assert(std::is_default_constructible_v<Event>,
                "lambda_proc: a handler's event must have a default constructor, since each event is read into the "
                "same object");
}

template <class Result>
inline constexpr bool has_no_value = std::same_as<typename answer_of<Result>::type, std::monostate>;

template <class Result>
constexpr void explain(value_beside_stream<Result>) {
  static_assert(has_no_value<Result>,
                "lambda_proc: a handler that takes a response_stream& writes its reply there: it returns void or "
                "result<void>");
}

template <class Event>
consteval auto refusal_of_event() {
  if constexpr (std::is_void_v<Event> || std::same_as<Event, event> || simdjson_view<Event>) {
    return accepted{};
  } else if constexpr (has_obstacle<decoding, Event>) {
    return obstacle_in<decoding, Event, handler_event>();
  } else if constexpr (!std::is_default_constructible_v<Event>) {
    return not_default_constructible<Event>{};
  } else {
    return accepted{};
  }
}

/// What keeps a callable from being a handler; explain() fails to compile with the reason.
template <class Handler>
consteval auto refusal_of() {
  using signature = form_of_handler<Handler>;
  if constexpr (!requires { typename signature::result_type; }) {
    return unknown_form<Handler>{};
  } else {
    using refusal = decltype(refusal_of_event<typename signature::event_type>());
    using result_type = std::remove_cvref_t<typename signature::result_type>;
    if constexpr (!std::same_as<refusal, accepted>) {
      return refusal{};
    } else if constexpr (takes_stream<Handler> && !has_no_value<result_type>) {
      return value_beside_stream<result_type>{};
    } else {
      return refusal_of_reply<result_type>();
    }
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
