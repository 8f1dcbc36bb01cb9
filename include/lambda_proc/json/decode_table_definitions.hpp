#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind decode_table.hpp.

#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/copy_by_fields.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_scalar.hpp>
#include <lambda_proc/json/decode_table.hpp>
#include <lambda_proc/json/escaped_key.hpp>
#include <lambda_proc/json/object_key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

template <class Word>
[[gnu::always_inline]] inline bool same_word(const char* a, const char* b) noexcept {
  Word words[2];
  std::memcpy(&words[0], a, sizeof(Word));
  std::memcpy(&words[1], b, sizeof(Word));
  return words[0] == words[1];
}

// A call of std::memcmp would take as long as all else that is done for a member. The last words overlap.
[[gnu::always_inline]] inline bool same_bytes(const char* a, const char* b, std::size_t size) noexcept {
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      if (!same_word<std::uint64_t>(a + i, b + i)) return false;
    }
    return same_word<std::uint64_t>(a + size - 8, b + size - 8);
  }
  if (size >= 4) return same_word<std::uint32_t>(a, b) && same_word<std::uint32_t>(a + size - 4, b + size - 4);
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

/// Whether the key that starts at raw is this name, written without escapes.
[[gnu::always_inline]] inline bool is_key(const char* raw, std::string_view name) noexcept {
  // SIMDJSON_PADDING readable bytes follow the line, more than most names need.
  if (name.size() < simdjson::SIMDJSON_PADDING) {
    return raw[name.size()] == '"' && same_bytes(raw, name.data(), name.size());
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

/// Whether a value is null. A malformed one is not.
inline bool is_null(simdjson_value& value) noexcept {
  bool nothing = false;
  return value.is_null().get(nothing) == simdjson::SUCCESS && nothing;
}

/// Completes the members that the JSON lacks. The name of one that is required is a failure.
inline simdjson::error_code complete_members(void* const* members, const struct_table& table, const seen_members& seen,
                                             decode_error& error) {
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    if (seen[i]) continue;
    if (table.required[i]) return error.missing(table.keys[i]);
    if (table.members[i].make_empty != nullptr) table.members[i].make_empty(members[i]);
  }
  return simdjson::SUCCESS;
}

[[gnu::always_inline]] inline simdjson::error_code read_member(simdjson_value& value, const member_reader& reader,
                                                               void* out, decode_error& error) {
  if (reader.kind == member_kind::other) {
    // The reader gets a copy, so that the value itself can stay in registers.
    simdjson_value apart = copy_by_fields(value);
    return reader.read(apart, out, error);
  }
  std::string_view text;
  if (const auto code = read_text(value, text, error)) return code;
  if (reader.kind == member_kind::text) {
    *static_cast<std::string_view*>(out) = text;
  } else {
    *static_cast<std::optional<std::string_view>*>(out) = text;
  }
  return simdjson::SUCCESS;
}

// Inlined, so that an object that was just entered stays in registers.
[[gnu::always_inline]] inline simdjson::error_code read_fields(simdjson::ondemand::object& fields, void* const* members,
                                                               const struct_table& table, seen_members& seen,
                                                               decode_error& error) {
  seen.reset();
  // Mostly members come in the order of their declaration.
  std::size_t likely = 0;
  for (auto field : fields) {
    if (const auto code = field.error()) return code;
    const char* const raw = unwrap(field).key().raw();
    simdjson_value& value = value_of(field);
    const bool as_expected = table.has_plain_keys && likely < table.keys.size() && is_key(raw, table.keys[likely]);
    const std::size_t key = as_expected ? likely : find_key(table, raw, likely);
    if (key == table.keys.size()) {
      if (table.refuses_unknown) {
        std::string_view unknown;
        if (const auto code = read_key(field, unknown)) return code;
        return error.unknown(unknown);
      }
      simdjson_value apart = copy_by_fields(value);
      if (const auto code = skip_member(raw, apart)) return code;
      continue;
    }
    likely = key + 1;
    const std::size_t place = table.member_of_key[key];
    if (table.null_is_missing && *value.raw_json_token().data() == 'n') {
      simdjson_value apart = copy_by_fields(value);
      if (is_null(apart)) {
        seen[place] = false;
        continue;
      }
    }
    if (const auto code = read_member(value, table.members[place], members[place], error)) {
      error.in_member(table.keys[place]);
      return code;
    }
    seen[place] = true;
  }
  return complete_members(members, table, seen, error);
}

simdjson::error_code read_members(simdjson::ondemand::object& fields, void* const* members, const struct_table& table,
                                  seen_members& seen, decode_error& error) {
  return read_fields(fields, members, table, seen, error);
}

simdjson::error_code read_members(simdjson_value& value, void* const* members, const struct_table& table,
                                  seen_members& seen, decode_error& error) {
  simdjson::ondemand::object fields;
  if (const auto code = enter(value, fields, error)) return code;
  return read_fields(fields, members, table, seen, error);
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
    simdjson_value apart = copy_by_fields(unwrap(item));
    if (const auto code = table.read(apart, table.element(sequence, i), error)) {
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
