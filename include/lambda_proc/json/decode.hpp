#pragma once
// SPDX-License-Identifier: MIT
// Converts simdjson values to C++ values: what a handler may take. Most users only write a struct and a handler for it;
// from_json functions call decode() for their parts.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/json/copy_by_fields.hpp>
#include <lambda_proc/json/decodable.hpp>
#include <lambda_proc/json/decode_container.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_scalar.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/decode_table.hpp>
#include <lambda_proc/json/decode_variant.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/object_key.hpp>
#include <lambda_proc/json/obstacle.hpp>
#include <lambda_proc/json/reflect.hpp>
#include <lambda_proc/json/structural.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

/// Reads value into out.
///
/// The memory of strings and vectors in out is reused. A std::string_view and a raw_json are views that end with the
/// line (outside of run and serve: with the parser and its input). After a failure (`invalid_event`) the content of out
/// is valid but unspecified. The message starts with the path from value to the bad field: ".lines[2].count: expected
/// an unsigned integer, got \"3\"".
///
/// For a type of your own, define one of these beside it; for one that is not yours, specialize json.
///
///     simdjson::error_code from_json(simdjson::ondemand::value& value, T& out);
///     lambda_proc::result<void> from_json(simdjson::ondemand::value& value, T& out);
///
/// The failure that the second returns keeps its type, and its message gets the path.
template <class T>
[[nodiscard]] result<void> decode(simdjson::ondemand::value value, T& out);

namespace detail {

template <class T>
auto call_from_json(simdjson_value& value, T& out) {
  if constexpr (has_from_json_trait<T>) {
    return json<T>::from_json(value, out);
  } else {
    return from_json(value, out);
  }
}

template <class T>
[[gnu::always_inline]] inline simdjson::error_code read_custom(simdjson_value& value, T& out, decode_error& error) {
  if constexpr (!has_from_json_trait<T> && has_error_path_json<T>) {
    return from_json(value, out, error);
  } else if (error.is_ahead()) {
    return error.postpone();
  } else if constexpr (std::convertible_to<decltype(call_from_json(value, out)), simdjson::error_code>) {
    const std::string_view token = value.raw_json_token();
    const simdjson::error_code code = call_from_json(value, out);
    return code ? error.refused(code, token) : code;
  } else {
    const result<void> done = call_from_json(value, out);
    return done ? simdjson::SUCCESS : error.refused(done.error());
  }
}

// Not inlined: in a very large function g++ inlines simdjson's small functions too late to keep their fields in
// registers.
template <class T>
[[gnu::noinline]] simdjson::error_code read_out_of_line(simdjson_value& value, T& out, decode_error& error) {
  if constexpr (structural<T>) {
    simdjson::ondemand::object fields;
    if (const auto code = enter(value, fields, error)) return code;
    return read_struct(fields, out, error);
  } else if constexpr (std::is_enum_v<T>) {
    typename enum_number<T>::type number{};
    const auto code = read(value, number, error);
    out = static_cast<T>(number);
    return code;
  } else if constexpr (std::same_as<T, raw_json>) {
    std::string_view text;
    if (const auto code = read_raw(value, text)) return code;
    out = raw_json(text);
    return simdjson::SUCCESS;
  } else if constexpr (nullable<T>) {
    return read_nullable(value, out, error);
  } else if constexpr (variant<T>) {
    return read_variant(value, out, error);
  } else if constexpr (tuple<T> || fixed_array<T>) {
    return read_elements(value, out, error);
  } else if constexpr (map<T>) {
    return read_map(value, out, error);
  } else {
    return read_sequence(value, out, error);
  }
}

/// Types whose readers are inlined.
template <class T>
concept read_in_place = std::same_as<T, bool> || textual<T> || std::is_arithmetic_v<T> || is_duration<T> ||
                        is_specialization<T, std::optional>;

// Dispatches by type; all readers call it for their parts. Common types are read in place: a value whose address is not
// taken stays in registers, and loading it from memory that was just written costs more than reading a number. All
// other types get a copy.
template <class T>
[[gnu::always_inline]] inline simdjson::error_code read(simdjson_value& value, T& out, decode_error& error) {
  if constexpr (!decodable<T>) {
    explain(obstacle<decoding, T, decoded_value>{});
    return simdjson::INCORRECT_TYPE;
  } else if constexpr (has_from_json<T>) {
    simdjson_value apart = copy_by_fields(value);
    return read_custom(apart, out, error);
  } else if constexpr (std::same_as<T, bool>) {
    return value.get_bool().get(out) ? error.expected("a boolean", value.raw_json_token()) : simdjson::SUCCESS;
  } else if constexpr (textual<T>) {
    return read_textual(value, out, error);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return read_number(value, out, error);
  } else if constexpr (is_duration<T>) {
    typename T::rep count{};
    const auto code = read_number(value, count, error);
    out = T(count);
    return code;
  } else if constexpr (is_specialization<T, std::optional>) {
    return read_nullable(value, out, error);
  } else {
    simdjson_value apart = copy_by_fields(value);
    if constexpr (table_struct<T>) {
      return read_erased_struct(apart, &out, &table_for<T>(), error);
    } else if constexpr (table_sequence<T>) {
      return read_erased_sequence(apart, &out, &table_of_sequence<T>, error);
    } else {
      return read_out_of_line(apart, out, error);
    }
  }
}

// The value is in memory already, so no type needs a copy of it.
template <class T>
simdjson::error_code read_erased(simdjson_value& value, void* out, const void*, decode_error& error) {
  T& typed = *static_cast<T*>(out);
  if constexpr (has_from_json<T>) {
    return read_custom(value, typed, error);
  } else if constexpr (read_in_place<T>) {
    return read(value, typed, error);
  } else {
    return read_out_of_line(value, typed, error);
  }
}

template <class T>
void make_erased_empty(void* object, const void*) {
  make_empty(*static_cast<T*>(object));
}

template <class T, bool Emptied>
consteval erased_type erase_type() {
  if constexpr (!has_from_json<T> && nullable<T>) {
    return {read_erased_nullable, empty_erased_nullable, &table_of_nullable<T>};
  } else if constexpr (!has_from_json<T> && table_sequence<T>) {
    return {read_erased_sequence, empty_erased_sequence, &table_of_sequence<T>};
  } else if constexpr (table_struct<T> && has_leave_empty<T>) {
    return {read_erased_struct, empty_erased_struct, &table_of<T>};
  } else {
    erased_type type;
    if constexpr (table_struct<T>) {
      type = {.read = read_erased_struct, .table = &table_of<T>};
    } else {
      type.read = read_erased<T>;
    }
    if constexpr (Emptied) type.make_empty = make_erased_empty<T>;
    return type;
  }
}

}  // namespace detail

template <class T>
result<void> decode(simdjson::ondemand::value value, T& out) {
  if constexpr (detail::has_obstacle<detail::decoding, T>) {
    explain(detail::obstacle_in<detail::decoding, T, detail::decoded_value>());
    return {};
  } else {
    detail::decode_error error;
    const auto code = detail::read(value, out, error);
    if (code == simdjson::SUCCESS) return {};
    return error.to_failure("invalid_event", "", code);
  }
}

}  // namespace v0
}  // namespace lambda_proc
