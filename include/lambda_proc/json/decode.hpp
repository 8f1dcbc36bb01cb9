#pragma once
// SPDX-License-Identifier: MIT
// simdjson values to C++ values: what a handler may take. Most users only write a struct and a handler for it;
// from_json functions call decode() for what they contain.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/json/apart.hpp>
#include <lambda_proc/json/decode_container.hpp>
#include <lambda_proc/json/decode_scalar.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/decode_trail.hpp>
#include <lambda_proc/json/decode_variant.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

template <class T>
struct is_decodable;

/// What decode() can read: numbers, bool, text (std::string, std::string_view), enums, sys_time, std::optional and
/// smart pointers, std::variant, tuples and pairs (as arrays), std::array, sequences and sets, maps with string
/// keys, raw_json, plain structs of all these, and types with a from_json function.
template <class T>
concept decodable = is_decodable<T>::value;

/// Reads value into out.
///
/// What out holds is reused: strings and vectors keep their memory. A std::string_view and a raw_json are views that
/// die with the line (or, outside of run and serve, with the parser's input and the parser). A failure
/// (`invalid_event`) leaves out valid but unspecified, and its message starts with the path from value to the bad
/// field: ".lines[2].count: expected an unsigned integer, got \"3\"".
///
/// For a type of your own, define beside it one of
///
///     simdjson::error_code from_json(simdjson::ondemand::value& value, T& out);
///     lambda_proc::result<void> from_json(simdjson::ondemand::value& value, T& out);
template <decodable T>
[[nodiscard]] result<void> decode(simdjson::ondemand::value value, T& out);

namespace detail {

template <class T>
consteval bool decodable_elements() {
  if constexpr (nullable<T>) {
    return decodable<std::remove_reference_t<decltype(*std::declval<T&>())>>;
  } else if constexpr (variant<T> || tuple<T>) {
    return []<template <class...> class Template, class... Elements>(std::type_identity<Template<Elements...>>) {
      return ((decodable<Elements> || std::same_as<Elements, std::monostate>)&&...);
    }(std::type_identity<T>{});
  } else if constexpr (map<T>) {
    return decodable<typename T::mapped_type>;
  } else if constexpr (sequence<T> || is_std_array<T>) {
    return decodable<typename T::value_type>;
  } else {
    return false;
  }
}

template <class T>
[[gnu::always_inline]] inline simdjson::error_code read_custom(simdjson_value& value, T& out, decode_trail& trail) {
  if constexpr (has_traced_json<T>) {
    return from_json(value, out, trail);
  } else if (trail.is_ahead()) {
    return trail.put_off();
  } else if constexpr (std::convertible_to<decltype(from_json(value, out)), simdjson::error_code>) {
    const simdjson::error_code code = from_json(value, out);
    return code ? trail.refused({{}, simdjson::error_message(code)}) : code;
  } else {
    const result<void> done = from_json(value, out);
    return done ? simdjson::SUCCESS : trail.refused(done.error());
  }
}

// Not inlined: in a function that is too large g++ leaves simdjson's own small ones for later, and by then it has given
// up to keep their fields in registers.
template <class T>
[[gnu::noinline]] simdjson::error_code read_apart(simdjson_value& value, T& out, decode_trail& trail) {
  if constexpr (structural<T>) {
    simdjson::ondemand::object fields;
    if (const auto code = enter(value, fields, trail)) return code;
    return read_struct(fields, out, trail);
  } else if constexpr (std::is_enum_v<T>) {
    typename enum_number<T>::type number{};
    const auto code = read(value, number, trail);
    out = static_cast<T>(number);
    return code;
  } else if constexpr (std::same_as<T, raw_json>) {
    std::string_view text;
    if (const auto code = read_raw(value, text)) return code;
    out = raw_json(text);
    return simdjson::SUCCESS;
  } else if constexpr (nullable<T>) {
    return read_nullable(value, out, trail);
  } else if constexpr (variant<T>) {
    return read_variant(value, out, trail);
  } else if constexpr (tuple<T> || is_std_array<T>) {
    return read_elements(value, out, trail);
  } else if constexpr (map<T>) {
    return read_map(value, out, trail);
  } else {
    return read_sequence(value, out, trail);
  }
}

// The one place that sorts types; every reader comes back here for what it contains. What most members are is read
// where it stands: a value whose address is not taken stays in registers, and to fetch one from memory that was just
// written to costs more than to read a number. The rest works with a copy.
template <class T>
[[gnu::always_inline]] inline simdjson::error_code read(simdjson_value& value, T& out, decode_trail& trail) {
  static_assert(decodable<T>,
                "lambda_proc: JSON can't be decoded into this type: make it a plain struct (an aggregate of at most 64 "
                "members, no base classes, no C arrays, no references), or give it a function "
                "from_json(simdjson::ondemand::value&, T&)");
  if constexpr (!decodable<T>) {
    return simdjson::INCORRECT_TYPE;  // the sentence above is enough
  } else if constexpr (has_from_json<T>) {
    simdjson_value apart = apart_from(value);
    return read_custom(apart, out, trail);
  } else if constexpr (std::same_as<T, bool>) {
    return value.get_bool().get(out) ? trail.expected("a boolean", value.raw_json_token()) : simdjson::SUCCESS;
  } else if constexpr (std::is_arithmetic_v<T>) {
    return read_number(value, out, trail);
  } else if constexpr (textual<T>) {
    return read_textual(value, out, trail);
  } else if constexpr (is_specialization<T, std::optional>) {
    return read_nullable(value, out, trail);
  } else {
    simdjson_value apart = apart_from(value);
    return read_apart(apart, out, trail);
  }
}

}  // namespace detail

template <class T>
struct is_decodable : std::bool_constant<detail::decodable_elements<T>()> {};
template <class T>
  requires(detail::has_from_json<T> || std::is_arithmetic_v<T> || std::is_enum_v<T> || detail::textual<T> ||
           std::same_as<T, raw_json>)
struct is_decodable<T> : std::bool_constant<!detail::character<T> && !std::is_const_v<T>> {};
template <class T>
  requires(!detail::has_from_json<T> && !std::same_as<T, std::monostate> && plain_struct<T>)
struct is_decodable<T> : std::true_type {};

template <decodable T>
result<void> decode(simdjson::ondemand::value value, T& out) {
  detail::decode_trail trail;
  const auto code = detail::read(value, out, trail);
  if (code == simdjson::SUCCESS) return {};
  return trail.to_failure("invalid_event", "", code);
}

}  // namespace v0
}  // namespace lambda_proc
