#pragma once
// SPDX-License-Identifier: MIT
// Objects out of simdjson: keys, and the members of a plain struct. decode and its variants are made of these.

#include <lambda_proc/json/apart.hpp>
#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/decode_trail.hpp>
#include <lambda_proc/json/escaped_key.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <variant>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

// From decode.hpp, which stands on this header.
template <class T>
simdjson::error_code read(simdjson_value& value, T& out, decode_trail& trail);

/// This library's own from_json functions put the path to a bad field together with their callers.
template <class T>
concept has_traced_json =
    requires(simdjson_value& value, T& out, decode_trail& trail) { from_json(value, out, trail); };
template <class T>
concept has_from_json = has_traced_json<T> || requires(simdjson_value& value, T& out) { from_json(value, out); };

// What is read member by member.
template <class T>
concept structural = plain_struct<T> && !has_from_json<T> && !std::same_as<T, std::monostate>;

using simdjson_field = simdjson::simdjson_result<simdjson::ondemand::field>;

/// Goes into an object or an array. Readers call themselves for what is in it, so the depth has an end.
[[gnu::always_inline]] inline simdjson::error_code enter(simdjson_value& value, simdjson::ondemand::object& out,
                                                         decode_trail& trail) {
  if (value.current_depth() >= static_cast<int>(max_depth)) return trail.too_deep();
  return value.get_object().get(out) ? trail.expected("an object", value.raw_json_token()) : simdjson::SUCCESS;
}
[[gnu::always_inline]] inline simdjson::error_code enter(simdjson_value& value, simdjson::ondemand::array& out,
                                                         decode_trail& trail) {
  if (value.current_depth() >= static_cast<int>(max_depth)) return trail.too_deep();
  return value.get_array().get(out) ? trail.expected("an array", value.raw_json_token()) : simdjson::SUCCESS;
}

[[gnu::always_inline]] inline simdjson_value& value_of(simdjson_field& good) { return unwrap(good).value(); }

/// A key as it stands in the text, without its quotes; `escaped` says whether that is not what it means.
inline std::string_view raw_key(const char* start, bool& escaped) {
  const char* const end = string_stop(start);
  escaped = *end == '\\';
  return {start, static_cast<std::size_t>(end - start)};
}

/// A key: a view of the line, or of the parser's string buffer where it has escapes.
[[gnu::always_inline]] inline simdjson::error_code read_key(simdjson_field& field, std::string_view& out) {
  if (const auto code = field.error()) return code;
  bool escaped = false;
  out = raw_key(unwrap(field).key().raw(), escaped);
  return escaped ? field.unescaped_key().get(out) : simdjson::SUCCESS;
}

// A name and the quote behind it. An object of its own: as a part of the table of all names, g++ 12 warns of reading
// beyond it when it instruments the code.
template <const auto& Names, std::size_t I>
inline constexpr auto quoted_name = [] {
  std::array<char, Names[I].size() + 1> text{};
  std::ranges::copy(Names[I], text.begin());
  text.back() = '"';
  return text;
}();

/// Whether the key that starts at raw is this name, where no escapes spell it.
template <const auto& Names, std::size_t I>
bool is_key(const char* raw) {
  constexpr std::size_t size = quoted_name<Names, I>.size();
  if constexpr (Names[I].find_first_of("\"\\") != std::string_view::npos) {
    return false;
  } else if constexpr (size <= simdjson::SIMDJSON_PADDING) {
    // Behind a line there are SIMDJSON_PADDING readable bytes, which is more than most names need.
    return std::memcmp(raw, quoted_name<Names, I>.data(), size) == 0;
  } else {
    return std::strncmp(raw, quoted_name<Names, I>.data(), size) == 0;
  }
}

/// The place among these names of the one that the key at raw means; their number if it is none of them.
template <const auto& Names>
[[gnu::always_inline]] inline std::size_t find_name(const char* raw) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    std::size_t found = Names.size();
    if (((is_key<Names, I>(raw) && (found = I, true)) || ...)) return found;
    bool escaped = false;
    raw_key(raw, escaped);
    if (escaped) static_cast<void>(((spells(raw, Names[I]) && (found = I, true)) || ...));
    return found;
  }(std::make_index_sequence<Names.size()>{});
}

/// Whether JSON may lack this member; it holds nothing then.
template <class Member>
bool leave_out(Member& member) {
  if constexpr (nullable<Member>) member.reset();
  return nullable<Member>;
}

/// The members that JSON must have, a bit each.
template <plain_struct T>
consteval std::uint64_t required_members() {
  if constexpr (has_use_default<T>) {
    return 0;
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      using pointers = decltype(member_pointers<T>());
      return (std::uint64_t{0} | ... |
              (nullable<std::remove_cvref_t<decltype(*std::get<I>(std::declval<pointers>()))>>
                   ? 0
                   : std::uint64_t{1} << I));
    }(std::make_index_sequence<member_count<T>>{});
  }
}

template <plain_struct T>
[[gnu::always_inline]] inline simdjson::error_code read_struct(simdjson::ondemand::object& fields, T& out,
                                                               decode_trail& trail) {
  constexpr std::size_t count = member_count<T>;
  return visit_members(
      out, [&](auto&... member) __attribute__((always_inline))->simdjson::error_code {
        std::uint64_t seen = 0;
        for (auto field : fields) {
          if (const auto code = field.error()) return code;
          const std::size_t place = find_name<json_names_of<T>>(unwrap(field).key().raw());
          simdjson_value& value = value_of(field);
          if (place == count) {
            simdjson_value apart = apart_from(value);
            if (const auto code = skip_member(unwrap(field).key().raw(), apart)) return code;
            continue;
          }
          simdjson::error_code code = simdjson::SUCCESS;
          std::size_t i = 0;
          static_cast<void>(((i++ == place && (code = read(value, member, trail), true)) || ...));
          if (code) {
            trail.in_member(json_names_of<T>[place]);
            return code;
          }
          seen |= std::uint64_t{1} << place;
        }
        constexpr std::uint64_t all = count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
        if (seen == all) return simdjson::SUCCESS;
        std::size_t i = 0;
        if constexpr (has_use_default<T>) {
          T fresh{};
          visit_members(fresh, [&](auto&... value) {
            static_cast<void>((((seen >> i++ & 1U) != 0 || (member = std::move(value), true)) && ...));
          });
          return simdjson::SUCCESS;
        } else {
          const bool complete = ((((seen >> i & 1U) != 0 || leave_out(member)) && (++i, true)) && ...);
          return complete ? simdjson::SUCCESS : trail.missing(json_names_of<T>[i]);
        }
      });
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
