#pragma once
// SPDX-License-Identifier: MIT
// Numbers that AWS sends as text; a part of the events that have one.

#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_scalar.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/kinds.hpp>

#include <cerrno>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <locale.h>
#include <stdlib.h>
#if __has_include(<xlocale.h>)
#include <xlocale.h>
#endif

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Created before main: with a lazily initialized static, a fork during the initialization would leave the child
/// waiting for it for ever.
inline const locale_t c_locale = ::newlocale(LC_ALL_MASK, "C", nullptr);

}  // namespace detail

namespace events {

/// A number in a JSON string. It is kept as text, because DynamoDB's numbers have up to 38 digits and must not be
/// rounded implicitly.
struct text_number {
  /// As AWS wrote it; a view of the event.
  std::string_view text;

  static constexpr bool wraps_text = true;

  /// Converts the number to a T. Returns nothing if the text is not a number or T can't hold it. Integers take integral
  /// values in their range (60, 60.0, 6E1), floating-point types the nearest value.
  template <class T>
    requires(detail::integer<T> || std::floating_point<T>)
  [[nodiscard]] std::optional<T> as() const;

  friend bool operator==(const text_number&, const text_number&) = default;
};

template <class T>
  requires(detail::integer<T> || std::floating_point<T>)
std::optional<T> text_number::as() const {
  // A JSON number, but without the white space that JSON allows around it.
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool numeric = !text.empty() && (text.front() == '-' || is_digit(text.front())) && is_digit(text.back());
  if (!numeric || !detail::is_json(text)) return std::nullopt;
  if constexpr (std::floating_point<T>) {
    // strtod needs a terminating zero, so copy the text. from_chars is not available everywhere yet, and treats
    // underflow as an error.
    const std::string terminated(text);
    errno = 0;
    T number{};
    if constexpr (std::same_as<T, float>) {
      number = ::strtof_l(terminated.c_str(), nullptr, detail::c_locale);
    } else if constexpr (std::same_as<T, double>) {
      number = ::strtod_l(terminated.c_str(), nullptr, detail::c_locale);
    } else {
      number = ::strtold_l(terminated.c_str(), nullptr, detail::c_locale);
    }
    const bool overflow = errno == ERANGE && (number > 1 || number < -1);
    return overflow ? std::nullopt : std::optional(number);
  } else {
    bool negative = false;
    std::uint64_t magnitude = 0;
    if (!detail::exact_integer(text, negative, magnitude)) return std::nullopt;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
    const std::uint64_t limit = !negative ? most : std::is_signed_v<T> ? most + 1 : 0;
    if (magnitude > limit) return std::nullopt;
    return static_cast<T>(negative ? 0 - magnitude : magnitude);
  }
}

[[gnu::always_inline]] inline simdjson::error_code from_json(simdjson::ondemand::value& value, text_number& out,
                                                             detail::decode_error& error) {
  return detail::read(value, out.text, error);
}
inline void to_json(json_writer& writer, const text_number& value) { writer.string(value.text); }
inline bool json_absent(const text_number& value) noexcept { return value.text.data() == nullptr; }

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
