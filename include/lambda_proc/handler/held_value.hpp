#pragma once
// SPDX-License-Identifier: MIT
// A value in the middle of a document that can be read after what follows it; event and request share it.

#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/apart.hpp>
#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// On-Demand parsing goes forward only, and a value that was walked can be neither walked again nor sliced. This one
/// is sliced as it goes by; then, for an object (what nearly every event is), the document's own iterator is put back
/// once. Each other reading gets a parser of its own, so that the strings that an earlier one unescaped stay where they
/// are.
class held_value {
 public:
  held_value() = default;
  held_value(const held_value&) = delete;
  held_value& operator=(const held_value&) = delete;

  /// Takes the value that the document's iterator stands at, and moves on behind it.
  simdjson::error_code hold(simdjson_value& value) {
    value_ = apart_from(value);
    simdjson::ondemand::json_type type{};
    simdjson::ondemand::object object;
    const auto code = slice(value, type, object, text_);
    object_ = object;
    kind_ = type == simdjson::ondemand::json_type::object  ? kind::object
            : type == simdjson::ondemand::json_type::array ? kind::other
                                                           : kind::scalar;
    return code;
  }

  /// The same, and checks the value: it is not going to be read.
  simdjson::error_code hold_checked(simdjson_value& value) {
    kind_ = kind::other;
    return read_raw(value, text_);
  }

  /// Takes the text of a value.
  void hold_text(std::string_view text) {
    kind_ = kind::other;
    text_ = text;
  }

  [[nodiscard]] bool has_value() const noexcept { return kind_ != kind::nothing; }
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

  /// The value at its start; NO_SUCH_FIELD if nothing is held.
  simdjson::simdjson_result<simdjson_value> value() {
    if (!has_value()) return simdjson::NO_SUCH_FIELD;
    const kind once = std::exchange(kind_, kind::other);
    simdjson_value start = value_;
    if (once == kind::scalar) return start;
    if (once == kind::object) {
      bool has_members = false;
      if (const auto code = object_.reset().get(has_members)) return code;
      // An empty one ends as soon as it starts: there is no going back into it.
      if (has_members) return start;
    }
    return parse_again();
  }

  /// Holds nothing any more. Memory is kept for the next value, except what an unusual one needed.
  void release() {
    kind_ = kind::nothing;
    text_ = {};
    std::size_t bytes = 0;
    for (const reading& one : readings_) bytes += one.text.capacity();
    if (has_asan || bytes > line_reader::kept_bytes) readings_.clear();
    next_reading_ = readings_.begin();
  }

 private:
  enum class kind { nothing, scalar, object, other };

  struct reading {
    std::string text;
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
  };

  simdjson::simdjson_result<simdjson_value> parse_again() {
    if (next_reading_ == readings_.end()) next_reading_ = readings_.emplace(next_reading_);
    reading& fresh = *next_reading_++;
    // As the element of an array even a scalar is a value like others.
    fresh.text.assign("[").append(text_).append("]").append(simdjson::SIMDJSON_PADDING, ' ');
    const simdjson::padded_string_view padded(fresh.text.data(), text_.size() + 2, fresh.text.size());
    if (const auto code = fresh.parser.iterate(padded).get(fresh.document)) return code;
    simdjson::ondemand::array array;
    if (const auto code = fresh.document.get_array().get(array)) return code;
    simdjson::ondemand::array_iterator element;
    if (const auto code = array.begin().get(element)) return code;
    return *element;
  }

  kind kind_ = kind::nothing;
  std::string_view text_;
  simdjson_value value_;
  simdjson::ondemand::object object_;
  // A list, since parsers and documents must stay where they are.
  std::list<reading> readings_;
  std::list<reading>::iterator next_reading_ = readings_.begin();
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
