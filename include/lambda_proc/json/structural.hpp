#pragma once
// SPDX-License-Identifier: MIT
// Types that are read member by member, and which of their members the JSON must have. A part of decode.hpp.

#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_table.hpp>
#include <lambda_proc/json/json_names.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/reflect.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The library's own from_json functions take part in building the path to a bad field.
template <class T>
concept has_error_path_json =
    requires(simdjson_value& value, T& out, decode_error& error) { from_json(value, out, error); };
template <class T>
concept has_from_json_trait = requires(simdjson_value& value, T& out) { json<T>::from_json(value, out); };
template <class T>
concept has_from_json = has_from_json_trait<T> || has_error_path_json<T> ||
                        requires(simdjson_value& value, T& out) { from_json(value, out); };

/// The library's own types that have one member, a std::string_view: they are read as that.
template <class T>
concept text_wrapper =
    requires { requires T::wraps_text; } && std::is_standard_layout_v<T> && sizeof(T) == sizeof(std::string_view);

// Types that are read member by member.
template <class T>
concept structural = plain_struct<T> && !has_from_json<T> && !std::same_as<T, std::monostate>;
template <class T>
concept table_struct = structural<T> && by_table<T>;

template <plain_struct T>
consteval bool requires_a_member();

enum class need : std::uint8_t { never, by_name, always };

/// Whether the JSON of a struct must have a member of this type. `Leniently` is true for a struct with leave_empty.
template <bool Leniently, class Member>
consteval need need_of() {
  if constexpr (nullable<Member>) {
    return need::never;
  } else if constexpr (!Leniently) {
    return need::always;
  } else if constexpr (structural<Member>) {
    return requires_a_member<Member>() ? need::always : need::by_name;
  } else {
    return need::by_name;
  }
}

template <class T, class... Members>
consteval member_set find_required_members(type_list<Members...>) {
  const std::array<need, sizeof...(Members)> needs{need_of<has_leave_empty<T>, std::remove_cv_t<Members>>()...};
  member_set required;
  for (std::size_t i = 0; i < sizeof...(Members); ++i) {
    const bool by_name = needs[i] == need::by_name && members_required_by_name<T>.contains(i);
    if (!members_with_default<T>.contains(i) && (by_name || needs[i] == need::always)) required.insert(i);
  }
  return required;
}

/// Those that the JSON of a T must have.
template <plain_struct T>
inline constexpr member_set required_members = find_required_members<T>(member_types<T>{});

template <plain_struct T>
consteval bool requires_a_member() {
  return !required_members<T>.empty();
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
