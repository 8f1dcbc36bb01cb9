#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind decode_table.hpp.

#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/copy_by_fields.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_scalar.hpp>
#include <lambda_proc/json/decode_table.hpp>
#include <lambda_proc/json/escaped_key.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/key_row.hpp>
#include <lambda_proc/json/member_set.hpp>
#include <lambda_proc/json/object_key.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

const key_row* find_row(const struct_table& table, const char* raw, const key_row* likely) noexcept {
  const std::span rows = table.rows;
  const auto find = [](std::span<const key_row> some, auto is_same) -> const key_row* {
    const auto found = std::ranges::find_if(some, is_same);
    return found == some.end() ? nullptr : &*found;
  };
  const auto is_same = [&](const key_row& row) { return is_key(raw, row) || is_unusual_key(raw, row); };
  const auto first = static_cast<std::size_t>(likely - rows.data());
  if (const auto* found = find(rows.subspan(first), is_same)) return found;
  if (const auto* found = find(rows.first(first), is_same)) return found;
  bool escaped = false;
  raw_key(raw, escaped);
  if (!escaped) return nullptr;
  return find(rows, [&](const key_row& row) { return equals_unescaped(raw, row.name()); });
}

[[gnu::always_inline]] inline void* member_at(void* object, const key_row& row) noexcept {
  return static_cast<std::byte*>(object) + row.offset;
}

inline void make_empty(const key_row& row, void* member) {
  if (row.kind == member_kind::optional_text) {
    static_cast<std::optional<std::string_view>*>(member)->reset();
  } else if (row.kind == member_kind::text) {
    *static_cast<std::string_view*>(member) = {};
  } else {
    row.type->make_empty(member, row.type->table);
  }
}

/// Does what `if_missing` says for each member that the JSON lacks. Returns an error with the name if one is required.
[[gnu::always_inline]] inline simdjson::error_code complete_members(void* object, const struct_table& table,
                                                                    const member_set& seen, decode_error& error) {
  for (std::size_t word = 0; word < seen.words.size(); ++word) {
    std::uint64_t missing = table.all.words[word] & ~seen.words[word];
    for (; missing != 0; missing &= missing - 1) {
      const key_row& row = table.rows[64 * word + static_cast<std::size_t>(std::countr_zero(missing))];
      if (row.if_missing == absence::fails) return error.missing(row.name());
      if (row.if_missing == absence::empties) make_empty(row, member_at(object, row));
    }
  }
  if (table.restore_defaults != nullptr) table.restore_defaults(object, seen);
  return simdjson::SUCCESS;
}

/// Reads text. If it has no escapes, it is a view of the line.
[[gnu::always_inline]] inline simdjson::error_code read_view(simdjson_value& value, std::string_view& out) {
  const char* const start = value.raw_json_token().data() + 1;
  if (start[-1] == '"') {
    const char* const end = string_stop(start);
    if (*end == '"') {
      out = {start, static_cast<std::size_t>(end - start)};
      return value.get_raw_json_string().error();
    }
  }
  return value.get_string().get(out);
}

/// Whether a value is null. A malformed null is not: reading the value will fail with a better message.
[[gnu::always_inline]] inline bool is_null(simdjson_value& value) noexcept {
  if (*value.raw_json_token().data() != 'n') return false;
  bool nothing = false;
  return copy_by_fields(value).is_null().get(nothing) == simdjson::SUCCESS && nothing;
}

// Other functions get a copy of the value, so that the value itself can stay in registers.
[[gnu::always_inline]] inline simdjson::error_code read_member(simdjson_value& value, const key_row& row, void* out,
                                                               const struct_table& table, bool& missing,
                                                               decode_error& error) {
  if (row.kind == member_kind::other) {
    missing = table.null_is_missing && is_null(value);
    if (missing) return simdjson::SUCCESS;
    simdjson_value copy = copy_by_fields(value);
    return row.type->read(copy, out, row.type->table, error);
  }
  std::string_view text;
  if (read_view(value, text)) {
    missing = table.null_is_missing && is_null(value);
    return missing ? simdjson::SUCCESS : not_a_string(value.raw_json_token(), error);
  }
  if (row.kind == member_kind::text) {
    *static_cast<std::string_view*>(out) = text;
  } else {
    *static_cast<std::optional<std::string_view>*>(out) = text;
  }
  return simdjson::SUCCESS;
}

[[gnu::always_inline]] inline simdjson::error_code read_unknown(simdjson_field& field, const struct_table& table,
                                                                decode_error& error) {
  if (table.refuses_unknown) {
    std::string_view key;
    if (const auto code = read_key(field, key)) return code;
    return error.unknown(key);
  }
  simdjson_value copy = copy_by_fields(value_of(field));
  return skip_member(unwrap(field).key().raw(), copy);
}

// Inlined, so that the object stays in registers after enter().
[[gnu::always_inline]] inline simdjson::error_code read_fields(simdjson::ondemand::object& fields, void* out,
                                                               const struct_table& table, decode_error& error) {
  member_set seen;
  const key_row* const rows = table.rows.data();
  // Members mostly come in the order of their declaration. A run is a sequence of members that did, from `run` up to
  // `likely`. They are inserted into `seen` together when the run ends.
  const key_row* run = rows;
  const key_row* likely = rows;
  const auto end_run = [&](const key_row* next) {
    seen.insert(static_cast<std::size_t>(run - rows), static_cast<std::size_t>(likely - rows));
    run = next;
  };
  for (auto field : fields) {
    if (const auto code = field.error()) return code;
    const key_row* row = likely;
    if (const char* const raw = unwrap(field).key().raw(); !is_key(raw, *row)) {
      row = find_row(table, raw, likely);
      if (row == nullptr) {
        if (const auto code = read_unknown(field, table, error)) return code;
        continue;
      }
      row = rows + row->member;  // the member's own row, if this is an alias
      end_run(row);
    }
    bool missing = false;
    if (const auto code = read_member(value_of(field), *row, member_at(out, *row), table, missing, error)) {
      error.in_member(row->name());
      return code;
    }
    if (missing) {
      likely = row;
      end_run(row + 1);
      seen.erase(row->member);
    }
    likely = row + 1;
  }
  end_run(likely);
  return complete_members(out, table, seen, error);
}

simdjson::error_code read_members(simdjson::ondemand::object& fields, void* out, const struct_table& table,
                                  decode_error& error) {
  return read_fields(fields, out, table, error);
}

simdjson::error_code read_erased_struct(simdjson_value& value, void* out, const void* table, decode_error& error) {
  simdjson::ondemand::object fields;
  if (const auto code = enter(value, fields, error)) return code;
  return read_fields(fields, out, *static_cast<const struct_table*>(table), error);
}

void empty_erased_struct(void* object, const void* table) {
  const auto& structure = *static_cast<const struct_table*>(table);
  for (const key_row& row : structure.rows.first(structure.all.size())) make_empty(row, member_at(object, row));
}

simdjson::error_code read_erased_nullable(simdjson_value& value, void* nullable, const void* table,
                                          decode_error& error) {
  const auto& [hold, type] = *static_cast<const nullable_table*>(table);
  if (!is_null(value)) return type.read(value, hold(nullable, true), type.table, error);
  hold(nullable, false);
  return simdjson::SUCCESS;
}

void empty_erased_nullable(void* nullable, const void* table) {
  static_cast<const nullable_table*>(table)->hold(nullable, false);
}

simdjson::error_code read_erased_sequence(simdjson_value& value, void* sequence, const void* table,
                                          decode_error& error) {
  const auto& [resize, element_size, type] = *static_cast<const sequence_table*>(table);
  simdjson::ondemand::array items;
  if (const auto code = enter(value, items, error)) return code;
  std::size_t i = 0;
  for (auto item : items) {
    if (const auto code = item.error()) return code;
    simdjson_value copy = copy_by_fields(unwrap(item));
    void* const first = resize(sequence, i + 1, SIZE_MAX);
    if (const auto code = type.read(copy, static_cast<std::byte*>(first) + i * element_size, type.table, error)) {
      error.in_element(i);
      return code;
    }
    ++i;
  }
  resize(sequence, i, i);
  return simdjson::SUCCESS;
}

void empty_erased_sequence(void* sequence, const void* table) {
  static_cast<const sequence_table*>(table)->resize(sequence, 0, 0);
}

simdjson::error_code read_names(simdjson_value& value, void* map, std::size_t& size, const name_map_table& table,
                                decode_error& error) {
  return read_each_name(value, size, error, [&](std::string_view name, simdjson_value& one) {
    return table.type.read(one, table.value_at(map, size, name), table.type.table, error);
  });
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
