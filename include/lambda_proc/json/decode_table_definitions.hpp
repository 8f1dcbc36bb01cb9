#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind decode_table.hpp.

#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_table.hpp>
#include <lambda_proc/json/escaped_key.hpp>
#include <lambda_proc/json/object_key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Whether the key that starts at raw is this name, written without escapes.
inline bool is_key(const char* raw, std::string_view name) noexcept {
  // SIMDJSON_PADDING readable bytes follow the line, more than most names need.
  if (name.size() < simdjson::SIMDJSON_PADDING) {
    return raw[name.size()] == '"' && std::memcmp(raw, name.data(), name.size()) == 0;
  }
  return std::strncmp(raw, name.data(), name.size()) == 0 && raw[name.size()] == '"';
}

std::size_t find_key(const struct_table& table, const char* raw, std::size_t likely) noexcept {
  const auto found = [&](std::size_t i) {
    return is_key(raw, table.keys[i]) && (table.has_plain_keys || std::ranges::all_of(table.keys[i], is_plain));
  };
  const std::size_t count = table.keys.size();
  for (std::size_t i = likely; i < count; ++i) {
    if (found(i)) return i;
  }
  for (std::size_t i = 0; i < likely; ++i) {
    if (found(i)) return i;
  }
  bool escaped = false;
  raw_key(raw, escaped);
  for (std::size_t i = 0; escaped && i < count; ++i) {
    if (equals_unescaped(raw, table.keys[i])) return i;
  }
  return count;
}

bool is_null(simdjson_value& value) noexcept {
  bool nothing = false;
  return value.is_null().get(nothing) == simdjson::SUCCESS && nothing;
}

/// Completes the members that the JSON lacks. The name of one that is required is a failure.
inline simdjson::error_code complete_members(void* const* members, const struct_table& table, const seen_members& seen,
                                             decode_error& error) {
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    if (table.required[i] && !seen[i]) return error.missing(table.keys[i]);
  }
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    if (!seen[i] && table.members[i].make_empty != nullptr) table.members[i].make_empty(members[i]);
  }
  return simdjson::SUCCESS;
}

simdjson::error_code read_members(simdjson::ondemand::object& fields, void* const* members, const struct_table& table,
                                  seen_members& seen, decode_error& error) {
  seen.reset();
  // Mostly members come in the order of their declaration.
  std::size_t likely = 0;
  for (auto field : fields) {
    if (const auto code = field.error()) return code;
    const char* const raw = unwrap(field).key().raw();
    simdjson_value& value = value_of(field);
    const std::size_t key = find_key(table, raw, likely);
    if (key == table.keys.size()) {
      if (table.refuses_unknown) {
        std::string_view unknown;
        if (const auto code = read_key(field, unknown)) return code;
        return error.unknown(unknown);
      }
      if (const auto code = skip_member(raw, value)) return code;
      continue;
    }
    likely = key + 1;
    const std::size_t place = table.member_of_key[key];
    if (table.null_is_missing && value.raw_json_token().starts_with('n') && is_null(value)) {
      seen[place] = false;
      continue;
    }
    if (const auto code = table.members[place].read(value, members[place], error)) {
      error.in_member(table.keys[place]);
      return code;
    }
    seen[place] = true;
  }
  return complete_members(members, table, seen, error);
}

simdjson::error_code read_members(simdjson_value& value, void* const* members, const struct_table& table,
                                  seen_members& seen, decode_error& error) {
  simdjson::ondemand::object fields;
  if (const auto code = enter(value, fields, error)) return code;
  return read_members(fields, members, table, seen, error);
}

void empty_members(void* const* members, const struct_table& table) {
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    if (table.members[i].make_empty != nullptr) table.members[i].make_empty(members[i]);
  }
}

simdjson::error_code read_array(simdjson_value& value, void* sequence, const sequence_table& table,
                                decode_error& error) {
  simdjson::ondemand::array items;
  if (const auto code = enter(value, items, error)) return code;
  std::size_t i = 0;
  for (auto item : items) {
    if (const auto code = item.error()) return code;
    if (const auto code = table.read(unwrap(item), table.element(sequence, i), error)) {
      error.in_element(i);
      return code;
    }
    ++i;
  }
  table.shrink(sequence, i);
  return simdjson::SUCCESS;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
