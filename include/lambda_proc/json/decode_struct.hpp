#pragma once
// SPDX-License-Identifier: MIT
// Decodes the members of a plain struct. A part of decode.hpp.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/copy_by_fields.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_table.hpp>
#include <lambda_proc/json/json_names.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/member_set.hpp>
#include <lambda_proc/json/object_key.hpp>
#include <lambda_proc/json/reflect.hpp>
#include <lambda_proc/json/struct_options.hpp>
#include <lambda_proc/json/structural.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

// Defined in decode.hpp, which includes this header.
template <class T>
simdjson::error_code read(simdjson_value& value, T& out, decode_error& error);
template <class T, bool Emptied>
consteval erased_type erase_type();

/// What the loops do with a T. `Emptied` is true where an object may have to be made empty: elsewhere a type need not
/// be assignable.
template <class T, bool Emptied = false>
inline constexpr erased_type erased = erase_type<T, Emptied>();

template <bool Leniently, class Member>
consteval key_row make_row() {
  key_row row;
  row.if_missing = Leniently || nullable<Member> ? absence::empties : absence::fails;
  if constexpr (std::same_as<Member, std::string_view> || text_wrapper<Member>) {
    row.kind = member_kind::text;
  } else if constexpr (Leniently && std::same_as<Member, std::optional<std::string_view>>) {
    row.kind = member_kind::optional_text;  // elsewhere the text may be null
  } else {
    row.type = &erased < Member, Leniently || nullable < Member >> ;
  }
  return row;
}

// A row for each key of T, and one that no key matches.
template <class T, class... Members>
consteval auto make_rows(type_list<Members...>) {
  constexpr auto& keys = json_keys_of<T>;
  std::array<key_row, keys.size() + 1> rows{make_row<has_leave_empty<T>, std::remove_cv_t<Members>>()...};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string_view key = keys[i];
    const std::size_t member = member_of_key<T>(i);
    const bool by_bytes = i == member && key.size() < simdjson::SIMDJSON_PADDING && is_plain(key);
    key_row& row = rows[i];
    if (i != member) row = rows[member];
    row.key = key.data();
    row.offset = member_offsets<T>[member];
    row.size = static_cast<std::uint32_t>(key.size());
    row.compared = static_cast<std::uint8_t>(by_bytes ? key.size() + 1 : 0);
    row.member = static_cast<std::uint8_t>(member);
    if (members_with_default<T>.contains(member)) row.if_missing = absence::changes_nothing;
    if (required_members<T>.contains(member)) row.if_missing = absence::fails;
  }
  return rows;
}

template <class T>
inline constexpr auto rows_of = make_rows<T>(member_types<T>{});

template <class T>
void assign(T& to, T& from) {
  if constexpr (std::is_array_v<T>) {
    for (std::size_t i = 0; i < std::size(to); ++i) assign(to[i], from[i]);
  } else {
    to = std::move(from);
  }
}

/// Gives the members that are missing and have a default that default.
template <plain_struct T>
void restore_defaults(T& out, const auto& is_missing) {
  T fresh{};
  std::size_t i = 0;
  const auto restore = [&](auto& one, auto& initial) {
    if (members_with_default<T>.contains(i) && is_missing(i)) assign(one, initial);
    ++i;
  };
  visit_members(
      out, [&](auto&... member) { visit_members(fresh, [&](auto&... initial) { (restore(member, initial), ...); }); });
}

template <plain_struct T>
consteval default_restorer find_default_restorer() {
  if constexpr (members_with_default<T>.empty()) {
    return nullptr;
  } else {
    return [](void* object, const member_set& seen) {
      restore_defaults(*static_cast<T*>(object), [&seen](std::size_t i) { return !seen.contains(i); });
    };
  }
}

// Not constexpr: a constexpr variable is instantiated wherever its address is used in a constant. A struct with a
// vector of its own type would then need its own rows to make them.
template <class T>
inline constinit const struct_table table_of{
    .rows = {rows_of<T>.data(), json_keys_of<T>.size()},
    .all = member_set::first(member_count<T>),
    .restore_defaults = find_default_restorer<T>(),
    .null_is_missing = has_leave_empty<T>,
    .refuses_unknown = refuses_unknown<T>,
};

template <class T>
LAMBDA_PROC_SEAM const struct_table& table_for() noexcept {
  return table_of<T>;
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
    empty_erased_struct(&value, &table_for<T>());
  } else {
    value = T{};
  }
}

/// The index of the key at raw among json_keys_of<T>, or their number if it is not one of them.
template <structural T>
std::size_t find_key_of(const char* raw) {
  if constexpr (by_table<T>) {
    const std::span rows = table_for<T>().rows;
    const key_row* const found = find_row(table_for<T>(), raw, rows.data());
    return found == nullptr ? rows.size() : static_cast<std::size_t>(found - rows.data());
  } else {
    return find_name<json_keys_of<T>>(raw);
  }
}

/// Completes a narrow struct, whose members in `seen`, one bit each, were read. The name of one that is required and
/// missing is a failure.
template <plain_struct T>
simdjson::error_code fill_missing(std::uint64_t seen, T& out, decode_error& error) {
  const auto is_missing = [seen](std::size_t i) { return (seen >> i & 1U) == 0; };
  for (std::size_t i = 0; i < member_count<T>; ++i) {
    if (required_members<T>.contains(i) && is_missing(i)) return error.missing(json_names_of<T>[i]);
  }
  if constexpr (!members_with_default<T>.empty()) restore_defaults(out, is_missing);
  visit_members(out, [&](auto&... member) {
    std::size_t i = 0;
    [[maybe_unused]] const auto empty = [&](auto& one) {
      if constexpr (nullable<std::remove_reference_t<decltype(one)>>) {
        if (!members_with_default<T>.contains(i) && is_missing(i)) make_empty(one);
      }
      ++i;
    };
    (empty(member), ...);
  });
  return simdjson::SUCCESS;
}

/// Reads the members of a struct from an object that was entered.
template <plain_struct T>
  requires by_table<T>
[[gnu::always_inline]] inline simdjson::error_code read_struct(simdjson::ondemand::object& fields, T& out,
                                                               decode_error& error) {
  return read_members(fields, &out, table_for<T>(), error);
}

// Where there are no tables, the code for each member is inlined.
template <plain_struct T>
[[gnu::always_inline]] inline simdjson::error_code read_struct(simdjson::ondemand::object& fields, T& out,
                                                               decode_error& error) {
  std::uint64_t seen = 0;
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
          place = member_of_key<T>(place);
          simdjson::error_code code = simdjson::SUCCESS;
          std::size_t i = 0;
          static_cast<void>(((i++ == place && (code = read(value, member, error), true)) || ...));
          if (code) {
            error.in_member(json_names_of<T>[place]);
            return code;
          }
          seen |= std::uint64_t{1} << place;
        }
        return simdjson::SUCCESS;
      });
  if (failed) return failed;
  constexpr std::uint64_t all = (std::uint64_t{1} << member_count<T>)-1;
  return seen == all ? simdjson::SUCCESS : fill_missing(seen, out, error);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
