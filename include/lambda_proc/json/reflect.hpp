#pragma once
// SPDX-License-Identifier: MIT
// The members of a plain struct at compile time: their number, order, offsets, and names in C++.

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

// Never defined: only the addresses of its members and bytes are used, at compile time.
template <class T>
union external_object {
  T value;
  std::byte bytes[sizeof(T)];
  external_object();
  ~external_object();
};
template <class T>
extern external_object<T> external;

struct member_place {
  const void* address;
  std::size_t size;
};

// For bind(). Not a lambda: each struct would have another one.
struct list_places {
  template <class... Members>
  constexpr auto operator()(Members&... member) const {
    return std::array<member_place, sizeof...(Members)>{
        member_place{&member, std::is_empty_v<Members> ? 0 : sizeof(member)}...};
  }
};

// Not a variable, because the compiler might emit it.
template <class T>
consteval auto member_places() {
  return member_row<member_count<T>>::bind(external<T>.value, list_places{});
}

template <class T>
consteval auto find_offsets() {
  constexpr auto places = member_places<T>();
  std::array<std::size_t, member_count<T>> offsets{};
  std::size_t end = 0;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    // Mostly a member is where the one before it ends, or a little later. One without a size may be anywhere.
    std::size_t at = end;
    while (external<T>.bytes + at != places[i].address) at = (at + 1) % sizeof(T);
    offsets[i] = at;
    if (places[i].size != 0) end = (at + places[i].size) % sizeof(T);
  }
  return offsets;
}

/// Where T's members are, in bytes from its start, for loops over tables.
template <class T>
inline constexpr auto member_offsets = find_offsets<T>();

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
  [[maybe_unused]] constexpr auto places = member_places<T>();
  return std::array<std::string_view, sizeof...(I)>{spell<address{places[I].address}>()...};
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
