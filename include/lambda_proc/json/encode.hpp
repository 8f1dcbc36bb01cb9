#pragma once
// SPDX-License-Identifier: MIT
// Converts values to JSON text: what a handler may return, and what a log record may contain.

#include <lambda_proc/json/encodable.hpp>
#include <lambda_proc/json/encode_struct.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/obstacle.hpp>
#include <lambda_proc/json/reflect.hpp>
#include <lambda_proc/json/rfc3339.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace lambda_proc {
inline namespace v0 {

namespace detail {

// A value of a named enum that has no name can't be encoded.
template <named_enum T>
void encode_enum(json_writer& writer, T value) {
  for (const auto& [known, name] : names_of_values<T>) {
    if (known == value) return writer.string(name);
  }
  writer.fail("an enum has a value that json_names does not name");
}

template <class T>
void encode_map_key(json_writer& writer, const T& key) {
  if constexpr (text_view<T>) {
    writer.key(key);
  } else if constexpr (named_enum<T>) {
    encode_enum(writer, key);
    writer.append(":");
  } else if constexpr (std::is_enum_v<T>) {
    encode_map_key(writer, static_cast<typename enum_number<T>::type>(key));
  } else {
    writer.number_as_key(key);
  }
}

template <class Duration>
void encode_time(json_writer& writer, std::chrono::sys_time<Duration> time) {
  char buffer[40];
  const std::size_t size = format_rfc3339(time, buffer);
  if (size == 0) return writer.fail("a time lies outside of the years 0 to 9999");
  writer.string({buffer, size});
}

// A to_json function may write anything, and the reply must still be JSON.
template <class T>
void encode_custom(json_writer& writer, const T& value) {
  const std::string_view comma = writer.needs_comma() ? "," : "";
  const std::size_t start = writer.size();
  if constexpr (has_to_json_trait<T>) {
    json<T>::to_json(writer, value);
  } else {
    to_json(writer, value);
  }
  const std::string_view all = writer.view();
  const bool separated = all.size() >= start && all.substr(start).starts_with(comma);
  const std::string_view written = separated ? all.substr(start + comma.size()) : "";
  if (!is_json(written) || written.find_first_of("\r\n") != std::string_view::npos) {
    writer.fail("a to_json function did not write one JSON value on one line");
  }
}

// Dispatches by type, and calls itself for parts.
template <class T>
void encode_value(json_writer& writer, const T& value) {
  if constexpr (!encodable<T>) {
    explain(obstacle<encoding, T, encoded_value>{});
  } else if constexpr (has_to_json<T>) {
    encode_custom(writer, value);
  } else if constexpr (std::same_as<T, bool>) {
    writer.boolean(value);
  } else if constexpr (std::same_as<T, char>) {
    writer.string({&value, 1});
  } else if constexpr (std::is_arithmetic_v<T>) {
    writer.number(value);
  } else if constexpr (is_duration<T>) {
    writer.number(value.count());
  } else if constexpr (named_enum<T>) {
    encode_enum(writer, value);
  } else if constexpr (std::is_enum_v<T>) {
    encode_value(writer, static_cast<typename enum_number<T>::type>(value));
  } else if constexpr (is_sys_time<T>) {
    encode_time(writer, value);
  } else if constexpr (std::is_pointer_v<T>) {
    value != nullptr ? writer.string(value) : writer.null();
  } else if constexpr (text_view<T>) {
    writer.string(as_text(value));
  } else if constexpr (std::same_as<T, raw_json>) {
    writer.raw(value);
  } else if constexpr (std::same_as<T, std::monostate>) {
    writer.null();
  } else if constexpr (nullable<T>) {
    value ? encode_value(writer, *value) : writer.null();
  } else if constexpr (variant<T>) {
    if (value.valueless_by_exception()) return writer.null();
    std::visit([&writer](const auto& alternative) { encode_value(writer, alternative); }, value);
  } else if constexpr (tuple<T>) {
    writer.begin_array();
    std::apply([&writer](const auto&... element) { (encode_value(writer, element), ...); }, value);
    writer.end_array();
  } else if constexpr (object_like<T>) {
    writer.begin_object();
    for (const auto& [key, mapped] : value) {
      encode_map_key(writer, key);
      encode_value(writer, mapped);
    }
    writer.end_object();
  } else if constexpr (array_like<T>) {
    writer.begin_array();
    const auto write = [&writer](auto& elements) {
      for (auto&& element : elements) encode_value<std::ranges::range_value_t<T>>(writer, element);
    };
    if constexpr (std::ranges::input_range<const T>) {
      write(value);
    } else {
      T copy = value;
      write(copy);
    }
    writer.end_array();
  } else {
    encode_struct(writer, value);
  }
}

}  // namespace detail

/// Appends value as JSON. If a value can't be encoded (an enum value without a name, a raw_json that isn't JSON),
/// writer.error() says so, and the reply becomes the failure `invalid_reply`.
///
/// Empty nullable members of a struct are omitted, unless it has json_empty. For a type of your own, define
/// `void to_json(json_writer&, const T&)` beside it; for one that is not yours, specialize json.
template <class T>
void encode(json_writer& writer, const T& value) {
  if constexpr (detail::has_obstacle<detail::encoding, T>) {
    explain(detail::obstacle_in<detail::encoding, T, detail::encoded_value>());
  } else {
    detail::encode_value(writer, value);
  }
}

}  // namespace v0
}  // namespace lambda_proc
