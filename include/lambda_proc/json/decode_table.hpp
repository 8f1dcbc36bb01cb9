#pragma once
// SPDX-License-Identifier: MIT
// Decodes structs by tables of their members: the loops are compiled once for all structs. A part of decode.hpp.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Reads a value of a type that only the function knows. Structs share those of their members' types.
using erased_reader = simdjson::error_code (*)(simdjson_value& value, void* out, decode_error& error);

/// Most of AWS's members are text, which the loop reads itself: the value can stay in registers.
enum class member_kind : std::uint8_t { other, text, optional_text };

struct member_reader {
  member_kind kind;
  erased_reader read;
  void (*make_empty)(void* member);  ///< Null if a missing member is not changed.
};

/// What the loops know about a struct. Members are in the order of their declaration.
struct struct_table {
  std::span<const std::string_view> keys;  ///< The JSON names of all members, then aliases.
  std::span<const std::size_t> member_of_key;
  std::span<const member_reader> members;
  std::span<const bool> required;
  bool has_plain_keys;  ///< No key has a character that JSON text escapes.
  bool null_is_missing;
  bool refuses_unknown;
};

using seen_members = std::bitset<max_members>;

/// The index of the key at raw in table.keys, or their number if it is not one of them. The search begins at `likely`.
LAMBDA_PROC_SEAM std::size_t find_key(const struct_table& table, const char* raw, std::size_t likely) noexcept;

/// Reads the struct whose members are at these addresses. `seen` becomes the set of those that the JSON has.
LAMBDA_PROC_SEAM simdjson::error_code read_members(simdjson::ondemand::object& fields, void* const* members,
                                                   const struct_table& table, seen_members& seen, decode_error& error);
LAMBDA_PROC_SEAM simdjson::error_code read_members(simdjson_value& value, void* const* members,
                                                   const struct_table& table, seen_members& seen, decode_error& error);

/// Makes all members empty.
LAMBDA_PROC_SEAM void empty_members(void* const* members, const struct_table& table);

/// What the loop knows about a sequence whose elements are read in place.
struct sequence_table {
  void* (*element)(void* sequence, std::size_t index);  ///< Makes the element after the last one.
  void (*shrink)(void* sequence, std::size_t size);
  erased_reader read;
};

LAMBDA_PROC_SEAM simdjson::error_code read_array(simdjson_value& value, void* sequence, const sequence_table& table,
                                                 decode_error& error);

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/json/decode_table_definitions.hpp>
#endif
