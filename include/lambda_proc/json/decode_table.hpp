#pragma once
// SPDX-License-Identifier: MIT
// Decodes structs by tables of their members: the loops are compiled once for all structs. A part of decode.hpp.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/member_set.hpp>
#include <lambda_proc/json/object_key.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Reads a value into the object at `out`. There is one such function for each type of member; it knows the type of the
/// object. All structs share them.
using erased_reader = simdjson::error_code (*)(simdjson_value& value, void* out, decode_error& error);

/// How a member is read. The loop reads text itself, so that the value can stay in registers: most members of AWS's
/// events are text. For the other types it calls key_row::read.
enum class member_kind : std::uint8_t { other, text, optional_text };

/// What a missing member means: an error, no change, or an empty value.
enum class absence : std::uint8_t { fails, changes_nothing, empties };

/// A key in JSON, and the member that belongs to it. A struct has a row for each member, in the order of declaration,
/// then one for each alias. Behind these is one that no key matches, so that each row has a next one.
struct key_row {
  const char* key = nullptr;
  erased_reader read = nullptr;
  void (*make_empty)(void* member) = nullptr;
  std::uint32_t size = 0;
  /// How many bytes to compare: those of `key`, and of the closing quote behind it. 0 if that is not enough: for a key
  /// that must be escaped in JSON, for an alias, and for a key longer than the padding that may be read behind a line.
  std::uint8_t compared = 0;
  std::uint8_t member = 0;
  member_kind kind = member_kind::other;
  absence if_missing = absence::fails;

  [[nodiscard]] constexpr std::string_view name() const noexcept { return {key, size}; }
};

/// What the loops know about a struct.
struct struct_table {
  std::span<const key_row> rows;
  member_set all;
  bool null_is_missing;
  bool refuses_unknown;
};

/// The row whose key is at raw; null if there is none. The search begins at `likely`.
LAMBDA_PROC_SEAM const key_row* find_row(const struct_table& table, const char* raw, const key_row* likely) noexcept;

/// Reads an object into the struct whose members are at these addresses. `seen` becomes the set of those that the
/// object has.
LAMBDA_PROC_SEAM simdjson::error_code read_members(simdjson::ondemand::object& fields, void* const* members,
                                                   const struct_table& table, member_set& seen, decode_error& error);
LAMBDA_PROC_SEAM simdjson::error_code read_members(simdjson_value& value, void* const* members,
                                                   const struct_table& table, member_set& seen, decode_error& error);

/// Empties all members that have a make_empty.
LAMBDA_PROC_SEAM void empty_members(void* const* members, const struct_table& table);

/// What read_array() knows about a sequence whose elements are read in place.
struct sequence_table {
  void* (*element)(void* sequence,
                   std::size_t index);  ///< Returns the element, which it appends if the sequence is too short.
  void (*shrink)(void* sequence, std::size_t size);  ///< Removes the elements after the first `size`.
  erased_reader read;
};

LAMBDA_PROC_SEAM simdjson::error_code read_array(simdjson_value& value, void* sequence, const sequence_table& table,
                                                 decode_error& error);

/// Calls read(name, value) for each value of an object that is not null; `size` is the number of those before.
template <class Read>
[[gnu::always_inline]] inline simdjson::error_code read_each_name(simdjson_value& value, std::size_t& size,
                                                                  decode_error& error, Read read) {
  simdjson::ondemand::object fields;
  size = 0;
  if (const auto code = enter(value, fields, error)) return code;
  for (auto field : fields) {
    std::string_view name;
    if (const auto code = read_key(field, name)) return code;
    simdjson_value& one = value_of(field);
    bool nothing = false;
    if (one.is_null().get(nothing) == simdjson::SUCCESS && nothing) continue;
    if (const auto code = read(name, one)) {
      error.in_member(name);
      return code;
    }
    ++size;
  }
  return simdjson::SUCCESS;
}

/// What read_names() knows about a map that keeps its names and values in the order of the JSON.
struct name_map_table {
  void* (*value_at)(void* map, std::size_t index, std::string_view name);  ///< Sets a name, and returns its value.
  erased_reader read;
};

/// Reads an object into a map, whose `size` is the number of names with a value that is not null.
LAMBDA_PROC_SEAM simdjson::error_code read_names(simdjson_value& value, void* map, std::size_t& size,
                                                 const name_map_table& table, decode_error& error);

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/json/decode_table_definitions.hpp>
#endif
