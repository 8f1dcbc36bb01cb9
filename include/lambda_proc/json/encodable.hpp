#pragma once
// SPDX-License-Identifier: MIT
// Which types can be encoded, and what they consist of. A part of encode.hpp.

#include <lambda_proc/json/count_members.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>
#include <utility>
#include <variant>

namespace lambda_proc {
inline namespace v0 {

template <class T>
struct is_encodable;

/// What encode() can write: numbers, bool, text (anything that converts to std::string_view, a char), enums, times
/// (sys_time), durations (the number of their units), std::optional and smart pointers, std::variant, tuples and pairs,
/// ranges (arrays, sequences, sets, spans, views), maps whose keys are text, integers or enums, raw_json, plain structs
/// of all these, and types with a to_json function.
template <class T>
concept encodable = is_encodable<std::remove_cvref_t<T>>::value;

namespace detail {

template <class T>
concept has_to_json_trait = requires(json_writer& writer, const T& value) { json<T>::to_json(writer, value); };
template <class T>
concept has_to_json = has_to_json_trait<T> || requires(json_writer& writer, const T& value) { to_json(writer, value); };

struct encoding {
  /// The types of the values that a T consists of.
  template <class T>
  static consteval auto parts() {
    if constexpr (has_to_json<T> || text_view<T> || std::same_as<T, std::monostate>) {
      return type_list<>{};
    } else if constexpr (nullable<T>) {
      return type_list<std::remove_cvref_t<decltype(*std::declval<const T&>())>>{};
    } else if constexpr (variant<T> || tuple<T>) {
      return []<template <class...> class Template, class... Elements>(std::type_identity<Template<Elements...>>) {
        return type_list<std::remove_cvref_t<Elements>...>{};
      }(std::type_identity<T>{});
    } else if constexpr (object_like<T>) {
      return type_list<typename T::mapped_type>{};
    } else if constexpr (array_like<T>) {
      return type_list<std::ranges::range_value_t<T>>{};
    } else if constexpr (plain_struct<T>) {
      return []<class... Members>(type_list<Members...>) {
        return type_list<std::remove_cvref_t<Members>...>{};
      }(member_types<T>{});
    } else {
      return type_list<>{};
    }
  }

  template <class T>
  static constexpr bool accepts = encodable<T>;
};

template <class T>
consteval bool encodable_elements() {
  return []<class... Parts>(type_list<Parts...>) { return (encodable<Parts> && ...); }(encoding::parts<T>());
}

}  // namespace detail

template <class T>
struct is_encodable : std::false_type {};
template <class T>
  requires(detail::has_to_json<T> || std::is_arithmetic_v<T> || std::is_enum_v<T> || detail::is_sys_time<T> ||
           detail::is_duration<T> || detail::text_view<T> || std::same_as<T, raw_json> ||
           std::same_as<T, std::monostate>)
struct is_encodable<T> : std::bool_constant<!detail::wide_character<T> && !std::same_as<T, long double>> {};
template <class T>
  requires(!detail::has_to_json<T> && (detail::nullable<T> || detail::variant<T> || detail::tuple<T> ||
                                       detail::object_like<T> || detail::array_like<T>))
struct is_encodable<T> : std::bool_constant<detail::encodable_elements<T>()> {};
template <class T>
  requires(!detail::has_to_json<T> && !std::same_as<T, std::monostate> && plain_struct<T>)
struct is_encodable<T> : std::true_type {};

}  // namespace v0
}  // namespace lambda_proc
