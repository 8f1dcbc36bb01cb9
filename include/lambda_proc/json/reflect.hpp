#pragma once
// SPDX-License-Identifier: MIT
// The members of a plain struct at compile time: their number, their order and their JSON names. decode and encode use
// it; users need only json_naming, json_names and json_missing.

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
/// Other names that are accepted for members, but not written (one for each member):
///
///     static constexpr auto json_also = lambda_proc::names{"unsubscribe_url", "UnsubscribeURL"};
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

/// With `using json_missing = lambda_proc::use_default;` in a struct, members that the JSON lacks keep their defaults.
struct use_default {};

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
concept has_use_default = requires { requires std::same_as<typename T::json_missing, use_default>; };
template <class T>
concept has_leave_empty = requires { requires std::same_as<typename T::json_missing, leave_empty>; };
template <class T>
concept has_json_required = requires { std::begin(T::json_required); };
template <class T>
concept has_json_also = requires { T::json_also.entries; };

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

// All JSON names of T, one after the other.
template <class T>
consteval auto make_name_table() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    std::array<std::string_view, sizeof...(I)> plain{member_name<T, I>()...};
    constexpr std::size_t given = [] {
      std::size_t size = 0;
      if constexpr (has_json_names<T>) {
        for (const auto& [member, name] : T::json_names.entries) size += name.size();
      }
      return size;
    }();
    if constexpr (has_json_names<T>) {
      constexpr bool all_known = std::ranges::all_of(
          T::json_names.entries, [](const auto& entry) { return ((entry.first == member_name<T, I>()) || ...); });
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

// The index of the member with this C++ name.
template <class T>
constexpr std::size_t place_of(std::string_view name) {
  return [name]<std::size_t... I>(std::index_sequence<I...>) {
    const std::array<std::string_view, sizeof...(I)> all{member_name<T, I>()...};
    return static_cast<std::size_t>(std::ranges::find(all, name) - all.begin());
  }(std::make_index_sequence<member_count<T>>{});
}

/// The members that json_required names, one bit each.
template <class T>
consteval std::uint64_t named_as_required() {
  std::uint64_t bits = 0;
  if constexpr (has_json_required<T>) {
    static_assert(std::ranges::all_of(T::json_required, [](auto name) { return place_of<T>(name) < member_count<T>; }),
                  "json_required names a member that the struct does not have");
    for (const auto name : T::json_required) bits |= std::uint64_t{1} << place_of<T>(name);
  }
  return bits;
}

/// The names in json_also, and the index of the member of each.
template <has_json_also T>
inline constexpr auto other_names = [] {
  std::array<std::string_view, T::json_also.entries.size()> all{};
  std::ranges::transform(T::json_also.entries, all.begin(), [](const auto& entry) { return entry.second; });
  return all;
}();
template <has_json_also T>
inline constexpr auto places_of_other_names = [] {
  static_assert(
      std::ranges::all_of(T::json_also.entries, [](auto entry) { return place_of<T>(entry.first) < member_count<T>; }),
      "json_also names a member that the struct does not have");
  std::array<std::size_t, T::json_also.entries.size()> all{};
  std::ranges::transform(T::json_also.entries, all.begin(), [](auto entry) { return place_of<T>(entry.first); });
  return all;
}();

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

/// Calls visit(member…) with references to all members of object, in the order of their declaration.
template <class T>
  requires plain_struct<std::remove_const_t<T>>
[[gnu::always_inline]] constexpr decltype(auto) visit_members(T& object, auto&& visit) {
  return detail::bind_members<member_count<std::remove_const_t<T>>>(object, visit);
}

}  // namespace v0
}  // namespace lambda_proc
