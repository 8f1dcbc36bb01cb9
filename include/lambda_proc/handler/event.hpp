#pragma once
// SPDX-License-Identifier: MIT
// One request's event, for handlers that decide themselves how to read it. Most take a struct instead.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/held_value.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/decode_trail.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <concepts>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

namespace detail {

/// simdjson's own views. Not decodable in general: as members of a struct they would be read out of order.
template <class T>
concept simdjson_view = std::same_as<T, simdjson_value> || std::same_as<T, simdjson::ondemand::object> ||
                        std::same_as<T, simdjson::ondemand::array>;

inline simdjson::error_code read_view(simdjson_value& value, simdjson_value& out, decode_trail&) {
  out = value;
  return simdjson::SUCCESS;
}
inline simdjson::error_code read_view(simdjson_value& value, simdjson::ondemand::object& out, decode_trail& trail) {
  return value.get_object().get(out) ? trail.expected("an object", value.raw_json_token()) : simdjson::SUCCESS;
}
inline simdjson::error_code read_view(simdjson_value& value, simdjson::ondemand::array& out, decode_trail& trail) {
  return value.get_array().get(out) ? trail.expected("an array", value.raw_json_token()) : simdjson::SUCCESS;
}

// The text of a value, checked while the parser walks through it, for those that want nothing else. The parser's first
// stage has seen to UTF-8, control characters and the ends of strings, its walk sees to commas and colons; other
// scalars and escapes are left to look at. False is no verdict: is_json() knows better.
inline bool walk(simdjson::ondemand::object& fields);
inline bool walk(simdjson::ondemand::array& elements);

template <class Container>
[[gnu::always_inline]] inline bool walk_into(simdjson_value& value, std::string_view* text) {
  Container items;
  constexpr int deep = 64;  // is_json() looks at what is deeper, which needs no stack for that
  if (value.current_depth() >= deep || value.get(items)) return false;
  return walk(items) && (text == nullptr || items.raw_json().get(*text) == simdjson::SUCCESS);
}

[[gnu::always_inline]] inline bool walk_over(simdjson_value& value, std::string_view* text = nullptr) {
  const std::string_view token = value.raw_json_token();
  if (token.starts_with('{')) return walk_into<simdjson::ondemand::object>(value, text);
  if (token.starts_with('[')) return walk_into<simdjson::ondemand::array>(value, text);
  if (text != nullptr) *text = token;
  return token.starts_with('"') ? can_be_skipped(token) : is_json_scalar(without_space_behind(token));
}

inline bool walk(simdjson::ondemand::object& fields) {
  for (auto field : fields) {
    if (field.error() || !walk_over(value_of(field))) return false;
  }
  return true;
}

inline bool walk(simdjson::ondemand::array& elements) {
  for (auto element : elements) {
    if (element.error() || !walk_over(unwrap(element))) return false;
  }
  return true;
}

/// Walks through the value; `out` is its text then, checked.
inline bool read_checked(simdjson_value& value, raw_json& out) {
  std::string_view text;
  if (!walk_over(value, &text)) return false;
  text = without_space_behind(text);
  if (!has_valid_escapes(text)) return false;
  out = raw_json::trusted(text);
  return true;
}

}  // namespace detail

/// The event of the request in hand: its text, a C++ value, or simdjson's view of it, as often as you like and in
/// any order.
///
/// A handle that is cheap to copy. It and every view that it gives die when the handler returns.
class event {
 public:
  /// For wires: the event that `source` holds, which must outlive this.
  explicit event(detail::held_value& source) noexcept : source_(&source) {}

  /// Whether the request has an event at all; without one, all below fail as for a missing member.
  [[nodiscard]] bool has_value() const noexcept { return source_->has_value(); }

  /// The text as the host sent it, without white space around it, and not checked: On-Demand parsing looks only at
  /// what it is asked for.
  [[nodiscard]] std::string_view text() const noexcept { return source_->text(); }

  /// The text, checked: one valid JSON value (a second pass, about 1 ns for each byte), ready to be returned.
  [[nodiscard]] result<raw_json> raw() const {
    if (!has_value()) return missing();
    if (!detail::is_json(text())) return failure{"invalid_event", "event: malformed JSON"};
    return raw_json::trusted(text());
  }

  /// The event as a T; the first call costs what a typed handler costs, each later one parses the text again.
  template <decodable T>
  [[nodiscard]] result<T> as() const {
    T out{};
    if (result<void> done = read_into(out); !done) return std::move(done).error();
    return out;
  }

  /// The same into a value that is there already and keeps its memory, see decode(); or into one of simdjson's views.
  template <class T>
    requires(decodable<T> || detail::simdjson_view<T>)
  [[nodiscard]] result<void> read_into(T& out) const {
    if constexpr (detail::nullable<T>) {
      if (!has_value()) {
        out.reset();
        return {};
      }
    }
    detail::decode_trail trail;
    auto value = this->value();
    auto code = value.error();
    if (code == simdjson::NO_SUCH_FIELD) return missing();
    if (code == simdjson::SUCCESS) {
      if constexpr (detail::simdjson_view<T>) {
        code = detail::read_view(detail::unwrap(value), out, trail);
      } else {
        code = detail::read(detail::unwrap(value), out, trail);
      }
    }
    if (code == simdjson::SUCCESS) return {};
    return trail.to_failure("invalid_event", "event", code);
  }

  /// simdjson's own view, at the start of the event. A later call gives a new one; the former stays as it is.
  [[nodiscard]] simdjson::simdjson_result<simdjson::ondemand::value> value() const { return source_->value(); }

 private:
  static failure missing() { return {"invalid_event", "event: missing"}; }

  detail::held_value* source_;
};

}  // namespace v0
}  // namespace lambda_proc
