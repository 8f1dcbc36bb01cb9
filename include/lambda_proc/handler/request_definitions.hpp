#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind request.hpp.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/deferred_value.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

void request::restart(std::uint64_t count) {
  reading_ = reading::never;
  number = count;
  id = {};
  refusal.reset();
  event_.release();
  context_.release();
  read_context_ = nullptr;
  if (std::exchange(has_context_data_, false)) context_data_ = {};
  context_data_.request_number = count;
  // With a new parser, AddressSanitizer reports strings of an old request that were kept.
  if (detail::has_asan) parser_ = simdjson::ondemand::parser{};
}

void request::shrink() {
  if (!is_large()) return;
  event_.release();
  context_.release();
  parser_ = simdjson::ondemand::parser{};
}

simdjson::simdjson_result<simdjson::ondemand::object> request::parse(std::string_view line) {
  if (const auto code = iterate(without_byte_order_mark(line))) return code;
  return document_.get_object();
}

bool request::at_end() { return document_.current_location().error() == simdjson::OUT_OF_BOUNDS; }

simdjson::error_code request::hold_event(simdjson::ondemand::value& value) {
  if (event_is_unread_) return event_.hold_checked(value);
  if (reading_ == reading::never) return event_.hold(value);
  const auto outcome = reader_.read(reader_.target, value);
  reading_ = outcome == event_reader::outcome::done ? reading::done : reading::failed;
  if (outcome == event_reader::outcome::postpone) reader_ = {};
  return must_be_reread() ? simdjson::INCORRECT_TYPE : simdjson::SUCCESS;
}

simdjson::error_code request::hold_line(std::string_view line) {
  line = without_byte_order_mark(line);
  const std::size_t start = line.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return simdjson::EMPTY;
  if (line[start] != '{' && line[start] != '[') {
    // simdjson has no value for a document that is a scalar.
    line = detail::without_space_behind(line.substr(start));
    if (!detail::is_json(line)) return simdjson::TAPE_ERROR;
    event_.hold_text(line);
    return simdjson::SUCCESS;
  }
  if (!reader_.reads_roots) reading_ = reading::never;
  simdjson::ondemand::value value;
  if (const auto code = iterate(line)) return code;
  if (const auto code = document_.get_value().get(value)) return code;
  if (const auto code = hold_event(value)) return code;
  return at_end() ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

simdjson::error_code request::hold_context(simdjson::ondemand::value& value, context_reader reader) {
  read_context_ = reader;
  return context_is_unread_ ? context_.hold_checked(value) : context_.hold(value);
}

result<void> request::read_context() {
  if (read_context_ == nullptr) return {};
  simdjson::ondemand::value value;
  if (const auto code = context_.value().get(value)) {
    return detail::malformed_json("invalid_context", "context: ", code);
  }
  return std::exchange(read_context_, nullptr)(value, mutable_context());
}

simdjson::error_code request::iterate(std::string_view text) {
  static_assert(line_reader::padding >= simdjson::SIMDJSON_PADDING);
  if (text.size() > parser_.capacity()) {
    // A new parser, since one that fails to grow is unusable, and the old one may still do for the next request.
    simdjson::ondemand::parser larger;
    if (const auto code = larger.allocate(text.size())) return code;
    parser_ = std::move(larger);
  }
  const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + line_reader::padding);
  return parser_.iterate(padded).get(document_);
}

}  // namespace v0
}  // namespace lambda_proc
