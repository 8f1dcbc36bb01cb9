#pragma once
// SPDX-License-Identifier: MIT
// One request: an event, a context, perhaps an id. Wires fill it, serve passes it on.

#include <lambda_proc/context.hpp>
#include <lambda_proc/detail/held_value.hpp>
#include <lambda_proc/detail/sanitizer.hpp>
#include <lambda_proc/event.hpp>
#include <lambda_proc/failure.hpp>
#include <lambda_proc/line_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

/// A request in hand. One object serves all requests of a loop, so that its parser keeps its memory.
class request {
 public:
  /// Decodes the context that a wire's host sends.
  using context_reader = result<void> (*)(simdjson::ondemand::value value, context& out);

  request() = default;
  request(const request&) = delete;
  request& operator=(const request&) = delete;

  /// How many requests came before this one, failed ones too.
  std::uint64_t number = 0;
  /// The id as JSON text; empty where the host sent none.
  std::string_view id;
  /// What is wrong with the request as a whole; it gets this for an answer and no handler sees it.
  std::optional<failure> refusal;

  /// Forgets the last request; everything that was read from it dies here.
  void restart(std::uint64_t count) {
    number = count;
    id = {};
    refusal.reset();
    event_.release();
    context_.release();
    read_context_ = nullptr;
    context_data_ = {};
    context_data_.request_number = count;
    // A parser without its old buffers is how AddressSanitizer catches a string that was kept.
    if (detail::has_asan || parser_.capacity() > line_reader::kept_bytes) parser_ = simdjson::ondemand::parser{};
  }

  /// Starts to parse a line that holds an object. Behind the line there are line_reader::padding readable bytes; a byte
  /// order mark in front of it is passed over.
  [[nodiscard]] simdjson::simdjson_result<simdjson::ondemand::object> parse(std::string_view line) {
    static_assert(line_reader::padding >= simdjson::SIMDJSON_PADDING);
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + line_reader::padding);
    if (const auto code = parser_.iterate(padded).get(document_)) return code;
    return document_.get_object();
  }
  /// Whether nothing stands behind the object that parse() gave, once all its members were walked.
  [[nodiscard]] bool at_end() { return document_.current_location().error() == simdjson::OUT_OF_BOUNDS; }

  /// Keeps the value that the document stands at for the handler, and moves on behind it.
  simdjson::error_code hold_event(simdjson::ondemand::value value) { return event_.hold(value); }
  /// The same for the context; nobody looks into it before somebody asks.
  simdjson::error_code hold_context(simdjson::ondemand::value value, context_reader reader) {
    read_context_ = reader;
    return context_.hold(value);
  }

  [[nodiscard]] lambda_proc::event event() noexcept { return lambda_proc::event(event_); }

  /// Decodes the context, the first time; call it before the event is read. `invalid_context` where it is not what the
  /// wire expects.
  [[nodiscard]] result<void> read_context() {
    if (read_context_ == nullptr) return {};
    simdjson::ondemand::value value;
    const auto code = context_.value().get(value);
    if (code) return failure{"invalid_context", simdjson::error_message(code)};
    return std::exchange(read_context_, nullptr)(value, context_data_);
  }

  /// What read_context() found; before that, all but request_number is empty.
  [[nodiscard]] const lambda_proc::context& context() const noexcept { return context_data_; }

 private:
  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
  detail::held_value event_;
  detail::held_value context_;
  context_reader read_context_ = nullptr;
  lambda_proc::context context_data_;
};

}  // namespace v0
}  // namespace lambda_proc
