#pragma once
// SPDX-License-Identifier: MIT
// Which types can be decoded, and what they consist of. A part of decode.hpp.

#include <lambda_proc/json/bind_members.hpp>
#include <lambda_proc/json/count_members.hpp>
#include <lambda_proc/json/decode_scalar.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/reflect.hpp>
#include <lambda_proc/json/structural.hpp>

#include <concepts>
#include <type_traits>
#include <variant>

namespace lambda_proc {
inline namespace v0 {

template <class T>
struct is_decodable;

/// What decode() can read: numbers, bool, text (std::string, std::string_view, a char), enums, times (sys_time),
/// durations (the number of their units), std::optional and smart pointers, std::variant, tuples and pairs (as arrays),
/// std::array, sequences and sets, maps whose keys are text, integers or enums, raw_json, plain structs of all these,
/// and types with a from_json function.
template <class T>
concept decodable = is_decodable<T>::value;

namespace detail {

struct decoding {
  /// The types of the values that a T consists of.
  template <class T>
  static consteval auto parts() {
    if constexpr (has_from_json<T> || textual<T>) {
      return type_list<>{};
    } else if constexpr (structural<T>) {
      return member_types<T>{};
    } else if constexpr (nullable<T>) {
      return type_list<content_type<T>>{};
    } else if constexpr (variant<T> || tuple<T>) {
      return []<template <class...> class Template, class... Elements>(std::type_identity<Template<Elements...>>) {
        return type_list<Elements...>{};
      }(std::type_identity<T>{});
    } else if constexpr (map<T>) {
      return type_list<typename T::mapped_type>{};
    } else if constexpr (sequence<T> || is_std_array<T>) {
      return type_list<typename T::value_type>{};
    } else if constexpr (std::is_bounded_array_v<T>) {
      return type_list<std::remove_extent_t<T>>{};
    } else {
      return type_list<>{};
    }
  }

  template <class T>
  static constexpr bool accepts = decodable<T> || std::same_as<T, std::monostate>;
};

template <class T>
consteval bool decodable_elements() {
  if constexpr (nullable<T> || variant<T> || tuple<T> || map<T> || sequence<T> || fixed_array<T>) {
    // A sequence of characters is no text, and may be bytes.
    return []<class... Parts>(type_list<Parts...>) {
      return (decoding::accepts<Parts> && ...) && !(sequence<T> && (std::same_as<Parts, char> && ...));
    }(decoding::parts<T>());
  } else {
    return false;
  }
}

}  // namespace detail

template <class T>
struct is_decodable : std::bool_constant<detail::decodable_elements<T>()> {};
template <class T>
  requires(detail::has_from_json<T> || std::is_arithmetic_v<T> || std::is_enum_v<T> || detail::textual<T> ||
           detail::is_duration<T> || std::same_as<T, raw_json>)
struct is_decodable<T> : std::bool_constant<!detail::wide_character<T> && !std::is_const_v<T>> {};
template <class T>
  requires(!detail::has_from_json<T> && !std::same_as<T, std::monostate> && plain_struct<T>)
struct is_decodable<T> : std::true_type {};

}  // namespace v0
}  // namespace lambda_proc
