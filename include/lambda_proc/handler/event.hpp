#pragma once
// SPDX-License-Identifier: MIT
// The event of a request, for handlers that decide themselves how to read it. Most take a struct instead.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/deferred_value.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <concepts>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

namespace detail {

/// simdjson's own types. Not decodable in general: as members of a struct they would be read out of order.
template <class T>
concept simdjson_view = std::same_as<T, simdjson_value> || std::same_as<T, simdjson::ondemand::object> ||
                        std::same_as<T, simdjson::ondemand::array>;

inline simdjson::error_code read_view(simdjson_value& value, simdjson_value& out, decode_error&) {
  out = value;
  return simdjson::SUCCESS;
}
inline simdjson::error_code read_view(simdjson_value& value, simdjson::ondemand::object& out, decode_error& error) {
  return value.get_object().get(out) ? error.expected("an object", value.raw_json_token()) : simdjson::SUCCESS;
}
inline simdjson::error_code read_view(simdjson_value& value, simdjson::ondemand::array& out, decode_error& error) {
  return value.get_array().get(out) ? error.expected("an array", value.raw_json_token()) : simdjson::SUCCESS;
}

}  // namespace detail

/// The event of the current request: as text, as a C++ value, or as simdjson's own types, as often as you like and in
/// any order.
///
/// A handle that is cheap to copy. It and all views that it returns are valid until the handler returns.
class event {
 public:
  /// For wires: the event in `source`, which must outlive this.
  explicit event(detail::deferred_value& source) noexcept : source_(&source) {}

  /// Whether the request has an event. If not, the functions below fail as for a missing member.
  [[nodiscard]] bool has_value() const noexcept { return source_->has_value(); }

  /// The text as the host sent it, without white space around it. Not checked: On-Demand parsing checks only what is
  /// read.
  [[nodiscard]] std::string_view text() const noexcept { return source_->text(); }

  /// The text, checked to be one valid JSON value (a second pass, about 1 ns per byte), ready to be returned.
  [[nodiscard]] result<raw_json> raw() const {
    if (!has_value()) return missing();
    if (!detail::is_json(text())) return failure{"invalid_event", "event: malformed JSON"};
    return raw_json::trusted(text());
  }

  /// The event as a T. The first call costs as much as a typed handler, each later one parses the text again.
  template <class T>
  [[nodiscard]] result<T> as() const {
    if constexpr (detail::has_obstacle<detail::decoding, T>) {
      explain(detail::obstacle_in<detail::decoding, T, detail::decoded_value>());
      return missing();
    } else {
      T out{};
      if (result<void> done = read_into(out); !done) return std::move(done).error();
      return out;
    }
  }

  /// The same into an existing value, which keeps its memory (see decode()), or into one of simdjson's own types.
  template <class T>
  [[nodiscard]] result<void> read_into(T& out) const {
    if constexpr (detail::has_obstacle<detail::decoding, T> && !detail::simdjson_view<T>) {
      explain(detail::obstacle_in<detail::decoding, T, detail::decoded_value>());
      return missing();
    } else {
      return read_checked(out);
    }
  }

  /// The event as simdjson's own value, at its start. A later call returns a new one; the earlier one stays valid.
  [[nodiscard]] simdjson::simdjson_result<simdjson::ondemand::value> value() const { return source_->value(); }

 private:
  static failure missing() { return {"invalid_event", "event: missing"}; }

  template <class T>
  [[nodiscard]] result<void> read_checked(T& out) const {
    if constexpr (detail::nullable<T>) {
      if (!has_value()) {
        out.reset();
        return {};
      }
    }
    detail::decode_error error;
    auto value = this->value();
    auto code = value.error();
    if (code == simdjson::NO_SUCH_FIELD) return missing();
    if (code == simdjson::SUCCESS) {
      if constexpr (detail::simdjson_view<T>) {
        code = detail::read_view(detail::unwrap(value), out, error);
      } else {
        code = detail::read(detail::unwrap(value), out, error);
      }
    }
    if (code == simdjson::SUCCESS) return {};
    return error.to_failure("invalid_event", "event", code);
  }

  detail::deferred_value* source_;
};

}  // namespace v0
}  // namespace lambda_proc
