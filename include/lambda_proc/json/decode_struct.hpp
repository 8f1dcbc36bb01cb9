#pragma once
// SPDX-License-Identifier: MIT
// Decodes objects: keys, and the members of a plain struct. A part of decode.hpp.

#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/copy_by_fields.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/escaped_key.hpp>
#include <lambda_proc/json/json_names.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/member_set.hpp>
#include <lambda_proc/json/reflect.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string_view>
#include <utility>
#include <variant>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

// Defined in decode.hpp, which includes this header.
template <class T>
simdjson::error_code read(simdjson_value& value, T& out, decode_error& error);

/// The library's own from_json functions take part in building the path to a bad field.
template <class T>
concept has_error_path_json =
    requires(simdjson_value& value, T& out, decode_error& error) { from_json(value, out, error); };
template <class T>
concept has_from_json_trait = requires(simdjson_value& value, T& out) { json<T>::from_json(value, out); };
template <class T>
concept has_from_json = has_from_json_trait<T> || has_error_path_json<T> ||
                        requires(simdjson_value& value, T& out) { from_json(value, out); };

// Types that are read member by member.
template <class T>
concept structural = plain_struct<T> && !has_from_json<T> && !std::same_as<T, std::monostate>;

using simdjson_field = simdjson::simdjson_result<simdjson::ondemand::field>;

/// Enters an object or an array. The depth is limited, since readers are recursive.
[[gnu::always_inline]] inline simdjson::error_code enter(simdjson_value& value, simdjson::ondemand::object& out,
                                                         decode_error& error) {
  if (value.current_depth() >= static_cast<int>(max_depth)) return error.too_deep();
  return value.get_object().get(out) ? error.expected("an object", value.raw_json_token()) : simdjson::SUCCESS;
}
[[gnu::always_inline]] inline simdjson::error_code enter(simdjson_value& value, simdjson::ondemand::array& out,
                                                         decode_error& error) {
  if (value.current_depth() >= static_cast<int>(max_depth)) return error.too_deep();
  return value.get_array().get(out) ? error.expected("an array", value.raw_json_token()) : simdjson::SUCCESS;
}

[[gnu::always_inline]] inline simdjson_value& value_of(simdjson_field& good) { return unwrap(good).value(); }

/// A key as it is written, without its quotes; `escaped` is set if it has escapes.
inline std::string_view raw_key(const char* start, bool& escaped) {
  const char* const end = string_stop(start);
  escaped = *end == '\\';
  return {start, static_cast<std::size_t>(end - start)};
}

/// Reads a key: a view of the line, or of the parser's string buffer if it has escapes.
[[gnu::always_inline]] inline simdjson::error_code read_key(simdjson_field& field, std::string_view& out) {
  if (const auto code = field.error()) return code;
  bool escaped = false;
  out = raw_key(unwrap(field).key().raw(), escaped);
  return escaped ? field.unescaped_key().get(out) : simdjson::SUCCESS;
}

// A name and its closing quote. An object of its own: in a table of all names, g++ 12 warns of out-of-bounds reads when
// it instruments the code.
template <const auto& Names, std::size_t I>
inline constexpr auto quoted_name = [] {
  std::array<char, Names[I].size() + 1> text{};
  std::ranges::copy(Names[I], text.begin());
  text.back() = '"';
  return text;
}();

/// Whether the key that starts at raw is this name, written without escapes.
template <const auto& Names, std::size_t I>
bool is_key(const char* raw) {
  constexpr std::size_t size = quoted_name<Names, I>.size();
  if constexpr (Names[I].find_first_of("\"\\") != std::string_view::npos) {
    return false;
  } else if constexpr (size <= simdjson::SIMDJSON_PADDING) {
    // SIMDJSON_PADDING readable bytes follow the line, more than most names need.
    return std::memcmp(raw, quoted_name<Names, I>.data(), size) == 0;
  } else {
    return std::strncmp(raw, quoted_name<Names, I>.data(), size) == 0;
  }
}

/// The index of the key at raw among these names, or their number if it is not one of them.
template <const auto& Names>
[[gnu::always_inline]] inline std::size_t find_name(const char* raw) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    std::size_t found = Names.size();
    if (((is_key<Names, I>(raw) && (found = I, true)) || ...)) return found;
    bool escaped = false;
    raw_key(raw, escaped);
    if (escaped) static_cast<void>(((equals_unescaped(raw, Names[I]) && (found = I, true)) || ...));
    return found;
  }(std::make_index_sequence<Names.size()>{});
}

template <plain_struct T, std::size_t Capacity = member_count<T>>
consteval member_set<Capacity> required_members();

/// Whether the JSON of a T must have the member I.
template <class T, std::size_t I>
consteval bool is_required() {
  using member = std::remove_cvref_t<decltype(*std::get<I>(member_pointers<T>()))>;
  if constexpr (keeps_default<T, I>() || nullable<member>) {
    return false;
  } else if constexpr (!has_leave_empty<T> || is_named_as_required<T, I>()) {
    return true;
  } else if constexpr (structural<member>) {
    return !required_members<member>().empty();
  } else {
    return false;
  }
}

/// The required members.
template <plain_struct T, std::size_t Capacity>
consteval member_set<Capacity> required_members() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    member_set<Capacity> required;
    (static_cast<void>(is_required<T, I>() && (required.add(I), true)), ...);
    return required;
  }(std::make_index_sequence<member_count<T>>{});
}

/// The members that keep their defaults where the JSON lacks them.
template <plain_struct T>
consteval member_set<member_count<T>> default_members() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    member_set<sizeof...(I)> defaults;
    (static_cast<void>(keeps_default<T, I>() && (defaults.add(I), true)), ...);
    return defaults;
  }(std::make_index_sequence<member_count<T>>{});
}

/// Makes a value empty, and keeps its memory.
template <class T>
void make_empty(T& value) {
  if constexpr (std::is_array_v<T>) {
    for (auto& element : value) make_empty(element);
  } else if constexpr (nullable<T>) {
    value.reset();
  } else if constexpr (requires { value.clear(); }) {
    value.clear();
  } else if constexpr (structural<T> && has_leave_empty<T>) {
    visit_members(value, [](auto&... member) { (make_empty(member), ...); });
  } else {
    value = T{};
  }
}

template <class T>
void assign(T& to, T& from) {
  if constexpr (std::is_array_v<T>) {
    for (std::size_t i = 0; i < std::size(to); ++i) assign(to[i], from[i]);
  } else {
    to = std::move(from);
  }
}

/// Completes the members that are not in `seen`. The name of one that is required and missing is a failure.
template <plain_struct T>
simdjson::error_code fill_missing(member_set<member_count<T>> seen, T& out, decode_error& error) {
  if (const auto missing = seen.lacks(required_members<T>()); !missing.empty()) {
    return error.missing(json_names_of<T>[missing.first()]);
  }
  constexpr auto defaults = default_members<T>();
  visit_members(out, [&](auto&... member) {
    std::size_t i = 0;
    if constexpr (!defaults.empty()) {
      T fresh{};
      const auto restore = [&](auto& one, auto& initial) {
        if (!seen.contains(i) && defaults.contains(i)) assign(one, initial);
        ++i;
      };
      visit_members(fresh, [&](auto&... initial) { (restore(member, initial), ...); });
      i = 0;
    }
    [[maybe_unused]] const auto empty = [&](auto& one) {
      const bool is_missing = !seen.contains(i) && !defaults.contains(i);
      ++i;
      if constexpr (has_leave_empty<T> || nullable<std::remove_reference_t<decltype(one)>>) {
        if (is_missing) make_empty(one);
      }
    };
    (empty(member), ...);
  });
  return simdjson::SUCCESS;
}

template <plain_struct T>
[[gnu::always_inline]] inline simdjson::error_code read_struct(simdjson::ondemand::object& fields, T& out,
                                                               decode_error& error) {
  member_set<member_count<T>> seen;
  const auto failed = visit_members(
      out, [&](auto&... member) __attribute__((always_inline))->simdjson::error_code {
        for (auto field : fields) {
          if (const auto code = field.error()) return code;
          std::size_t place = find_name<json_keys_of<T>>(unwrap(field).key().raw());
          simdjson_value& value = value_of(field);
          if (place == json_keys_of<T>.size()) {
            if constexpr (refuses_unknown<T>) {
              std::string_view key;
              if (const auto code = read_key(field, key)) return code;
              return error.unknown(key);
            }
            simdjson_value apart = copy_by_fields(value);
            if (const auto code = skip_member(unwrap(field).key().raw(), apart)) return code;
            continue;
          }
          if constexpr (has_json_aliases<T>) place = member_of_key<T>[place];
          if constexpr (has_leave_empty<T>) {
            bool nothing = false;
            if (value.raw_json_token().starts_with('n') && value.is_null().get(nothing) == simdjson::SUCCESS &&
                nothing) {
              seen.remove(place);
              continue;
            }
          }
          simdjson::error_code code = simdjson::SUCCESS;
          std::size_t i = 0;
          static_cast<void>(((i++ == place && (code = read(value, member, error), true)) || ...));
          if (code) {
            error.in_member(json_names_of<T>[place]);
            return code;
          }
          seen.add(place);
        }
        return simdjson::SUCCESS;
      });
  if (failed) return failed;
  return seen == member_set<member_count<T>>::all() ? simdjson::SUCCESS : fill_missing(seen, out, error);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
