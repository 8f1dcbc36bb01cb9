#pragma once
// SPDX-License-Identifier: MIT
// One request: an event, a context, perhaps an id. Wires fill it, serve passes it on.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/event.hpp>
#include <lambda_proc/handler/held_value.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/decode_trail.hpp>
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

/// Reads events into what a handler is given of them, while their requests are being parsed.
struct event_reader {
  enum class outcome : std::uint8_t {
    done,
    failed,  ///< This event can't be read so.
    put_off  ///< Events of this kind may not be read so.
  };

  void* target = nullptr;
  outcome (*read)(void* target, simdjson::ondemand::value& event) = nullptr;
  /// Whether `event` may be a document's root, which simdjson must not be asked for anything but a container.
  bool reads_roots = false;
};

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

  /// What the handler does not take. It is checked as it goes by: nobody else will look at it.
  void leave_unread(bool event, bool context) noexcept {
    event_is_unread_ = event;
    context_is_unread_ = context;
  }
  /// What the handler is given of an event, and all that it wants of it.
  void read_events_with(event_reader reader) noexcept { reader_ = reader; }
  /// After restart(): the event may be read as it goes by, which saves a second walk through it. A channel that says so
  /// asks must_be_reread() when the wire has read the line.
  void read_ahead() noexcept { reading_ = reader_.read != nullptr ? reading::possible : reading::never; }
  /// Whether the event was read.
  [[nodiscard]] bool event_was_read() const noexcept { return reading_ == reading::done; }
  /// Whether that was tried and failed. Then restart() and let the wire read the line again, to hold the event: what is
  /// wrong is told when all of the request is known, with the id that may stand behind the event.
  [[nodiscard]] bool must_be_reread() const noexcept { return reading_ == reading::failed; }

  /// Forgets the last request; everything that was read from it dies here.
  void restart(std::uint64_t count) {
    reading_ = reading::never;
    number = count;
    id = {};
    refusal.reset();
    event_.release();
    context_.release();
    read_context_ = nullptr;
    if (std::exchange(has_context_data_, false)) context_data_ = {};
    context_data_.request_number = count;
    // A parser without its old buffers is how AddressSanitizer catches a string that was kept.
    if (detail::has_asan) parser_ = simdjson::ondemand::parser{};
  }

  /// Whether it is so large that memory which was needed for it should be given back.
  [[nodiscard]] bool is_large() const noexcept { return parser_.capacity() > line_reader::kept_bytes; }
  /// Once it has been answered: gives such memory back.
  void shrink() {
    if (!is_large()) return;
    event_.release();
    context_.release();
    parser_ = simdjson::ondemand::parser{};
  }

  /// Starts to parse a line that holds an object. Behind the line there are line_reader::padding readable bytes; a byte
  /// order mark in front of it is passed over.
  [[nodiscard]] simdjson::simdjson_result<simdjson::ondemand::object> parse(std::string_view line) {
    if (const auto code = iterate(without_byte_order_mark(line))) return code;
    return document_.get_object();
  }
  /// Whether nothing stands behind the object that parse() gave, once all its members were walked.
  [[nodiscard]] bool at_end() { return document_.current_location().error() == simdjson::OUT_OF_BOUNDS; }

  /// Takes the value that the document stands at for the event, and moves on behind it: reads it where that is
  /// possible, keeps it for the handler elsewhere. An error code says no more than that where must_be_reread().
  [[nodiscard]] simdjson::error_code hold_event(simdjson::ondemand::value& value) {
    if (event_is_unread_) return event_.hold_checked(value);
    if (reading_ == reading::never) return event_.hold(value);
    const auto outcome = reader_.read(reader_.target, value);
    reading_ = outcome == event_reader::outcome::done ? reading::done : reading::failed;
    if (outcome == event_reader::outcome::put_off) reader_ = {};
    return must_be_reread() ? simdjson::INCORRECT_TYPE : simdjson::SUCCESS;
  }
  /// Takes the whole line for the event. EMPTY: there is nothing on it.
  [[nodiscard]] simdjson::error_code hold_line(std::string_view line) {
    line = without_byte_order_mark(line);
    const std::size_t start = line.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return simdjson::EMPTY;
    if (line[start] != '{' && line[start] != '[') {
      // simdjson gives no value for a document that is a scalar.
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
  /// Keeps the value for the context; nobody looks into it before somebody asks.
  [[nodiscard]] simdjson::error_code hold_context(simdjson::ondemand::value& value, context_reader reader) {
    read_context_ = reader;
    return context_is_unread_ ? context_.hold_checked(value) : context_.hold(value);
  }

  [[nodiscard]] lambda_proc::event event() noexcept { return lambda_proc::event(event_); }

  /// Decodes the context, the first time. An event that is held must not have been looked into before.
  /// `invalid_context` where it is not what the wire expects.
  [[nodiscard]] result<void> read_context() {
    if (read_context_ == nullptr) return {};
    simdjson::ondemand::value value;
    if (const auto code = context_.value().get(value)) {
      return detail::malformed_json("invalid_context", "context: ", code);
    }
    return std::exchange(read_context_, nullptr)(value, mutable_context());
  }

  /// What read_context() found; before that, all but request_number is empty.
  [[nodiscard]] const lambda_proc::context& context() const noexcept { return context_data_; }
  /// The context as the host sent it; empty where it sent none.
  [[nodiscard]] std::string_view context_text() const noexcept { return context_.text(); }
  /// For wires whose context stands in the request itself.
  [[nodiscard]] lambda_proc::context& mutable_context() noexcept {
    has_context_data_ = true;
    return context_data_;
  }

 private:
  enum class reading : std::uint8_t { never, possible, done, failed };

  static std::string_view without_byte_order_mark(std::string_view line) {
    return line.starts_with("\xEF\xBB\xBF") ? line.substr(3) : line;
  }

  simdjson::error_code iterate(std::string_view text) {
    static_assert(line_reader::padding >= simdjson::SIMDJSON_PADDING);
    if (text.size() > parser_.capacity()) {
      // A parser that can't grow is of no further use, and the next request may fit into the one that is there.
      simdjson::ondemand::parser larger;
      if (const auto code = larger.allocate(text.size())) return code;
      parser_ = std::move(larger);
    }
    const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + line_reader::padding);
    return parser_.iterate(padded).get(document_);
  }

  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
  detail::held_value event_;
  detail::held_value context_;
  context_reader read_context_ = nullptr;
  lambda_proc::context context_data_;
  bool has_context_data_ = false;
  bool event_is_unread_ = false;
  bool context_is_unread_ = false;
  event_reader reader_;
  reading reading_ = reading::never;
};

}  // namespace v0
}  // namespace lambda_proc
