#pragma once
// SPDX-License-Identifier: MIT
// Chooses the alternative of a variant for a JSON value. A part of decode.hpp.

#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_scalar.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/json_names.hpp>
#include <lambda_proc/json/kinds.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Whether a T can be decoded from this JSON type.
template <class T>
constexpr bool takes_type(simdjson::ondemand::json_type type) {
  using enum simdjson::ondemand::json_type;
  if constexpr (std::same_as<T, std::monostate>) {
    return type == null;
  } else if constexpr (has_from_json<T> || std::same_as<T, raw_json> || variant<T>) {
    return true;
  } else if constexpr (nullable<T>) {
    return type == null || takes_type<content_type<T>>(type);
  } else if constexpr (std::same_as<T, bool>) {
    return type == boolean;
  } else if constexpr (is_duration<T>) {
    return type == number;
  } else if constexpr (textual<T>) {
    return type == string;
  } else if constexpr (std::is_enum_v<T>) {
    return takes_type<typename enum_number<T>::type>(type);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return type == number;
  } else if constexpr (map<T> || structural<T>) {
    return type == object;
  } else {
    return type == array;
  }
}

// Strings are told apart by their content: the string is unescaped once, then each alternative is tried.
template <class... A>
simdjson::error_code read_text_variant(simdjson_value& value, std::variant<A...>& out, decode_error& error) {
  std::string_view text;
  if (const auto code = read_text(value, text, error)) return code;
  const auto attempt = [&]<class T>(std::type_identity<T>) {
    if constexpr (textual<T>) {
      T fresh{};
      if (!from_text(text, fresh)) return false;
      out = std::move(fresh);
      return true;
    }
    return false;
  };
  const bool found = (attempt(std::type_identity<A>{}) || ...);
  return found ? simdjson::SUCCESS
               : error.expected("a string that one of the alternatives takes", value.raw_json_token());
}

// Objects are told apart by their keys, in one pass: of the alternatives with all required members, the one that knows
// most of the keys. Sets its index, or the number of alternatives if none fits.
template <class... A>
simdjson::error_code find_struct(simdjson::ondemand::object& fields, std::size_t& best) {
  std::array<member_set, sizeof...(A)> seen{};
  for (auto field : fields) {
    if (const auto code = field.error()) return code;
    const char* const key = unwrap(field).key().raw();
    const auto look = [&]<class T>(std::type_identity<T>, member_set& members) {
      if constexpr (structural<T>) {
        const std::size_t place = find_key_of<T>(key);
        if (place < json_keys_of<T>.size()) members.insert(member_of_key<T>(place));
      }
    };
    std::size_t i = 0;
    (look(std::type_identity<A>{}, seen[i++]), ...);
  }

  best = sizeof...(A);
  std::size_t i = 0;
  const auto weigh = [&]<class T>(std::type_identity<T>) {
    if constexpr (structural<T>) {
      const bool fits = seen[i].contains(required_members<T>);
      if (fits && (best == sizeof...(A) || seen[i].size() > seen[best].size())) best = i;
    }
    ++i;
  };
  (weigh(std::type_identity<A>{}), ...);
  return fields.reset().error();
}

template <class... A>
simdjson::error_code read_object_variant(simdjson_value& value, std::variant<A...>& out, decode_error& error) {
  simdjson::ondemand::object fields;
  if (const auto code = enter(value, fields, error)) return code;
  constexpr std::array is_struct{structural<A>...};
  std::size_t best = static_cast<std::size_t>(std::ranges::find(is_struct, true) - is_struct.begin());
  if constexpr (std::ranges::count(is_struct, true) > 1) {
    if (const auto code = find_struct<A...>(fields, best)) return code;
    if (best == sizeof...(A)) {
      return error.expected_got("an object that one of the alternatives takes", "other members");
    }
  }
  // A function for each alternative: all structs of a large variant in one function would take long to compile.
  const auto take = [&]<class T>(std::type_identity<T>) __attribute__((noinline)) {
    if constexpr (structural<T>) {
      T* held = std::get_if<T>(&out);
      if (held == nullptr) held = &out.template emplace<T>();
      return read_struct(fields, *held, error);
    } else {
      return simdjson::SUCCESS;
    }
  };
  std::size_t i = 0;
  simdjson::error_code code = simdjson::SUCCESS;
  static_cast<void>(((i++ == best && (code = take(std::type_identity<A>{}), true)) || ...));
  return code;
}

// Chooses by JSON type first. If several alternatives accept a number, the first that can represent it is used.
template <variant T>
simdjson::error_code read_variant(simdjson_value& value, T& out, decode_error& error) {
  return [&]<class... A>(std::variant<A...>& variant) -> simdjson::error_code {
    using enum simdjson::ondemand::json_type;
    simdjson::ondemand::json_type type;
    if (const auto code = value.type().get(type)) return code;
    const std::size_t takers = (std::size_t{takes_type<A>(type)} + ...);
    if (takers > 1 && type == string && ((!takes_type<A>(string) || textual<A>)&&...)) {
      return read_text_variant(value, variant, error);
    }
    constexpr bool by_keys = (structural<A> || ...) && ((!takes_type<A>(object) || structural<A>)&&...);
    if constexpr (by_keys) {
      if (type == object) return read_object_variant(value, variant, error);
    }
    simdjson::error_code code = simdjson::SUCCESS;
    std::size_t left = takers;
    const auto attempt = [&]<class Alternative>(std::type_identity<Alternative>) {
      if (!takes_type<Alternative>(type)) return false;
      --left;
      if constexpr (by_keys && structural<Alternative>) {
        return false;  // it was tried above, and its reader is large
      } else if constexpr (std::same_as<Alternative, std::monostate>) {
        variant = Alternative{};
        bool null = false;
        code = value.is_null().get(null);
        return true;
      } else {
        auto* held = std::get_if<Alternative>(&variant);
        if (held == nullptr) held = &variant.template emplace<Alternative>();
        code = read(value, *held, error);
        if (code == simdjson::SUCCESS || type != number || left == 0) return true;
        error.forget();
        return false;
      }
    };
    const bool found = (attempt(std::type_identity<A>{}) || ...);
    return found ? code : error.expected("a value that one of the alternatives takes", value.raw_json_token());
  }(out);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
