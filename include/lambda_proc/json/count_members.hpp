#pragma once
// SPDX-License-Identifier: MIT
// Counts the members of a struct, and says why those of some structs can't be accessed. A part of reflect.hpp.

#include <lambda_proc/json/bind_members.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

// Converts to any member type, but not to the struct itself: T{anything} must not be a copy of a T.
template <class Owner>
struct anything {
  template <class T>
    requires(!std::same_as<T, Owner>)
  operator T() const noexcept {
    __builtin_unreachable();  // never called, but clang needs a body
  }
};

// Converts to the base classes of a struct; to those without members only, if `Empty`.
template <class Owner, bool Empty>
struct any_base {
  template <class T>
    requires(!std::same_as<T, Owner> && std::is_base_of_v<T, Owner> && (!Empty || std::is_empty_v<T>))
  operator T() const noexcept {
    __builtin_unreachable();
  }
};

inline constexpr std::size_t too_many = max_members + 1;
inline constexpr std::size_t uncountable = std::numeric_limits<std::size_t>::max();

// The number of `{}` that T accepts: at least Low, less than High.
template <class T, std::size_t Low, std::size_t High>
consteval std::size_t count_between() {
  constexpr std::size_t middle = Low + (High - Low) / 2;
  if constexpr (middle == Low) {
    return Low;
  } else if constexpr (member_row<middle>::template takes<T>) {
    return count_between<T, middle, High>();
  } else {
    return count_between<T, Low, middle>();
  }
}

template <class T, std::size_t Guess = 4>
consteval std::size_t count_braces() {
  if constexpr (!member_row<Guess>::template takes<T>) {
    return count_between < T, Guess == 4 ? 0 : Guess / 2, Guess > ();
  } else if constexpr (Guess == max_members) {
    return max_members;
  } else {
    return count_braces<T, 2 * Guess>();
  }
}

template <class T, std::size_t... I>
consteval bool takes(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), anything<T>{})...}; };
}

// For structs with members that `{}` does not initialize. C arrays would be counted as their elements.
template <class T, std::size_t Count = 0>
consteval std::size_t count_by_conversion() {
  constexpr bool fits = takes<T>(std::make_index_sequence<Count>{});
  if constexpr (Count == too_many) {
    return fits ? too_many : uncountable;
  } else if constexpr (fits && !takes<T>(std::make_index_sequence<Count + 1>{})) {
    return Count;
  } else {
    return count_by_conversion<T, Count + 1>();
  }
}

/// The number of initializers that T accepts: one for each base class, then one for each member.
template <class T>
consteval std::size_t count_initializers() {
  if constexpr (member_row<0>::takes<T>) {
    constexpr std::size_t count = count_braces<T>();
    // Each in an else branch: the slow way would be instantiated behind a return, too.
    if constexpr (!member_row<count>::template takes<T, anything<T>>) {
      return count;
    } else if constexpr (count == max_members) {
      return too_many;
    } else {
      return count_by_conversion<T>();
    }
  } else {
    return count_by_conversion<T>();
  }
}

template <class T, bool Empty, std::size_t Count = 0>
consteval std::size_t count_bases() {
  if constexpr (Count < max_members && member_row<Count>::template takes<T, any_base<T, Empty>>) {
    return count_bases<T, Empty, Count + 1>();
  } else {
    return Count;
  }
}

template <class T>
consteval std::size_t count_members() {
  constexpr std::size_t bases = count_bases<T, false>();
  constexpr std::size_t count = count_initializers<T>();
  if constexpr (count > max_members || bases == 0) {
    return count;
  } else {
    return bases == count_bases<T, true>() ? count - bases : uncountable;
  }
}

/// The number of T's members: too_many, or uncountable because there is a reference, or a base class with members.
template <class T>
inline constexpr std::size_t member_count = count_members<T>();

// Bit-fields share bytes with other members.
struct sum_of_sizes {
  template <class... Members>
  constexpr auto operator()(const Members&...) const {
    return std::integral_constant<std::size_t,
                                  (std::size_t{0} + ... + (std::is_empty_v<Members> ? 0 : sizeof(Members)))>{};
  }
};

// If bind() can't detect bit-fields, one that shares its bytes with no other member is the compiler's own error.
template <class T>
consteval bool shares_bytes() {
  if constexpr (detects_bit_fields) {
    return false;
  } else {
    return decltype(member_row<member_count<T>>::bind(std::declval<T&>(), sum_of_sizes{}))::value > sizeof(T);
  }
}

template <class T>
consteval auto find_member_types() {
  if constexpr (shares_bytes<T>()) {
    return bit_field{};
  } else {
    return decltype(member_row<member_count<T>>::bind(std::declval<T&>(), list_types{})){};
  }
}

/// The type_list of T's members, or `bit_field`.
template <class T>
using member_types = decltype(find_member_types<T>());

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
