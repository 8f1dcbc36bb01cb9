#pragma once
// SPDX-License-Identifier: MIT
// The members of a plain struct at compile time: their number, their order and their names in C++.

#include <lambda_proc/json/bind_members.hpp>
#include <lambda_proc/json/constant_text.hpp>
#include <lambda_proc/json/count_members.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

// The following is used only at compile time, and some of it is never defined.
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-internal"
#pragma clang diagnostic ignored "-Wundefined-var-template"
#endif

// Never defined: only the addresses of its members are used, at compile time.
template <class T>
struct external_object {
  T value;
};
template <class T>
extern const external_object<T> external;

// clang 14 accepts a pointer to a subobject as a template argument only inside a class.
template <class Pointer>
struct address {
  Pointer pointer;
};
template <class Pointer>
address(Pointer) -> address<Pointer>;

template <auto Address>
consteval auto spell() {
  return std::string_view{__PRETTY_FUNCTION__};
}

// A pointer to the I-th member. A std::tuple of them would take much longer to compile.
template <std::size_t I, class Member>
struct member_pointer {
  Member* pointer;
};
template <class Indices, class... Members>
struct member_pointer_list;
template <std::size_t... I, class... Members>
struct member_pointer_list<std::index_sequence<I...>, Members...> : member_pointer<I, Members>... {};

// For bind(). Not lambdas, here and below: each struct would have another one.
struct list_pointers {
  template <class... Members>
  constexpr auto operator()(Members&... member) const {
    return member_pointer_list<std::index_sequence_for<Members...>, Members...>{{&member}...};
  }
};

// Not a variable: without optimization it would be emitted for a T in an anonymous namespace, and not link.
template <class T>
consteval auto member_pointers() {
  return member_row<member_count<T>>::bind(external<T>.value, list_pointers{});
}

// How the compiler spells each member.
template <class T, std::size_t... I, class... Members>
consteval auto spell_members(member_pointer_list<std::index_sequence<I...>, Members...>) {
  [[maybe_unused]] constexpr auto pointers = member_pointers<T>();
  return std::array<std::string_view, sizeof...(I)>{
      spell<address<Members*>{static_cast<const member_pointer<I, Members>&>(pointers).pointer}>()...};
}

struct ruler {
  int known_name;
};

// How the compiler spells a member is not specified, but the text after the name is always the same.
inline constexpr std::size_t size_behind_name = [] {
  constexpr std::string_view known = "known_name";
  constexpr std::string_view model = spell_members<ruler>(member_pointers<ruler>())[0];
  static_assert(model.rfind(known) != std::string_view::npos, "this compiler does not spell the names of members");
  return model.size() - model.rfind(known) - known.size();
}();

template <std::size_t Count>
consteval auto without_surroundings(std::array<std::string_view, Count> names) {
  for (std::string_view& name : names) {
    const std::size_t end = name.size() - size_behind_name;
    std::size_t begin = end;
    while (name[begin - 1] != ':' && name[begin - 1] != '.') --begin;
    name = {name.data() + begin, end - begin};
  }
  return names;
}

/// The names of T's members in C++.
template <class T>
inline constexpr auto names_in_cpp = without_surroundings(spell_members<T>(member_pointers<T>()));
#ifdef __clang__
#pragma clang diagnostic pop
#endif

/// The index of T's member of this name; member_count<T> if there is none.
template <class T>
constexpr std::size_t member_index(std::string_view name) {
  return index_of_text(names_in_cpp<T>, name);
}

template <class T>
concept aggregate_class = std::is_class_v<T> && std::is_aggregate_v<T> && !requires(T t) { t.begin(); };

}  // namespace detail

/// A struct that can be decoded from JSON and encoded without further code: an aggregate of at most 128 members,
/// without references, bit-fields, and base classes that have members.
template <class T>
concept plain_struct = detail::aggregate_class<T> && detail::member_count<T> <= detail::max_members &&
                       !std::same_as<detail::member_types<T>, detail::bit_field>;

/// The number of T's members.
template <plain_struct T>
inline constexpr std::size_t member_count = detail::member_count<T>;

/// Calls visit(member…) with references to all members of object, in the order of their declaration.
template <class T>
  requires plain_struct<std::remove_const_t<T>>
[[gnu::always_inline]] constexpr decltype(auto) visit_members(T& object, auto&& visit) {
  return detail::member_row<member_count<std::remove_const_t<T>>>::bind(object, visit);
}

namespace detail {

struct list_addresses {
  template <class... Members>
  constexpr auto operator()(Members&... member) const {
    return std::array<void*, sizeof...(Members)>{const_cast<void*>(static_cast<const void*>(&member))...};
  }
};

/// The addresses of all members, for loops over tables. Those of a const object must not be written to.
template <class T>
constexpr auto member_addresses(T& object) {
  return visit_members(object, list_addresses{});
}

}  // namespace detail

}  // namespace v0
}  // namespace lambda_proc
