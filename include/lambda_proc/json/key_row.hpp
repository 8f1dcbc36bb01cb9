#pragma once
// SPDX-License-Identifier: MIT
// A row of a struct's table, and whether a key in JSON is its key. A part of decode_table.hpp.

#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/object_key.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// What the loops do with objects of a type. There is one for each type of member; all structs share it. Several types
/// may share the functions; `table` then says what is special about the type.
struct erased_type {
  /// Reads a value into the object at `out`.
  simdjson::error_code (*read)(simdjson_value& value, void* out, const void* table, decode_error& error) = nullptr;
  void (*make_empty)(void* object, const void* table) = nullptr;  ///< null if no object of the type is ever made empty
  const void* table = nullptr;
};

/// How a member is read. The loop reads text itself, so that the value can stay in registers: most members of AWS's
/// events are text. For the other types it calls erased_type::read.
enum class member_kind : std::uint8_t { other, text, optional_text };

/// What a missing member means: an error, no change, or an empty value.
enum class absence : std::uint8_t { fails, changes_nothing, empties };

/// A key in JSON, and the member that belongs to it. A struct has a row for each member, in the order of declaration,
/// then one for each alias. Behind these is one that no key matches, so that each row has a next one.
struct key_row {
  const char* key = nullptr;
  const erased_type* type = nullptr;
  /// Where the member is in the struct, in bytes.
  std::size_t offset = 0;
  std::uint32_t size = 0;
  /// How many bytes to compare: those of `key`, and of the closing quote behind it. 0 if that is not enough: for a key
  /// that must be escaped in JSON, for an alias, and for a key longer than the padding that may be read behind a line.
  std::uint8_t compared = 0;
  std::uint8_t member = 0;
  member_kind kind = member_kind::other;
  absence if_missing = absence::fails;

  [[nodiscard]] constexpr std::string_view name() const noexcept { return {key, size}; }
};

template <class Word>
[[gnu::always_inline]] inline bool same_word(const char* a, const char* b) noexcept {
  Word words[2];
  std::memcpy(&words[0], a, sizeof(Word));
  std::memcpy(&words[1], b, sizeof(Word));
  return words[0] == words[1];
}

// Not std::memcmp: the call alone would take as long as everything else that is done for a member. The last two words
// overlap.
[[gnu::always_inline]] inline bool same_bytes(const char* a, const char* b, std::size_t size) noexcept {
  if (size >= 8) {
    if (!same_word<std::uint64_t>(a, b) || !same_word<std::uint64_t>(a + size - 8, b + size - 8)) return false;
    if (size <= 16) return true;
    for (std::size_t i = 8; i + 8 < size; i += 8) {
      if (!same_word<std::uint64_t>(a + i, b + i)) return false;
    }
    return true;
  }
  if (size >= 4) return same_word<std::uint32_t>(a, b) && same_word<std::uint32_t>(a + size - 4, b + size - 4);
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return size != 0;
}

/// Whether the key that starts at raw is that of the row, if comparing bytes is enough to tell.
[[gnu::always_inline]] inline bool is_key(const char* raw, const key_row& row) noexcept {
  return same_bytes(raw, row.key, row.compared);
}

/// The same for a row for which comparing bytes is not enough. A key with escapes needs equals_unescaped() instead.
inline bool is_unusual_key(const char* raw, const key_row& row) noexcept {
  if (row.compared != 0) return false;
  const std::string_view name = row.name();
  return is_plain(name) && std::strncmp(raw, name.data(), name.size()) == 0 && raw[name.size()] == '"';
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
