#pragma once
// SPDX-License-Identifier: MIT
// What a struct can say about its JSON: names, aliases, and what becomes of missing, empty and unknown members.
// docs/structs.md lists all of it.

#include <lambda_proc/json/member_set.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {

/// JSON names that differ from C++'s, in pairs. For the members of a struct:
///
///     static constexpr auto json_names = lambda_proc::names{"detail_type", "detail-type"};
///
/// For the values of an enum, which then is a JSON string (found by argument-dependent lookup):
///
///     constexpr auto json_names(color) { return lambda_proc::names{color::red, "red", color::blue, "blue"}; }
///
/// Other names that are accepted for members, but not written:
///
///     static constexpr auto json_aliases = lambda_proc::names{"unsubscribe_url", "UnsubscribeURL"};
template <class Key, std::size_t Count>
struct names {
  std::array<std::pair<Key, std::string_view>, Count> entries;

  template <class... Alternating>
  constexpr names(Alternating... words) : entries{} {
    static_assert(sizeof...(words) == 2 * Count && alternate<Alternating...>(),
                  "names come in pairs: C++'s, then JSON's");
    // Each argument is converted to both types: accessing one in the middle of a pack is slow to compile.
    const std::array<Key, sizeof...(words)> keys{as<Key>(words)...};
    const std::array<std::string_view, sizeof...(words)> texts{as<std::string_view>(words)...};
    for (std::size_t i = 0; i < Count; ++i) entries[i] = {keys[2 * i], texts[2 * i + 1]};
  }

 private:
  template <class T, class Word>
  static constexpr T as(Word word) {
    if constexpr (std::convertible_to<Word, T>) {
      return word;
    } else {
      return T{};
    }
  }

  template <class... Alternating>
  static consteval bool alternate() {
    constexpr bool is_key[]{std::convertible_to<Alternating, Key>...};
    constexpr bool is_text[]{std::convertible_to<Alternating, std::string_view>...};
    for (std::size_t i = 0; i < sizeof...(Alternating); ++i) {
      if (!(i % 2 == 0 ? is_key[i] : is_text[i])) return false;
    }
    return true;
  }
};
template <class First, class... Rest>
names(First, Rest...)
    -> names<std::conditional_t<std::is_enum_v<First>, First, std::string_view>, (1 + sizeof...(Rest)) / 2>;

/// How JSON names are derived from C++'s: the separator between words ('\0' for none), and which words are capitalized.
/// A struct chooses with `using json_naming = lambda_proc::camel_case;`.
template <char Separator, bool CapitalFirst, bool CapitalLater>
struct naming_style {
  static constexpr char separator = Separator;
  static constexpr bool capital_first = CapitalFirst;
  static constexpr bool capital_later = CapitalLater;
};
/// message_id stays "message_id". The default.
using snake_case = naming_style<'_', false, false>;
/// message_id becomes "messageId".
using camel_case = naming_style<'\0', false, true>;
/// message_id becomes "MessageId".
using pascal_case = naming_style<'\0', true, true>;
/// message_id becomes "message-id".
using kebab_case = naming_style<'-', false, false>;

/// A list of members of a struct, by their names in C++.
template <std::size_t Count>
struct member_list {
  std::array<std::string_view, Count> members;

  template <class... Names>
  constexpr explicit member_list(Names... names) : members{names...} {}
};

/// With `using json_missing = lambda_proc::use_default;` in a struct, members that the JSON lacks keep their defaults.
/// For some members only: `static constexpr lambda_proc::use_default_for json_missing{"limit", "offset"};`
struct use_default {};
template <std::size_t Count>
struct use_default_for : member_list<Count> {
  using member_list<Count>::member_list;
};
template <class... Names>
use_default_for(Names...) -> use_default_for<sizeof...(Names)>;

/// With `using json_empty = lambda_proc::write_null;` in a struct, empty members (std::optional, smart pointers) are
/// written as null; otherwise they are left out, since null says no more and some hosts reject it. For some members
/// only: `static constexpr lambda_proc::write_null_for json_empty{"next"};`
struct write_null {};
template <std::size_t Count>
struct write_null_for : member_list<Count> {
  using member_list<Count>::member_list;
};
template <class... Names>
write_null_for(Names...) -> write_null_for<sizeof...(Names)>;

/// With `using json_unknown = lambda_proc::refuse;` in a struct, a key that belongs to no member is a failure;
/// otherwise it is skipped.
struct refuse {};

/// With `using json_missing = lambda_proc::leave_empty;` in a struct, a member that the JSON lacks or has as null is
/// empty: 0, an empty string, list or map, a struct of such members. Memory is kept for the next value.
///
/// These members are still required: those that the struct names, and structs that have a required member themselves.
///
///     static constexpr std::string_view json_required[] = {"body"};
struct leave_empty {};

namespace detail {

template <class T>
concept has_json_names = requires { T::json_names.entries; };
template <class T>
concept has_json_naming = requires { typename T::json_naming; };
template <class T>
concept has_json_aliases = requires { T::json_aliases.entries; };
template <class T>
concept has_use_default = requires { requires std::same_as<typename T::json_missing, use_default>; };
template <class T>
concept has_use_default_for = requires { T::json_missing.members; };
template <class T>
concept has_leave_empty = requires { requires std::same_as<typename T::json_missing, leave_empty>; };
template <class T>
concept has_json_required = requires { std::begin(T::json_required); };
template <class T>
concept has_write_null = requires { requires std::same_as<typename T::json_empty, write_null>; };
template <class T>
concept has_write_null_for = requires { T::json_empty.members; };
template <class T>
concept refuses_unknown = requires { requires std::same_as<typename T::json_unknown, refuse>; };

template <class T>
struct naming_of : std::type_identity<snake_case> {};
template <has_json_naming T>
struct naming_of<T> : std::type_identity<typename T::json_naming> {};

// Whether these are all names of members of T.
template <class T>
consteval bool are_members(const auto& names) {
  for (const std::string_view name : names) {
    if (member_index<T>(name) == member_count<T>) return false;
  }
  return true;
}
template <class T>
consteval bool are_keys_members(const auto& entries) {
  for (const auto& [member, other] : entries) {
    if (member_index<T>(member) == member_count<T>) return false;
  }
  return true;
}

template <class T>
consteval member_set find_members(const auto& names) {
  member_set found;
  for (const std::string_view name : names) found.insert(member_index<T>(name));
  return found;
}

template <class T>
consteval member_set find_members_with_default() {
  if constexpr (has_use_default_for<T>) {
    constexpr bool all_known = are_members<T>(T::json_missing.members);
    static_assert(all_known, "lambda_proc: json_missing names a member that the struct does not have");
    if constexpr (all_known) return find_members<T>(T::json_missing.members);
  } else if constexpr (has_use_default<T>) {
    return member_set::first(member_count<T>);
  }
  return {};
}

template <class T>
consteval member_set find_members_required_by_name() {
  if constexpr (has_json_required<T>) {
    constexpr bool all_known = are_members<T>(T::json_required);
    static_assert(all_known, "lambda_proc: json_required names a member that the struct does not have");
    if constexpr (all_known) return find_members<T>(T::json_required);
  }
  return {};
}

template <class T>
consteval member_set find_members_written_as_null() {
  if constexpr (has_write_null_for<T>) {
    constexpr bool all_known = are_members<T>(T::json_empty.members);
    static_assert(all_known, "lambda_proc: json_empty names a member that the struct does not have");
    if constexpr (all_known) return find_members<T>(T::json_empty.members);
  } else if constexpr (has_write_null<T>) {
    return member_set::first(member_count<T>);
  }
  return {};
}

/// Those that the JSON may lack although they are not nullable: they keep their default.
template <class T>
inline constexpr member_set members_with_default = find_members_with_default<T>();

/// Those that a struct with leave_empty requires by name.
template <class T>
inline constexpr member_set members_required_by_name = find_members_required_by_name<T>();

/// Those that are written as null where they are empty.
template <class T>
inline constexpr member_set written_as_null = find_members_written_as_null<T>();

}  // namespace detail

}  // namespace v0
}  // namespace lambda_proc
