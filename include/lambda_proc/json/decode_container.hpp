#pragma once
// SPDX-License-Identifier: MIT
// What holds other values, out of simdjson: optionals and pointers, sequences, tuples, maps. decode is made of these
// and of its scalars and structs.

#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/decode_trail.hpp>
#include <lambda_proc/json/kinds.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

template <nullable T>
[[gnu::always_inline]] inline simdjson::error_code read_nullable(simdjson_value& value, T& out, decode_trail& trail) {
  bool nothing = false;
  // Something like "nul" is an error here; as a value it will be one with better words.
  if (value.is_null().get(nothing) == simdjson::SUCCESS && nothing) {
    out.reset();
    return simdjson::SUCCESS;
  }
  if constexpr (is_specialization<T, std::shared_ptr>) {
    // What the handler shared may live on, so it is not written to.
    out = std::make_shared<typename T::element_type>();
  } else if (!out) {
    if constexpr (smart_pointer<T>) {
      out = std::make_unique<typename T::element_type>();
    } else {
      out.emplace();
    }
  }
  return read(value, *out, trail);
}

template <class T>
simdjson::error_code read_sequence(simdjson_value& value, T& out, decode_trail& trail) {
  simdjson::ondemand::array items;
  if (const auto code = enter(value, items, trail)) return code;
  // Elements of a vector are read in place, so that they keep their memory as well.
  constexpr bool in_place = requires {
    out.emplace_back();
    { out[0] } -> std::same_as<typename T::value_type&>;
  };
  if constexpr (!in_place) out.clear();
  std::size_t count = 0;
  for (auto item : items) {
    if (const auto code = item.error()) return code;
    simdjson_value& element = unwrap(item);
    simdjson::error_code code = simdjson::SUCCESS;
    if constexpr (in_place) {
      if (count == out.size()) out.emplace_back();
      code = read(element, out[count], trail);
    } else {
      typename T::value_type fresh{};
      code = read(element, fresh, trail);
      out.insert(out.end(), std::move(fresh));
    }
    if (code) {
      trail.in_element(count);
      return code;
    }
    ++count;
  }
  if constexpr (in_place) out.erase(out.begin() + static_cast<std::ptrdiff_t>(count), out.end());
  return simdjson::SUCCESS;
}

// Exactly as many elements as there are: std::array, tuples, pairs.
template <class... Element>
simdjson::error_code read_elements(simdjson_value& value, decode_trail& trail, Element&... out) {
  simdjson::ondemand::array items;
  if (const auto code = enter(value, items, trail)) return code;
  std::size_t count = 0;
  for (auto item : items) {
    if (const auto code = item.error()) return code;
    simdjson_value& element = unwrap(item);
    simdjson::error_code code = simdjson::SUCCESS;
    std::size_t i = 0;
    static_cast<void>(((i++ == count && (code = read(element, out, trail), true)) || ...));
    if (code) {
      trail.in_element(count);
      return code;
    }
    ++count;
  }
  if (count == sizeof...(out)) return simdjson::SUCCESS;
  return trail.expected_got("an array of " + std::to_string(sizeof...(out)), "one of " + std::to_string(count));
}

template <map T>
simdjson::error_code read_map(simdjson_value& value, T& out, decode_trail& trail) {
  simdjson::ondemand::object fields;
  if (const auto code = enter(value, fields, trail)) return code;
  out.clear();
  for (auto field : fields) {
    std::string_view key;
    if (const auto code = read_key(field, key)) return code;
    if (const auto code = read(value_of(field), out[typename T::key_type(key)], trail)) {
      trail.in_member(key);
      return code;
    }
  }
  return simdjson::SUCCESS;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
