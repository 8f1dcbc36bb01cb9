#pragma once
// SPDX-License-Identifier: MIT
// One request: an event, a context, perhaps an id. Wires fill it, serve() passes it on.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/deferred_value.hpp>
#include <lambda_proc/handler/event.hpp>
#include <lambda_proc/handler/stream_host.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

/// Reads events into a handler's argument while their requests are being parsed.
struct event_reader {
  enum class outcome : std::uint8_t {
    done,
    failed,   ///< Reading ahead failed. The event is read again later, to report why.
    postpone  ///< The type has a from_json function of the program's own, so its events are never read ahead.
  };

  void* target = nullptr;
  outcome (*read)(void* target, simdjson::ondemand::value& event) = nullptr;
  /// Whether the event may be the whole line. simdjson allows that only for objects and arrays.
  bool reads_roots = false;
};

/// The current request. One object serves all requests of a loop, so that its parser keeps its memory.
class request {
 public:
  /// Decodes the context in a wire's format.
  using context_reader = result<void> (*)(simdjson::ondemand::value value, context& out);

  request() = default;
  request(const request&) = delete;
  request& operator=(const request&) = delete;

  /// The number of requests before this one, including failed ones.
  std::uint64_t number = 0;
  /// The id as JSON text; empty if the host sent none.
  std::string_view id;
  /// Why the request as a whole is refused. It is the reply, and the handler is not called.
  std::optional<failure> refusal;

  /// Sets which parts the handler does not take. They are checked to be JSON while the request is parsed, because
  /// nothing reads them later.
  void leave_unread(bool event, bool context) noexcept {
    event_is_unread_ = event;
    context_is_unread_ = context;
  }
  /// Sets how the handler's argument is read from an event.
  void read_events_with(event_reader reader) noexcept { reader_ = reader; }
  /// Sets what the channel does with replies that are streamed.
  void stream_to(const detail::stream_host& host) noexcept { stream_host_ = host; }
  [[nodiscard]] const detail::stream_host& stream_host() const noexcept { return stream_host_; }
  /// Call it after restart(): allows reading the event while the line is parsed, which saves a second pass. When the
  /// wire has read the line, the channel must check must_be_reread().
  void read_ahead() noexcept { reading_ = reader_.read != nullptr ? reading::possible : reading::never; }
  /// Whether the event was read while the line was parsed.
  [[nodiscard]] bool event_was_read() const noexcept { return reading_ == reading::done; }
  /// Whether that was tried and failed. Then call restart() and let the wire read the line again: the failure is
  /// reported when the whole request is known, including an id after the event.
  [[nodiscard]] bool must_be_reread() const noexcept { return reading_ == reading::failed; }

  /// Forgets the last request. Ends the lifetime of everything that was read from it.
  LAMBDA_PROC_SEAM void restart(std::uint64_t count);

  /// Whether it is so large that its memory should be freed afterwards.
  [[nodiscard]] bool is_large() const noexcept { return parser_.capacity() > line_reader::kept_bytes; }
  /// After the reply: frees the memory of a large request.
  LAMBDA_PROC_SEAM void shrink();

  /// Starts to parse a line that contains an object. The line must be followed by line_reader::padding readable bytes.
  /// A byte order mark before it is skipped.
  [[nodiscard]] LAMBDA_PROC_SEAM simdjson::simdjson_result<simdjson::ondemand::object> parse(std::string_view line);
  /// Whether nothing follows the object that parse() returned, once all its members were read.
  [[nodiscard]] LAMBDA_PROC_SEAM bool at_end();

  /// Makes the value at the document's current position the event, and moves past it: reads it if that is allowed, or
  /// stores it for the handler. The error code has no meaning if must_be_reread().
  [[nodiscard]] LAMBDA_PROC_SEAM simdjson::error_code hold_event(simdjson::ondemand::value& value);
  /// Makes the whole line the event. EMPTY if it is blank.
  [[nodiscard]] LAMBDA_PROC_SEAM simdjson::error_code hold_line(std::string_view line);
  /// Stores the value as the context. It is decoded when it is needed.
  [[nodiscard]] LAMBDA_PROC_SEAM simdjson::error_code hold_context(simdjson::ondemand::value& value,
                                                                   context_reader reader);

  [[nodiscard]] lambda_proc::event event() noexcept { return lambda_proc::event(event_); }

  /// Decodes the context, the first time. Call it before a stored event is read. Fails with `invalid_context` if it is
  /// not in the wire's format.
  [[nodiscard]] LAMBDA_PROC_SEAM result<void> read_context();

  /// The context that read_context() decoded; before that, all but request_number is empty.
  [[nodiscard]] const lambda_proc::context& context() const noexcept { return context_data_; }
  /// The context as the host sent it; empty if it sent none.
  [[nodiscard]] std::string_view context_text() const noexcept { return context_.text(); }
  /// For wires whose context is part of the request object.
  [[nodiscard]] lambda_proc::context& mutable_context() noexcept {
    has_context_data_ = true;
    return context_data_;
  }

 private:
  enum class reading : std::uint8_t { never, possible, done, failed };

  static std::string_view without_byte_order_mark(std::string_view line) {
    return line.starts_with("\xEF\xBB\xBF") ? line.substr(3) : line;
  }

  LAMBDA_PROC_SEAM simdjson::error_code iterate(std::string_view text);

  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
  detail::deferred_value event_;
  detail::deferred_value context_;
  context_reader read_context_ = nullptr;
  lambda_proc::context context_data_;
  bool has_context_data_ = false;
  bool event_is_unread_ = false;
  bool context_is_unread_ = false;
  detail::stream_host stream_host_;
  event_reader reader_;
  reading reading_ = reading::never;
};

}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/handler/request_definitions.hpp>
#endif
