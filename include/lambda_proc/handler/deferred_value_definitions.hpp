#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind deferred_value.hpp.

#include <lambda_proc/handler/deferred_value.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/copy_by_fields.hpp>
#include <lambda_proc/json/decode_error.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

simdjson::error_code deferred_value::hold(simdjson_value& value) {
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

simdjson::error_code deferred_value::hold_checked(simdjson_value& value) {
  kind_ = kind::other;
  return read_raw(value, text_);
}

simdjson::simdjson_result<simdjson_value> deferred_value::value() {
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

void deferred_value::release() {
  kind_ = kind::nothing;
  text_ = {};
  std::size_t bytes = 0;
  for (const auto& one : readings_) bytes += one->text.capacity();
  if (has_asan || bytes > line_reader::kept_bytes) readings_.clear();
  readings_in_use_ = 0;
}

simdjson::simdjson_result<simdjson_value> deferred_value::parse_again() {
  if (readings_in_use_ == readings_.size()) readings_.push_back(std::make_unique<reading>());
  reading& fresh = *readings_[readings_in_use_++];
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

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
