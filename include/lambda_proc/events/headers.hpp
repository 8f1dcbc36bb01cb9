#pragma once
// SPDX-License-Identifier: MIT
// Maps from names to text, for the headers and parameters of HTTP events: one value for each name, or several.

#include <lambda_proc/core/caseless_names.hpp>
#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/decode_table.hpp>
#include <lambda_proc/json/encode.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

namespace detail {

/// Names are compared byte by byte.
struct exact_names {
  static bool same(std::string_view a, std::string_view b) noexcept { return a == b; }
};

/// Exact names whose values are text: a boolean or a number is read as its JSON.
struct names_of_texts : exact_names {
  static simdjson::error_code read(simdjson_value& value, void* out, const void*, decode_error& error) {
    std::string_view& text = *static_cast<std::string_view*>(out);
    const bool is_scalar = std::string_view("\"{[").find(token_of(value).front()) == std::string_view::npos;
    return is_scalar ? read_raw(value, text) : detail::read(value, text, error);
  }
};

/// Exact names whose values are lists: a single text is read as a list of one.
struct names_of_lists : exact_names {
  static simdjson::error_code read(simdjson_value& value, void* out, const void*, decode_error& error) {
    auto& list = *static_cast<std::vector<std::string_view>*>(out);
    if (!token_of(value).starts_with('"')) return detail::read(value, list, error);
    list.resize(1);
    return detail::read(value, list[0], error);
  }
};

/// How the values of a name_map are read.
template <class Value, class Names>
inline constexpr erased_type erased_value = erased<Value>;
template <class Value, class Names>
  requires requires { Names::read; }
inline constexpr erased_type erased_value<Value, Names>{.read = Names::read};

}  // namespace detail

namespace events {

/// Names and their values, in the order of the event. A look-up is a linear search, which is faster than hashing for
/// the few names that a request has. Memory is kept for the next event.
///
/// The names and values are views that are valid as long as the event. A null value counts as absent.
template <class Value, class Names>
class name_map {
 public:
  using value_type = std::pair<std::string_view, Value>;
  using const_iterator = typename std::vector<value_type>::const_iterator;

  name_map() = default;
  name_map(const name_map&) = default;
  name_map(name_map&&) noexcept = default;
  name_map& operator=(const name_map&) = default;
  name_map& operator=(name_map&&) noexcept = default;
  // Not inline: records have several maps, and DynamoDB's are nested. Inline it took a tenth of a large program's code.
  [[gnu::noinline]] ~name_map();

  [[nodiscard]] const_iterator begin() const noexcept { return entries_.begin(); }
  [[nodiscard]] const_iterator end() const noexcept { return begin() + static_cast<std::ptrdiff_t>(size_); }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  /// The value with this name, or null if there is none.
  [[nodiscard]] const Value* find(std::string_view name) const noexcept {
    const auto found = std::find_if(begin(), end(), [&](const auto& entry) { return Names::same(entry.first, name); });
    return found == end() ? nullptr : &found->second;
  }
  [[nodiscard]] bool contains(std::string_view name) const noexcept { return find(name) != nullptr; }
  /// Removes all entries, and keeps their memory.
  void clear() noexcept { size_ = 0; }

  friend simdjson::error_code from_json(simdjson::ondemand::value& value, name_map& out, detail::decode_error& error) {
    // Values with a from_json are DynamoDB's attributes. Reading them through pointers would take a tenth longer.
    if constexpr (detail::has_from_json<Value>) {
      return detail::read_each_name(
          value, out.size_, error, [&](std::string_view name, simdjson::ondemand::value& one) {
            return from_json(one, *static_cast<Value*>(value_at(&out, out.size_, name)), error);
          });
    } else {
      static constexpr detail::name_map_table table{.value_at = value_at, .type = detail::erased_value<Value, Names>};
      return detail::read_names(value, &out, out.size_, table, error);
    }
  }

  friend void to_json(json_writer& writer, const name_map& map) {
    writer.begin_object();
    for (const auto& [name, value] : map) {
      writer.key(name);
      encode(writer, value);
    }
    writer.end_object();
  }

 private:
  static void* value_at(void* map, std::size_t i, std::string_view name) {
    auto& entries = static_cast<name_map*>(map)->entries_;
    const auto place = entries.begin() + static_cast<std::ptrdiff_t>(i);
    value_type& entry = place == entries.end() ? entries.emplace_back() : *place;
    entry.first = name;
    return &entry.second;
  }

  // Entries after the first size_ are spare: the vectors in them keep their memory.
  std::vector<value_type> entries_;
  std::size_t size_ = 0;
};

template <class Value, class Names>
name_map<Value, Names>::~name_map() = default;

/// For parameters and variables.
using string_map = name_map<std::string_view, detail::exact_names>;
/// For claims and attributes, which AWS writes as strings, booleans or numbers: all of them are read as text.
using text_map = name_map<std::string_view, detail::names_of_texts>;
/// For parameters that may be repeated.
using multi_string_map = name_map<std::vector<std::string_view>, detail::exact_names>;
/// For parameters that AWS sends as lists or as single values.
using lone_or_multi_string_map = name_map<std::vector<std::string_view>, detail::names_of_lists>;
/// For headers; names are case-insensitive.
using header_map = name_map<std::string_view, detail::caseless_names>;
/// For headers that may be repeated; names are case-insensitive.
using multi_header_map = name_map<std::vector<std::string_view>, detail::caseless_names>;

/// The first value with this name, if there is one.
template <class Value, class Names>
[[nodiscard]] std::optional<std::string_view> first_value(const name_map<Value, Names>& map,
                                                          std::string_view name) noexcept {
  const Value* const found = map.find(name);
  if (found == nullptr) return std::nullopt;
  if constexpr (std::same_as<Value, std::string_view>) {
    return *found;
  } else {
    return found->empty() ? std::nullopt : std::optional(found->front());
  }
}
/// The same for a map that may be absent.
template <class Value, class Names>
[[nodiscard]] std::optional<std::string_view> first_value(const std::optional<name_map<Value, Names>>& map,
                                                          std::string_view name) noexcept {
  return map ? first_value(*map, name) : std::nullopt;
}

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
