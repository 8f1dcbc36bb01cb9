#pragma once
// SPDX-License-Identifier: MIT
// Decodes types that contain others: optionals and pointers, sequences, tuples, maps. A part of decode.hpp.

#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_scalar.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/decode_table.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/object_key.hpp>
#include <lambda_proc/json/structural.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The content of a nullable, for a value that is not null.
template <nullable T>
[[gnu::always_inline]] inline auto& content_of(T& out) {
  using content = content_type<T>;
  if constexpr (is_specialization<T, std::shared_ptr>) {
    // The handler may have kept a copy of the shared pointer, so its object is not changed.
    out = std::make_shared<content>();
  } else if (!out) {
    if constexpr (smart_pointer<T>) {
      out = std::make_unique<content>();
    } else {
      out.emplace();
    }
  }
  return *out;
}

template <nullable T>
void* hold(void* nullable, bool value) {
  T& out = *static_cast<T*>(nullable);
  if (value) return std::addressof(content_of(out));
  out.reset();
  return nullptr;
}

template <nullable T>
inline constexpr nullable_table table_of_nullable{.hold = hold<T>, .type = erased<content_type<T>>};

template <nullable T>
[[gnu::always_inline]] inline simdjson::error_code read_nullable(simdjson_value& value, T& out, decode_error& error) {
  bool nothing = false;
  // An error here (for "nul", say) is ignored: reading the value will fail with a better message.
  if (value.is_null().get(nothing) == simdjson::SUCCESS && nothing) {
    out.reset();
    return simdjson::SUCCESS;
  }
  return read(value, content_of(out), error);
}

/// Calls read_item(index, element) for each element of an array, and sets their number.
template <class ReadItem>
[[gnu::always_inline]] inline simdjson::error_code read_items(simdjson_value& value, std::size_t& count,
                                                              decode_error& error, ReadItem read_item) {
  simdjson::ondemand::array items;
  if (const auto code = enter(value, items, error)) return code;
  std::size_t i = 0;
  for (auto item : items) {
    if (const auto code = item.error()) return code;
    if (const simdjson::error_code code = read_item(i, unwrap(item))) {
      error.in_element(i);
      return code;
    }
    ++i;
  }
  count = i;
  return simdjson::SUCCESS;
}

// Sequences whose elements are read in place, so that they keep their memory, too.
template <class T>
concept grows_in_place = requires(T& out) {
  out.emplace_back();
  out.pop_back();
  { out[0] } -> std::same_as<typename T::value_type&>;
};

// Sequences that share a loop.
template <class T>
concept table_sequence = sequence<T> && grows_in_place<T> && requires(T& out) {
  { out.data() } -> std::same_as<typename T::value_type*>;
  out.resize(out.size());
} && (table_struct<typename T::value_type> || text_wrapper<typename T::value_type>);

template <table_sequence T>
void* resize(void* sequence, std::size_t at_least, std::size_t at_most) {
  T& out = *static_cast<T*>(sequence);
  if (out.size() < at_least || out.size() > at_most) out.resize(at_least);
  return out.data();
}

template <table_sequence T>
inline constexpr sequence_table table_of_sequence{
    .resize = resize<T>, .element_size = sizeof(typename T::value_type), .type = erased<typename T::value_type>};

template <class T>
simdjson::error_code read_sequence(simdjson_value& value, T& out, decode_error& error) {
  constexpr bool in_place = grows_in_place<T>;
  if constexpr (!in_place) out.clear();
  std::size_t count = 0;
  const auto code = read_items(
      value, count, error, [&](std::size_t i, simdjson_value & element) __attribute__((always_inline)) {
        if constexpr (in_place) {
          if (i == out.size()) out.emplace_back();
          return read(element, out[i], error);
        } else {
          typename T::value_type fresh{};
          const auto done = read(element, fresh, error);
          out.insert(out.end(), std::move(fresh));
          return done;
        }
      });
  if constexpr (in_place) {
    while (code == simdjson::SUCCESS && out.size() > count) out.pop_back();
  }
  return code;
}

// Types with a fixed number of elements: tuples, pairs, and arrays. Arrays are read by a loop: one pack element for
// each item would take the compiler too long.
template <class T>
simdjson::error_code read_elements(simdjson_value& value, T& out, decode_error& error) {
  constexpr std::size_t size = fixed_size<T>;
  std::size_t count = 0;
  const auto code = read_items(
      value, count, error, [&](std::size_t i, simdjson_value & element) __attribute__((always_inline)) {
        simdjson::error_code done = simdjson::SUCCESS;
        if constexpr (fixed_array<T>) {
          if (i < size) done = read(element, out[i], error);
        } else {
          [&]<std::size_t... I>(std::index_sequence<I...>) {
            static_cast<void>(((I == i && (done = read(element, std::get<I>(out), error), true)) || ...));
          }(std::make_index_sequence<size>{});
        }
        return done;
      });
  if (code || count == size) return code;
  return error.expected_got("an array of " + std::to_string(size), "one of " + std::to_string(count));
}

template <map_key T>
simdjson::error_code read_map_key(std::string_view text, T& out, decode_error& error) {
  if constexpr (textual<T>) {
    return from_text(text, out) ? simdjson::SUCCESS : error.expected(text_wanted<T>(), text);
  } else if constexpr (std::is_enum_v<T>) {
    typename enum_number<T>::type number{};
    const auto code = read_map_key(text, number, error);
    out = static_cast<T>(number);
    return code;
  } else {
    // Not 1.0 or 1e0, which would be the same key as 1.
    if (text.find_first_not_of("-0123456789") != std::string_view::npos)
      return error.expected("an integer as key", text);
    std::uint64_t magnitude = 0;
    const auto code = read_unusual_integer(text, limits_of<T>, magnitude, error);
    out = static_cast<T>(magnitude);
    return code;
  }
}

template <map T>
simdjson::error_code read_map(simdjson_value& value, T& out, decode_error& error) {
  simdjson::ondemand::object fields;
  if (const auto code = enter(value, fields, error)) return code;
  out.clear();
  for (auto field : fields) {
    std::string_view key;
    if (const auto code = read_key(field, key)) return code;
    auto code = simdjson::SUCCESS;
    if constexpr (text<typename T::key_type>) {
      code = read(value_of(field), out[typename T::key_type(key)], error);
    } else {
      typename T::key_type known{};
      code = read_map_key(key, known, error);
      if (code == simdjson::SUCCESS) code = read(value_of(field), out[known], error);
    }
    if (code) {
      error.in_member(key);
      return code;
    }
  }
  return simdjson::SUCCESS;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
