#pragma once
// SPDX-License-Identifier: MIT
// Decodes structs by tables of their members: the loops are compiled once for all structs. A part of decode.hpp.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/key_row.hpp>
#include <lambda_proc/json/member_set.hpp>
#include <lambda_proc/json/object_key.hpp>

#include <cstddef>
#include <span>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Gives the members that are not in `seen` and have a default that default.
using default_restorer = void (*)(void* object, const member_set& seen);

/// What the loops know about a struct.
struct struct_table {
  std::span<const key_row> rows;
  member_set all;
  default_restorer restore_defaults;  ///< null if no member has a default
  bool null_is_missing;
  bool refuses_unknown;
};

/// The table of T, which is by_table. lambda_proc::compiled_events has those of AWS's events: see
/// events/event_table.hpp.
template <class T>
LAMBDA_PROC_SEAM const struct_table& table_for() noexcept;

/// The row whose key is at raw; null if there is none. The search begins at `likely`.
LAMBDA_PROC_SEAM const key_row* find_row(const struct_table& table, const char* raw, const key_row* likely) noexcept;

/// Reads a struct from an object that was entered.
LAMBDA_PROC_SEAM simdjson::error_code read_members(simdjson::ondemand::object& fields, void* out,
                                                   const struct_table& table, decode_error& error);

// For structs; `table` is a struct_table.
LAMBDA_PROC_SEAM simdjson::error_code read_erased_struct(simdjson_value& value, void* out, const void* table,
                                                         decode_error& error);
LAMBDA_PROC_SEAM void empty_erased_struct(void* object, const void* table);

/// What is special about an optional or a smart pointer.
struct nullable_table {
  /// Makes it hold a value, or none. Returns the value, which keeps its memory. A shared_ptr always gets a new one,
  /// because the handler may have kept a copy.
  void* (*hold)(void* nullable, bool value);
  const erased_type& type;  ///< of the value
};

// For optionals and smart pointers; `table` is a nullable_table.
LAMBDA_PROC_SEAM simdjson::error_code read_erased_nullable(simdjson_value& value, void* nullable, const void* table,
                                                           decode_error& error);
LAMBDA_PROC_SEAM void empty_erased_nullable(void* nullable, const void* table);

/// What is special about a sequence whose elements are read in place, and are contiguous.
struct sequence_table {
  /// Makes it have that many elements, at least and at most. Returns the first one.
  void* (*resize)(void* sequence, std::size_t at_least, std::size_t at_most);
  std::size_t element_size;
  const erased_type& type;  ///< of the elements
};

// For such sequences; `table` is a sequence_table.
LAMBDA_PROC_SEAM simdjson::error_code read_erased_sequence(simdjson_value& value, void* sequence, const void* table,
                                                           decode_error& error);
LAMBDA_PROC_SEAM void empty_erased_sequence(void* sequence, const void* table);

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

/// What is special about a map that keeps its names and values in the order of the JSON.
struct name_map_table {
  void* (*value_at)(void* map, std::size_t index, std::string_view name);  ///< Sets a name, and returns its value.
  const erased_type& type;                                                 ///< of the values
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
