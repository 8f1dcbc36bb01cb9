#pragma once
// SPDX-License-Identifier: MIT
// Finds the type that keeps a value from being decoded or encoded, however deep it is, and says in one sentence why.

#include <lambda_proc/json/constant_text.hpp>
#include <lambda_proc/json/count_members.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The way to a part of a type: a struct's members, a container's element. At most 64 levels deep.
struct part_path {
  std::array<std::size_t, 64> steps{};
  std::size_t depth = 0;
};

// A depth-first search. Each type is visited once, since structs may contain themselves through a vector.
struct part_search {
  std::array<std::string_view, 256> visited{};
  std::size_t count = 0;
  part_path path;

  constexpr bool visit(std::string_view type) {
    if (count == visited.size() || path.depth == path.steps.size()) return false;
    for (std::size_t i = 0; i < count; ++i) {
      if (same_text(visited[i], type)) return false;
    }
    visited[count++] = type;
    return true;
  }
};

// `Way` is decoding or encoding: Way::parts<T>() is a type_list, and Way::accepts<T> ignores a struct's members.
template <class Way, class T>
constexpr bool find_obstacle(part_search& search) {
  // Types are told apart by a text: with g++'s -fsanitize=undefined, comparing addresses is no constant expression.
  if (!search.visit(__PRETTY_FUNCTION__)) return false;
  const bool is_in_parts = [&search]<class... Parts>(type_list<Parts...>) {
    std::size_t step = 0;
    [[maybe_unused]] const auto look = [&](bool (*find)(part_search&)) {
      search.path.steps[search.path.depth++] = step++;
      if (find(search)) return true;
      --search.path.depth;
      return false;
    };
    return (look(&find_obstacle<Way, Parts>) || ...);
  }(Way::template parts<T>());
  return is_in_parts || !Way::template accepts<T>;
}

template <class Way, class T>
inline constexpr bool has_obstacle = [] {
  part_search search;
  return find_obstacle<Way, T>(search);
}();

/// Where the obstacle is.
template <class Struct>
struct member_of;
struct handler_event;
struct handler_reply;
struct log_field;
struct decoded_value;
struct encoded_value;

/// A type that keeps what contains it from being decoded or encoded.
template <class Way, class Type, class Where>
struct obstacle {};

template <class Way, class T, class Where, part_path Path, std::size_t Depth = 0>
consteval auto follow_path() {
  if constexpr (Depth == Path.depth) {
    return obstacle<Way, T, Where>{};
  } else {
    return []<class... Parts>(type_list<Parts...>) {
      using part = std::tuple_element_t<Path.steps[Depth], std::tuple<Parts...>>;
      using where = std::conditional_t<plain_struct<T>, member_of<T>, Where>;
      return follow_path<Way, part, where, Path, Depth + 1>();
    }(Way::template parts<T>());
  }
}

/// The obstacle in a T for which has_obstacle is true.
template <class Way, class T, class Where>
consteval auto obstacle_in() {
  constexpr part_path path = [] {
    part_search search;
    find_obstacle<Way, T>(search);
    return search.path;
  }();
  return follow_path<Way, T, Where, path>();
}

/// Why a type is an obstacle.
enum class cause {
  raw_pointer,
  constant,
  key_of_map,
  wide_text,
  sequence_of_char,
  long_double,
  is_union,
  not_an_aggregate,
  base_class,
  too_many_members,
  reference,
  bit_field,
  other
};

template <class T>
consteval cause cause_of() {
  using enum cause;
  if constexpr (std::is_const_v<T>) {
    return constant;
  } else if constexpr (std::is_pointer_v<T> || std::same_as<T, std::nullptr_t>) {
    return raw_pointer;
  } else if constexpr (wide_character<T>) {
    return wide_text;
  } else if constexpr (std::same_as<T, long double>) {
    return long_double;
  } else if constexpr (std::is_union_v<T>) {
    return is_union;
  } else if constexpr (requires {
                         typename T::mapped_type;
                         requires !map_key<typename T::key_type>;
                       }) {
    return key_of_map;
  } else if constexpr (requires { requires std::same_as<typename T::value_type, char>; }) {
    return sequence_of_char;
  } else if constexpr (aggregate_class<T>) {
    if constexpr (count_bases<T, false>() != count_bases<T, true>()) return base_class;
    if constexpr (member_count<T> == too_many) return too_many_members;
    if constexpr (member_count<T> == uncountable) return reference;
    return bit_field;
  } else {
    return std::is_class_v<T> ? not_an_aggregate : other;
  }
}

/// Fails to compile, with the reason.
template <class Way, class Type, class Where>
constexpr void explain(obstacle<Way, Type, Where>) {
  using enum cause;
  constexpr cause why = cause_of<Type>();
  static_assert(
      why != raw_pointer,
      "lambda_proc: a raw pointer has no JSON form: use the value itself, a std::optional or a smart pointer");
  static_assert(why != constant, "lambda_proc: a const or reference member can't be decoded: remove the const");
  static_assert(why != key_of_map,
                "lambda_proc: the keys of a JSON object are text: the keys of a map must be text, integers or enums");
  static_assert(why != wide_text, "lambda_proc: wide characters have no JSON form: use a std::string, in UTF-8");
  static_assert(why != sequence_of_char,
                "lambda_proc: a sequence of characters may be text or bytes: use a std::string, or numbers");
  static_assert(why != long_double, "lambda_proc: a long double has no fixed length: use a double");
  static_assert(why != is_union, "lambda_proc: a union does not say which member it has: use a std::variant");
  static_assert(
      why != not_an_aggregate,
      "lambda_proc: this class is not an aggregate: it has a constructor, a private member or a virtual function. "
      "Remove it, or write from_json and to_json functions for the class");
  static_assert(why != base_class,
                "lambda_proc: base classes with members are not supported: make the base class a member");
  static_assert(why != too_many_members, "lambda_proc: this struct has more than 128 members");
  static_assert(why != reference, "lambda_proc: reference members are not supported: use a value");
  static_assert(why != bit_field, "lambda_proc: bit-fields are not supported: use a whole integer");
  static_assert(why != other,
                "lambda_proc: this type has no JSON form: write from_json and to_json functions for it, or specialize "
                "lambda_proc::json");
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
