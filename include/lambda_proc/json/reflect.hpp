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

// For bind(). Not a lambda: each struct would have another one.
struct list_addresses {
  template <class... Members>
  constexpr auto operator()(Members&... member) const {
    return std::array<void*, sizeof...(Members)>{const_cast<void*>(static_cast<const void*>(&member))...};
  }
};

/// The addresses of all members, for loops over tables. Those of a const object must not be written to.
template <class T>
constexpr auto member_addresses(T& object) {
  return member_row<member_count<std::remove_const_t<T>>>::bind(object, list_addresses{});
}

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
extern external_object<T> external;

// clang 14 accepts a pointer to a subobject as a template argument only inside a class.
struct address {
  const void* pointer;
};

template <address Member>
consteval auto spell() {
  // With its size, because g++ would count it character by character.
  return std::string_view{__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
}

// How the compiler spells each member.
template <class T, std::size_t... I>
consteval auto spell_members(std::index_sequence<I...>) {
  [[maybe_unused]] constexpr auto addresses = member_addresses(external<T>.value);
  return std::array<std::string_view, sizeof...(I)>{spell<address{addresses[I]}>()...};
}

struct ruler {
  int known_name;
};

// How the compiler spells a member is not specified, but the text after the name is always the same.
inline constexpr std::size_t size_behind_name = [] {
  constexpr std::string_view known = "known_name";
  constexpr std::string_view model = spell_members<ruler>(std::index_sequence<0>{})[0];
  static_assert(model.rfind(known) != std::string_view::npos, "this compiler does not spell the names of members");
  return model.size() - model.rfind(known) - known.size();
}();

template <std::size_t Count>
consteval auto without_surroundings(std::array<std::string_view, Count> names) {
  for (std::string_view& name : names) {
    const char* const end = name.data() + name.size() - size_behind_name;
    const char* begin = end;
    while (begin[-1] != ':' && begin[-1] != '.') --begin;
    name = {begin, static_cast<std::size_t>(end - begin)};
  }
  return names;
}

/// The names of T's members in C++.
template <class T>
inline constexpr auto names_in_cpp =
    without_surroundings(spell_members<T>(std::make_index_sequence<member_count<T>>{}));
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

}  // namespace v0
}  // namespace lambda_proc
