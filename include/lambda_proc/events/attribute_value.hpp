#pragma once
// SPDX-License-Identifier: MIT
// DynamoDB's typed values; a part of dynamodb.hpp, and useful for DynamoDB's JSON anywhere else.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/text_number.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct attribute_value;

/// The attributes of an item, or of a value of type M, in the order of the event.
using attribute_map = name_map<attribute_value, detail::exact_names>;

/// The value of one attribute, `{"S":"A7"}` in JSON (DynamoDB API Reference, "AttributeValue"). Its views are valid as
/// long as the event.
///
///     const attribute_value* price = item.find("price");
///     const text_number* number = price ? price->get_if<text_number>() : nullptr;
///     const std::optional<std::int64_t> cents = number ? number->as<std::int64_t>() : std::nullopt;
struct attribute_value {
  using list = std::vector<attribute_value>;
  using string_set = std::vector<std::string_view>;
  using number_set = std::vector<text_number>;
  using binary_set = std::vector<base64>;

  /// DynamoDB's types NULL, S, N, B, BOOL, L, M, SS, NS and BS, in this order.
  std::variant<std::monostate, std::string_view, text_number, base64, bool, list, attribute_map, string_set, number_set,
               binary_set>
      value;

  /// The value if it has this type, otherwise null.
  template <class T>
  [[nodiscard]] const T* get_if() const noexcept {
    return std::get_if<T>(&value);
  }
  [[nodiscard]] bool is_null() const noexcept { return value.index() == 0; }

  friend simdjson::error_code from_json(simdjson::ondemand::value& json, attribute_value& out,
                                        detail::decode_error& error) {
    return out.read(json, error);
  }

  // A template, so that programs that only read values need not compile it.
  friend void to_json(json_writer& writer, const std::same_as<attribute_value> auto& attribute) {
    writer.begin_object();
    std::visit(
        [&writer]<class T>(const T& held) {
          writer.key(type_name<T>());
          if constexpr (std::is_same_v<T, std::monostate>) {
            writer.boolean(true);
          } else {
            encode(writer, held);
          }
        },
        attribute.value);
    writer.end_object();
  }

 private:
  template <class T>
  static constexpr std::string_view type_name() {
    if constexpr (std::is_same_v<T, std::monostate>) return "NULL";
    if constexpr (std::is_same_v<T, std::string_view>) return "S";
    if constexpr (std::is_same_v<T, text_number>) return "N";
    if constexpr (std::is_same_v<T, base64>) return "B";
    if constexpr (std::is_same_v<T, bool>) return "BOOL";
    if constexpr (std::is_same_v<T, list>) return "L";
    if constexpr (std::is_same_v<T, attribute_map>) return "M";
    if constexpr (std::is_same_v<T, string_set>) return "SS";
    if constexpr (std::is_same_v<T, number_set>) return "NS";
    if constexpr (std::is_same_v<T, binary_set>) return "BS";
  }

  // The names of types are so short that their end is found without a search.
  [[gnu::always_inline]] static simdjson::error_code read_type(detail::simdjson_field& field, const char* raw,
                                                               std::string_view& out) {
    for (const std::size_t size : {1U, 2U, 4U}) {
      if (raw[size] != '"') continue;
      out = {raw, size};
      return simdjson::SUCCESS;
    }
    return detail::read_key(field, out);
  }

  simdjson::error_code read(simdjson::ondemand::value& json, detail::decode_error& error) {
    simdjson::ondemand::object fields;
    if (const auto code = detail::enter(json, fields, error)) return code;
    bool found = false;
    for (auto field : fields) {
      if (const auto code = field.error()) return code;
      const char* const raw = detail::unwrap(field).key().raw();
      std::string_view type;
      if (const auto code = read_type(field, raw, type)) return code;
      simdjson::ondemand::value& one = detail::value_of(field);
      if (const auto code = read_typed(type, raw, one, found, error)) {
        error.in_member(type);
        return code;
      }
    }
    if (found) return simdjson::SUCCESS;
    return error.expected_got("a DynamoDB value", "an object without one of its types");
  }

  // If the type is the same as before, the old value is reused and keeps its memory.
  template <class T>
  T& hold() {
    auto* held = std::get_if<T>(&value);
    return held != nullptr ? *held : value.emplace<T>();
  }

  [[gnu::always_inline]] simdjson::error_code read_typed(std::string_view type, const char* raw,
                                                         simdjson::ondemand::value& json, bool& found,
                                                         detail::decode_error& error) {
    const auto attempt = [&]<class T>(std::type_identity<T>, simdjson::error_code & code)
        __attribute__((always_inline)) {
      if (type != type_name<T>()) return false;
      found = true;
      if constexpr (std::is_same_v<T, std::monostate>) {
        bool truth = false;
        value.emplace<T>();
        code = detail::read(json, truth, error);
      } else {
        code = detail::read(json, hold<T>(), error);
      }
      return true;
    };
    return [&]<class... T>(const std::variant<T...>*) __attribute__((always_inline)) {
      simdjson::error_code code = simdjson::SUCCESS;
      // An unknown type is skipped, like any unknown key.
      if ((attempt(std::type_identity<T>{}, code) || ...)) return code;
      return detail::skip_member(raw, json);
    }
    (&value);
  }
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
