#pragma once
// SPDX-License-Identifier: MIT
// The members of a plain struct at compile time: their number, their order and their JSON names. decode and encode use
// it; users need only the json_… declarations of structs, which docs/structs.md lists.

#include <lambda_proc/json/bind_members.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <tuple>
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

/// With `using json_unknown = lambda_proc::refuse;` in a struct, a key that is none of its members' is a failure;
/// otherwise such members are skipped.
struct refuse {};

/// With `using json_missing = lambda_proc::leave_empty;` in a struct, a member that the JSON lacks or has as null is
/// empty: 0, an empty string, list or map, a struct of such members. Memory is kept for the next value.
///
/// These members are still required: those that the struct names, and structs that have a required member themselves.
///
///     static constexpr std::string_view json_required[] = {"body"};
struct leave_empty {};

namespace detail {

inline constexpr std::size_t max_members = 64;

// The following is used only at compile time, and some of it is never defined.
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-internal"
#pragma clang diagnostic ignored "-Wundefined-var-template"
#endif

// Converts to any member type, but not to the struct itself: T{anything} must not be a copy of a T.
template <class Owner>
struct anything {
  template <class T>
    requires(!std::same_as<T, Owner>)
  operator T() const noexcept {
    __builtin_unreachable();  // never called, but clang needs a body
  }
};

template <class T, std::size_t... I>
consteval bool takes(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), anything<T>{})...}; };
}

// The largest number of initializers that T accepts; max_members + 1 if there are too many.
template <class T, std::size_t Count = 0>
consteval std::size_t count_members() {
  if constexpr (Count > max_members ||
                (takes<T>(std::make_index_sequence<Count>{}) && !takes<T>(std::make_index_sequence<Count + 1>{}))) {
    return Count;
  } else {
    return count_members<T, Count + 1>();
  }
}

template <class T>
inline constexpr std::size_t member_count = count_members<T>();

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

template <class T>
consteval auto member_pointers() {
  return bind_members<member_count<T>>(external<T>.value, [](auto&... member) { return std::tuple{&member...}; });
}

struct ruler {
  int known_name;
};

// How the compiler prints a member is not specified, but the text after the name is always the same.
template <class T, std::size_t I>
consteval std::string_view member_name() {
  constexpr std::string_view known = "known_name";
  constexpr std::string_view model = spell<address{std::get<0>(member_pointers<ruler>())}>();
  constexpr std::size_t tail = model.size() - model.rfind(known) - known.size();
  static_assert(model.rfind(known) != std::string_view::npos, "this compiler does not spell the names of members");

  constexpr std::string_view text = spell<address{std::get<I>(member_pointers<T>())}>();
  constexpr std::string_view head = text.substr(0, text.size() - tail);
  return head.substr(head.find_last_of(":.") + 1);
}
#ifdef __clang__
#pragma clang diagnostic pop
#endif

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

template <std::size_t Capacity, std::size_t Count>
struct name_table {
  std::array<char, Capacity + 1> text{};
  std::array<std::size_t, Count + 1> start{};
};

/// The names of T's members in C++.
template <class T>
inline constexpr auto names_in_cpp = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<std::string_view, sizeof...(I)>{member_name<T, I>()...};
}(std::make_index_sequence<member_count<T>>{});

/// The index of T's member of this name; member_count<T> if there is none.
template <class T>
constexpr std::size_t member_index(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(names_in_cpp<T>, name) - names_in_cpp<T>.begin());
}

// Whether these are all names of members of T.
template <class T>
consteval bool are_members(const auto& names) {
  return std::ranges::all_of(names, [](std::string_view name) { return member_index<T>(name) < member_count<T>; });
}
template <class T>
consteval bool are_keys_members(const auto& entries) {
  return std::ranges::all_of(entries, [](const auto& entry) { return member_index<T>(entry.first) < member_count<T>; });
}

// All JSON names of T, one after the other.
template <class T>
consteval auto make_name_table() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    constexpr auto& plain = names_in_cpp<T>;
    constexpr std::size_t given = [] {
      std::size_t size = 0;
      if constexpr (has_json_names<T>) {
        for (const auto& [member, name] : T::json_names.entries) size += name.size();
      }
      return size;
    }();
    if constexpr (has_json_names<T>) {
      constexpr bool all_known = are_keys_members<T>(T::json_names.entries);
      static_assert(all_known, "json_names names a member that the struct does not have");
    }
    name_table<(member_name<T, I>().size() + ... + given), sizeof...(I)> table;
    for (std::size_t i = 0; i < plain.size(); ++i) {
      char* const out = table.text.data() + table.start[i];
      std::size_t size = restyle<typename naming_of<T>::type>(plain[i], out);
      if constexpr (has_json_names<T>) {
        for (const auto& [member, name] : T::json_names.entries) {
          if (member == plain[i]) size = name.copy(out, name.size());
        }
      }
      table.start[i + 1] = table.start[i] + size;
    }
    return table;
  }(std::make_index_sequence<member_count<T>>{});
}

template <class T>
inline constexpr auto json_name_table = make_name_table<T>();

}  // namespace detail

/// A struct that can be decoded from JSON and encoded without further code: an aggregate of at most 64 members, without
/// base classes and C arrays.
template <class T>
concept plain_struct = std::is_class_v<T> && std::is_aggregate_v<T> && !requires(T t) { t.begin(); } &&
                       detail::member_count<T> <= detail::max_members;

/// The number of T's members.
template <plain_struct T>
inline constexpr std::size_t member_count = detail::member_count<T>;

/// The JSON names of T's members, in the order of their declaration: from json_names, or by json_naming.
template <plain_struct T>
inline constexpr auto json_names_of = [] {
  std::array<std::string_view, member_count<T>> all{};
  const auto& table = detail::json_name_table<T>;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = {table.text.data() + table.start[i], table.start[i + 1] - table.start[i]};
  }
  return all;
}();

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
      if (names[k] == names[i]) return k;
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
inline constexpr auto names_and_aliases = json_names_of<T>;
template <has_json_aliases T>
inline constexpr auto names_and_aliases<T> = [] {
  constexpr bool all_known = are_keys_members<T>(T::json_aliases.entries);
  static_assert(all_known, "lambda_proc: json_aliases names a member that the struct does not have");
  std::array<std::string_view, member_count<T> + T::json_aliases.entries.size()> keys{};
  auto next = std::ranges::copy(json_names_of<T>, keys.begin()).out;
  for (const auto& [member, alias] : T::json_aliases.entries) *next++ = alias;
  return keys;
}();

/// All keys that mean a member of T: the JSON names of its members, then their aliases.
template <class T>
inline constexpr auto& json_keys_of = []() -> const auto& {
  constexpr std::size_t same = find_equal_names(names_and_aliases<T>);
  if constexpr (same < names_and_aliases<T>.size()) {
    no_two_members_have_the_same_json_name<fixed_copy<names_and_aliases<T>, same>>();
  }
  return names_and_aliases<T>;
}();

/// The member that each of those keys means.
template <class T>
inline constexpr auto member_of_key = [] {
  std::array<std::size_t, json_keys_of<T>.size()> members{};
  for (std::size_t i = 0; i < members.size(); ++i) {
    members[i] = i;
    if constexpr (has_json_aliases<T>) {
      if (i >= member_count<T>) members[i] = member_index<T>(T::json_aliases.entries[i - member_count<T>].first);
    }
  }
  return members;
}();

/// Whether the JSON may lack a member although it is not nullable: it keeps its default.
template <class T, std::size_t I>
consteval bool keeps_default() {
  if constexpr (has_use_default_for<T>) {
    constexpr bool all_known = are_members<T>(T::json_missing.members);
    static_assert(all_known, "lambda_proc: json_missing names a member that the struct does not have");
    return std::ranges::find(T::json_missing.members, names_in_cpp<T>[I]) != T::json_missing.members.end();
  } else {
    return has_use_default<T>;
  }
}

/// Whether a struct with leave_empty requires a member by name.
template <class T, std::size_t I>
consteval bool is_named_as_required() {
  if constexpr (has_json_required<T>) {
    constexpr bool all_known = are_members<T>(T::json_required);
    static_assert(all_known, "lambda_proc: json_required names a member that the struct does not have");
    return std::ranges::find(T::json_required, names_in_cpp<T>[I]) != std::end(T::json_required);
  } else {
    return false;
  }
}

/// Whether a member is written as null where it is empty.
template <class T, std::size_t I>
consteval bool writes_null() {
  if constexpr (has_write_null_for<T>) {
    constexpr bool all_known = are_members<T>(T::json_empty.members);
    static_assert(all_known, "lambda_proc: json_empty names a member that the struct does not have");
    return std::ranges::find(T::json_empty.members, names_in_cpp<T>[I]) != T::json_empty.members.end();
  } else {
    return has_write_null<T>;
  }
}

}  // namespace detail

/// Calls visit(member…) with references to all members of object, in the order of their declaration.
template <class T>
  requires plain_struct<std::remove_const_t<T>>
[[gnu::always_inline]] constexpr decltype(auto) visit_members(T& object, auto&& visit) {
  return detail::bind_members<member_count<std::remove_const_t<T>>>(object, visit);
}

}  // namespace v0
}  // namespace lambda_proc
