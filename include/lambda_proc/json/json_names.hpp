#pragma once
// SPDX-License-Identifier: MIT
// The JSON names of a struct's members at compile time, and which other keys mean them.

#include <lambda_proc/json/constant_text.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/reflect.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {

namespace detail {

template <class Style>
constexpr std::size_t restyle(std::string_view name, char* out) {
  std::size_t size = 0;
  bool after_underscore = false;
  for (const char c : name) {
    if (c == '_') {
      after_underscore = true;
      if constexpr (Style::separator != '\0') out[size++] = Style::separator;
      continue;
    }
    const bool capital = size == 0 ? Style::capital_first : after_underscore && Style::capital_later;
    out[size++] = capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    after_underscore = false;
  }
  return size;
}

// Not std::array: almost every struct has another capacity, and the functions of an array are templates, too.
template <std::size_t Capacity, std::size_t Count>
struct name_table {
  char text[Capacity + 1];
  std::size_t start[Count + 1];
};

template <class T>
consteval std::size_t most_key_bytes() {
  std::size_t size = 0;
  for (const std::string_view name : names_in_cpp<T>) size += name.size() + 3;
  if constexpr (has_json_names<T>) {
    for (const auto& [member, name] : T::json_names.entries) size += name.size();
  }
  return size;
}

// The keys of T's members as JSON, each with its quotes and the colon, one after the other.
template <class T>
consteval auto make_name_table() {
  constexpr auto& plain = names_in_cpp<T>;
  constexpr std::size_t capacity = most_key_bytes<T>();
  name_table<capacity, plain.size()> table{};
  for (std::size_t i = 0; i < plain.size(); ++i) {
    char* out = table.text + table.start[i];
    *out++ = '"';
    std::size_t size = restyle<typename naming_of<T>::type>(plain[i], out);
    if constexpr (has_json_names<T>) {
      for (const auto& [member, name] : T::json_names.entries) {
        if (same_text(member, plain[i])) size = name.copy(out, name.size());
      }
    }
    out[size] = '"';
    out[size + 1] = ':';
    table.start[i + 1] = table.start[i] + size + 3;
  }
  if constexpr (has_json_names<T>) {
    constexpr bool all_known = are_keys_members<T>(T::json_names.entries);
    static_assert(all_known, "json_names names a member that the struct does not have");
  }
  return table;
}

template <class T>
inline constexpr auto json_name_table = make_name_table<T>();

// Views of the keys, without `front` bytes at the front of each and `back` bytes at its back.
template <std::size_t Capacity, std::size_t Count>
consteval auto views_of(const name_table<Capacity, Count>& table, std::size_t front, std::size_t back) {
  std::array<std::string_view, Count> all{};
  for (std::size_t i = 0; i < Count; ++i) {
    all[i] = {&table.text[table.start[i] + front], table.start[i + 1] - table.start[i] - front - back};
  }
  return all;
}

/// The keys of T's members as JSON, each with its quotes and the colon.
template <class T>
inline constexpr auto quoted_keys_of = views_of(json_name_table<T>, 0, 0);

}  // namespace detail

/// The JSON names of T's members, in the order of their declaration: from json_names, or by json_naming.
template <plain_struct T>
inline constexpr auto json_names_of = detail::views_of(detail::json_name_table<T>, 1, 2);

namespace detail {

template <std::size_t Size>
struct fixed_text {
  char characters[Size + 1] = {};
};

template <fixed_text Name>
consteval void no_two_members_have_the_same_json_name() {
  static_assert(Name.characters[0] == '\0' && Name.characters[0] != '\0',
                "lambda_proc: two members of this struct have the same name in JSON");
}

// The first of two equal names; their number if all differ.
template <std::size_t Count>
consteval std::size_t find_equal_names(const std::array<std::string_view, Count>& names) {
  for (std::size_t i = 0; i < Count; ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (same_text(names[k], names[i])) return k;
    }
  }
  return Count;
}

template <const auto& Names, std::size_t I>
inline constexpr auto fixed_copy = [] {
  fixed_text<Names[I].size()> text;
  Names[I].copy(text.characters, Names[I].size());
  return text;
}();

template <class T>
inline constexpr auto& names_and_aliases = json_names_of<T>;
template <has_json_aliases T>
inline constexpr auto names_and_aliases<T> = [] {
  constexpr bool all_known = are_keys_members<T>(T::json_aliases.entries);
  static_assert(all_known, "lambda_proc: json_aliases names a member that the struct does not have");
  std::array<std::string_view, member_count<T> + T::json_aliases.entries.size()> keys{};
  auto next = std::ranges::copy(json_names_of<T>, keys.begin()).out;
  for (const auto& [member, alias] : T::json_aliases.entries) *next++ = alias;
  return keys;
}();

template <class T>
consteval const auto& check_names_and_aliases() {
  constexpr std::size_t same = find_equal_names(names_and_aliases<T>);
  if constexpr (same < names_and_aliases<T>.size()) {
    no_two_members_have_the_same_json_name<fixed_copy<names_and_aliases<T>, same>>();
  }
  return names_and_aliases<T>;
}

/// All keys that mean a member of T: the JSON names of its members, then their aliases.
template <class T>
inline constexpr auto& json_keys_of = check_names_and_aliases<T>();

template <has_json_aliases T>
consteval auto find_members_of_aliases() {
  std::array<std::size_t, T::json_aliases.entries.size()> members{};
  for (std::size_t i = 0; i < members.size(); ++i) members[i] = member_index<T>(T::json_aliases.entries[i].first);
  return members;
}
template <has_json_aliases T>
inline constexpr auto members_of_aliases = find_members_of_aliases<T>();

/// The member that one of those keys means.
template <class T>
constexpr std::size_t member_of_key(std::size_t key) noexcept {
  if constexpr (has_json_aliases<T>) {
    if (key >= member_count<T>) return members_of_aliases<T>[key - member_count<T>];
  }
  return key;
}

/// Whether no key of T has a character that JSON text escapes.
template <class T>
inline constexpr bool has_plain_keys =
    std::ranges::all_of(json_keys_of<T>, [](std::string_view key) { return is_plain(key); });

/// Structs that loops read and write by tables of their members: wide ones, and those with leave_empty, which AWS's
/// events are. All of them share the loops, so that they take less time to compile than code for each member.
template <class T>
concept by_table = has_leave_empty<T> || (member_count<T> > 16);

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
