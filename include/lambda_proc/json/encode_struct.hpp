#pragma once
// SPDX-License-Identifier: MIT
// Encodes the members of a plain struct. A part of encode.hpp.

#include <lambda_proc/json/json_names.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/kinds.hpp>
#include <lambda_proc/json/reflect.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

// Defined in encode.hpp, which includes this header.
template <class T>
void encode_value(json_writer& writer, const T& value);

// Empty members are omitted from structs unless they say otherwise. So is text that the JSON lacked when a struct with
// leave_empty was decoded: its view is null, while that of "" is not. Types that hold a view say so by a function
// json_absent.
template <bool LeavesEmpty, class T>
constexpr bool is_absent(const T& value) noexcept {
  if constexpr (nullable<T>) {
    return !value;
  } else if constexpr (!LeavesEmpty) {
    return false;
  } else if constexpr (std::same_as<T, raw_json>) {
    return value.text().empty();
  } else if constexpr (std::same_as<T, std::string_view>) {
    return value.data() == nullptr;
  } else if constexpr (requires { json_absent(value); }) {
    return json_absent(value);
  } else {
    return false;
  }
}

/// Writes a member, unless it is absent. `key` has its quotes and the colon.
template <bool LeavesEmpty, bool WritesNull, bool HasPlainKey, class Member>
void encode_member(json_writer& writer, std::string_view key, const Member& member) {
  if (!WritesNull && is_absent<LeavesEmpty>(member)) return;
  HasPlainKey ? writer.raw_key(key) : writer.key(key.substr(1, key.size() - 3));
  encode_value(writer, member);
}

/// The same for a member of a type that only the function knows. Structs share those of their members' types.
using member_writer = void (*)(json_writer& writer, std::string_view key, const void* member);

template <bool LeavesEmpty, bool WritesNull, bool HasPlainKey, class Member>
void encode_erased_member(json_writer& writer, std::string_view key, const void* member) {
  encode_member<LeavesEmpty, WritesNull, HasPlainKey>(writer, key, *static_cast<const Member*>(member));
}

template <class T>
inline constexpr auto writers_of = []<class... Members>(type_list<Members...>) {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<member_writer, sizeof...(I)>{
        encode_erased_member<has_leave_empty<T>, written_as_null<T>.contains(I), has_plain_keys<T>,
                             std::remove_cv_t<Members>>...};
  }(std::index_sequence_for<Members...>{});
}(member_types<T>{});

/// The loop for all structs that have tables.
inline void encode_members(json_writer& writer, std::span<const std::string_view> keys,
                           std::span<const member_writer> writers, std::span<const std::size_t> offsets,
                           const void* object) {
  writer.begin_object();
  for (std::size_t i = 0; i < writers.size(); ++i) {
    writers[i](writer, keys[i], static_cast<const std::byte*>(object) + offsets[i]);
  }
  writer.end_object();
}

template <class T>
void encode_struct(json_writer& writer, const T& value) {
  if constexpr (by_table<T>) {
    encode_members(writer, quoted_keys_of<T>, writers_of<T>, member_offsets<T>, &value);
  } else {
    writer.begin_object();
    visit_members(value, [&writer](const auto&... member) {
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (encode_member<false, written_as_null<T>.contains(I), has_plain_keys<T>>(writer, quoted_keys_of<T>[I], member),
         ...);
      }(std::make_index_sequence<sizeof...(member)>{});
    });
    writer.end_object();
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
