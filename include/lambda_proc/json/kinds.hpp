#pragma once
// SPDX-License-Identifier: MIT
// Kinds of types, as decode and encode distinguish them.

#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace lambda_proc {
inline namespace v0 {

/// How a type that is not yours becomes JSON and back: specialize this, with one or both of its functions.
///
///     template <>
///     struct lambda_proc::json<money> {
///       static lambda_proc::result<void> from_json(simdjson::ondemand::value& value, money& out);
///       static void to_json(lambda_proc::json_writer& writer, const money& value);
///     };
///
/// It takes precedence over all other ways. For a type of your own, write functions beside it instead: see decode() and
/// encode().
template <class T>
struct json;

namespace detail {

template <class T, template <class...> class Template>
inline constexpr bool is_specialization = false;
template <template <class...> class Template, class... Arguments>
inline constexpr bool is_specialization<Template<Arguments...>, Template> = true;

template <class T>
concept wide_character =
    std::same_as<T, wchar_t> || std::same_as<T, char8_t> || std::same_as<T, char16_t> || std::same_as<T, char32_t>;
template <class T>
concept character = std::same_as<T, char> || wide_character<T>;

template <class T>
concept integer = std::integral<T> && !std::same_as<T, bool> && !character<T>;

template <class T>
concept named_enum = std::is_enum_v<T> && requires(T value) { json_names(value).entries; };

/// The names of its values, from json_names(), created once.
template <named_enum T>
inline constexpr auto names_of_values = json_names(T{}).entries;

/// The integer type for an enum without names; never a character type.
template <class Enum, class Number = std::underlying_type_t<Enum>>
struct enum_number : std::type_identity<Number> {};
template <class Enum, character Number>
struct enum_number<Enum, Number>
    : std::conditional_t<std::is_signed_v<Number>, std::make_signed<Number>, std::make_unsigned<Number>> {};

template <class T>
inline constexpr bool is_sys_time = false;
template <class Duration>
inline constexpr bool is_sys_time<std::chrono::sys_time<Duration>> = true;

template <class T>
inline constexpr bool is_duration = false;
template <class Number, class Period>
inline constexpr bool is_duration<std::chrono::duration<Number, Period>> = std::is_arithmetic_v<Number>;

template <class T>
concept smart_pointer = is_specialization<T, std::unique_ptr> || is_specialization<T, std::shared_ptr>;

// Types whose value may be missing or null in JSON.
template <class T>
concept nullable = is_specialization<T, std::optional> || smart_pointer<T>;
template <nullable T>
using content_type = std::remove_reference_t<decltype(*std::declval<T&>())>;

template <class T>
concept variant = is_specialization<T, std::variant>;

template <class T>
concept tuple = is_specialization<T, std::tuple> || is_specialization<T, std::pair>;

template <class T>
inline constexpr bool is_std_array = false;
template <class T, std::size_t Size>
inline constexpr bool is_std_array<std::array<T, Size>> = true;

/// Arrays whose size is part of their type.
template <class T>
concept fixed_array = is_std_array<T> || std::is_bounded_array_v<T>;

template <class T>
inline constexpr std::size_t fixed_size = std::extent_v<T>;
template <class T>
  requires requires { std::tuple_size<T>::value; }
inline constexpr std::size_t fixed_size<T> = std::tuple_size_v<T>;

// Text in a C array: up to its first zero.
template <class T>
concept char_array = std::is_bounded_array_v<T> && std::same_as<std::remove_cv_t<std::remove_extent_t<T>>, char>;

template <class T>
concept text = std::same_as<T, std::string> || std::same_as<T, std::string_view>;

template <class T>
concept container = requires(T t) {
  typename T::value_type;
  t.begin();
  t.end();
  t.clear();
  t.size();
} && !std::convertible_to<const T&, std::string_view>;

template <class T>
concept numbered_enum = std::is_enum_v<T> && requires { requires integer<typename enum_number<T>::type>; };

// The keys of JSON objects are text; of an integer its digits, of an enum its name, or the digits of its number.
template <class T>
concept map_key = text<T> || integer<T> || named_enum<T> || numbered_enum<T>;

template <class T>
concept map = container<T> && map_key<typename T::key_type> && requires(T t, typename T::key_type key) {
  { t[std::move(key)] } -> std::same_as<typename T::mapped_type&>;
};

template <class T>
concept sequence = container<T> && !requires { typename T::mapped_type; } &&
                   requires(T t, typename T::value_type item) { t.insert(t.end(), std::move(item)); };

template <class T>
concept text_view = std::convertible_to<const T&, std::string_view> && !std::same_as<T, std::nullptr_t>;

/// The text that a T converts to. In a C array it need not end with a zero.
template <text_view T>
constexpr std::string_view as_text(const T& value) {
  if constexpr (char_array<T>) {
    return {value, static_cast<std::size_t>(std::ranges::find(value, '\0') - value)};
  } else {
    return value;
  }
}

/// Maps whose keys can be written as text.
template <class T>
concept object_like = std::ranges::input_range<const T> && requires(T t, typename T::key_type key) {
  { t[std::move(key)] } -> std::same_as<typename T::mapped_type&>;
} && (text_view<typename T::key_type> || map_key<typename T::key_type>);

/// All other ranges are written as arrays; of those that change while they are read (some views), a copy. A range of
/// characters may be text or bytes, so it is not supported; a range of itself (std::filesystem::path) has no
/// end.
template <class T>
concept array_like =
    (std::ranges::input_range<const T> || (std::ranges::input_range<T> && std::copy_constructible<T>)) &&
    !requires { typename T::mapped_type; } && !text_view<T> && !std::same_as<std::ranges::range_value_t<T>, T> &&
    !std::same_as<std::ranges::range_value_t<T>, char>;

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
