#pragma once
// SPDX-License-Identifier: MIT
// A value in the middle of a document that can be read after what follows it. event and request share it.

#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/copy_by_fields.hpp>
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

/// On-Demand parsing only goes forward, and a value that was read can be neither read again nor sliced. This class
/// slices the value when the parser reaches it. Then an object (as nearly every event is) can be read once, by
/// resetting the document's own iterator. Every other reading gets a parser of its own, so that strings that an earlier
/// one unescaped stay valid.
class deferred_value {
 public:
  deferred_value() = default;
  deferred_value(const deferred_value&) = delete;
  deferred_value& operator=(const deferred_value&) = delete;

  /// Stores the value at the document's current position, and skips it.
  simdjson::error_code hold(simdjson_value& value) {
    value_ = copy_by_fields(value);
    simdjson::ondemand::json_type type{};
    simdjson::ondemand::object object;
    const auto code = slice(value, type, object, text_);
    object_ = object;
    kind_ = type == simdjson::ondemand::json_type::object  ? kind::object
            : type == simdjson::ondemand::json_type::array ? kind::other
                                                           : kind::scalar;
    return code;
  }

  /// The same for a value that will not be read: it is checked to be JSON.
  simdjson::error_code hold_checked(simdjson_value& value) {
    kind_ = kind::other;
    return read_raw(value, text_);
  }

  /// Stores the text of a value.
  void hold_text(std::string_view text) {
    kind_ = kind::other;
    text_ = text;
  }

  [[nodiscard]] bool has_value() const noexcept { return kind_ != kind::nothing; }
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

  /// The value, at its start; NO_SUCH_FIELD if none is stored.
  simdjson::simdjson_result<simdjson_value> value() {
    if (!has_value()) return simdjson::NO_SUCH_FIELD;
    const kind once = std::exchange(kind_, kind::other);
    simdjson_value start = value_;
    if (once == kind::scalar) return start;
    if (once == kind::object) {
      bool has_members = false;
      if (const auto code = object_.reset().get(has_members)) return code;
      // An empty object can't be reset.
      if (has_members) return start;
    }
    return parse_again();
  }

  /// Forgets the value. Keeps memory for the next one, except what only an unusual one needed.
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
    // In an array even a scalar is an ordinary value.
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
  // A list, since parsers and documents must not move.
  std::list<reading> readings_;
  std::list<reading>::iterator next_reading_ = readings_.begin();
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
