#pragma once
// SPDX-License-Identifier: MIT
// Calls a handler and sorts what it returns. handler.hpp, for_each and any_event share it.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/json/encode.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <variant>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

template <class T>
inline constexpr bool is_simdjson_result = false;
template <class T>
inline constexpr bool is_simdjson_result<simdjson::simdjson_result<T>> = true;

// result<T>, std::expected<T, E> and similar types.
template <class T>
concept expected_like = requires(const T& t) {
  typename T::value_type;
  { t.has_value() } -> std::same_as<bool>;
  t.error();
} && !is_simdjson_result<T>;

// The types that may be the error of a std::expected<T, E>.
template <class T>
concept failure_like = std::convertible_to<T, failure> || std::convertible_to<T, std::string_view> ||
                       std::convertible_to<T, simdjson::error_code> || std::convertible_to<T, std::error_code>;

/// Nothing is wrong with a handler. The reasons for refusing one are obstacle, and structs like unknown_error;
/// explain() fails to compile with the reason.
struct accepted {};
/// The error of a std::expected.
template <class Error>
struct unknown_error {};

template <class Error>
constexpr void explain(unknown_error<Error>) {
  constexpr bool can_be_failure = failure_like<Error>;
  static_assert(can_be_failure,
                "lambda_proc: the error of this std::expected can't be a failure: use lambda_proc::failure, text, "
                "std::error_code or simdjson::error_code");
}

/// What keeps a T from being a reply.
template <class T>
consteval auto refusal_of_reply() {
  if constexpr (std::is_void_v<T>) {
    return accepted{};
  } else if constexpr (is_simdjson_result<T>) {
    return refusal_of_reply<std::remove_cvref_t<decltype(std::declval<T>().value_unsafe())>>();
  } else if constexpr (expected_like<T>) {
    using error = std::remove_cvref_t<decltype(std::declval<T>().error())>;
    if constexpr (!failure_like<error>) {
      return unknown_error<error>{};
    } else {
      return refusal_of_reply<std::remove_cvref_t<typename T::value_type>>();
    }
  } else if constexpr (has_obstacle<encoding, T>) {
    return obstacle_in<encoding, T, handler_reply>();
  } else {
    return accepted{};
  }
}

template <class T>
concept reply = std::same_as<decltype(refusal_of_reply<std::remove_cvref_t<T>>()), accepted>;

template <failure_like T>
failure make_failure(T&& error) {
  if constexpr (std::convertible_to<T, failure>) {
    return std::forward<T>(error);
  } else if constexpr (std::convertible_to<T, simdjson::error_code>) {
    return {"invalid_event", simdjson::error_message(error)};
  } else if constexpr (std::convertible_to<T, std::string_view>) {
    return {"handler_error", std::string(std::string_view(error))};
  } else {
    const std::error_code code = error;
    return {code.category().name(), code.message()};
  }
}

/// Calls a handler with the context, if it takes one, and with the other arguments: the event and the stream, as far as
/// it takes them.
template <class Form, class Handler, class... Event>
decltype(auto) call_handler(Handler& handler, const context& ctx, Event&&... event) {
  if constexpr (Form::takes_context) {
    return handler(ctx, std::forward<Event>(event)...);
  } else {
    return handler(std::forward<Event>(event)...);
  }
}

/// Calls `use` with the value that a handler returned, also from a result and similar types, or returns the failure.
template <class T, class Use>
result<void> use_value(T&& returned, Use& use) {
  using type = std::remove_cvref_t<T>;
  if constexpr (std::same_as<type, failure>) {
    return std::forward<T>(returned);
  } else if constexpr (is_simdjson_result<type>) {
    if (returned.error()) return make_failure(returned.error());
    return use_value(returned.value_unsafe(), use);
  } else if constexpr (expected_like<type>) {
    if (!returned.has_value()) return make_failure(std::forward<T>(returned).error());
    if constexpr (std::is_void_v<typename type::value_type>) {
      return use(std::monostate{});
    } else {
      return use_value(*std::forward<T>(returned), use);
    }
  } else {
    return use(std::forward<T>(returned));
  }
}

/// The one place that knows everything a handler may return. Calls the handler with `call()`, then `use` with the value
/// (a std::monostate for void).
template <class Call, class Use>
result<void> with_answer(Call&& call, Use&& use) {
  if constexpr (std::is_void_v<decltype(call())>) {
    call();
    return use(std::monostate{});
  } else {
    return use_value(call(), use);
  }
}

/// The type that with_answer() passes to `use` for a handler that returns a T.
template <class T>
struct answer_of : std::type_identity<T> {};
template <class T>
  requires(std::is_void_v<T> || std::same_as<T, failure>)
struct answer_of<T> : std::type_identity<std::monostate> {};
template <class T>
struct answer_of<simdjson::simdjson_result<T>> : answer_of<T> {};
template <expected_like T>
struct answer_of<T> : answer_of<typename T::value_type> {};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
