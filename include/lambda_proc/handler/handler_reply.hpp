#pragma once
// SPDX-License-Identifier: MIT
// What a handler may return, and how it becomes a reply; handler.hpp is made of this and of handler_signature.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

template <class T>
inline constexpr bool is_simdjson_result = false;
template <class T>
inline constexpr bool is_simdjson_result<simdjson::simdjson_result<T>> = true;

// result<T>, std::expected<T, E> and whatever else is made like them.
template <class T>
concept expected_like = requires(const T& t) {
  typename T::value_type;
  { t.has_value() } -> std::same_as<bool>;
  t.error();
} && !is_simdjson_result<T>;

// What may stand for the failure in a std::expected<T, E>.
template <class T>
concept failure_like = std::convertible_to<T, failure> || std::convertible_to<T, std::string_view> ||
                       std::convertible_to<T, simdjson::error_code> || std::convertible_to<T, std::error_code>;

template <class T>
consteval bool can_reply() {
  if constexpr (std::is_void_v<T>) {
    return true;
  } else if constexpr (is_simdjson_result<T>) {
    return encodable<decltype(std::declval<T>().value_unsafe())>;
  } else if constexpr (expected_like<T>) {
    return can_reply<typename T::value_type>() && failure_like<decltype(std::declval<T>().error())>;
  } else {
    return encodable<T>;
  }
}

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

template <class T>
result<void> write_reply(json_writer& out, T&& value) {
  using type = std::remove_cvref_t<T>;
  if constexpr (std::same_as<type, failure>) {
    return std::forward<T>(value);
  } else if constexpr (is_simdjson_result<type>) {
    if (value.error()) return make_failure(value.error());
    return write_reply(out, value.value_unsafe());
  } else if constexpr (expected_like<type>) {
    if (!value.has_value()) return make_failure(std::forward<T>(value).error());
    if constexpr (std::is_void_v<typename type::value_type>) {
      out.null();
      return {};
    } else {
      return write_reply(out, *value);
    }
  } else {
    encode(out, value);
    if (out.error() != nullptr) return failure{"invalid_reply", out.error()};
    return {};
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
