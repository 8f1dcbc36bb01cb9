#pragma once
// SPDX-License-Identifier: MIT
// Which callables are handlers, and how one is called.

#include <lambda_proc/core/catch_failures.hpp>
#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/event.hpp>
#include <lambda_proc/handler/handler_refusal.hpp>
#include <lambda_proc/handler/handler_reply.hpp>
#include <lambda_proc/handler/handler_signature.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/handler/response_stream.hpp>
#include <lambda_proc/handler/stream_writer.hpp>
#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <concepts>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {

/// A handler is any callable of one of these forms; `R` and `E` are deduced at compile time.
///
///     R f(const context&, E)    R f(E)    R f(const context&)    R f()
///
/// Each may also take a response_stream& as its last argument. Then it writes its reply there, and R has no value.
///
///     E: a plain struct or any decodable T (by value or const&) · event · raw_json
///        · simdjson::ondemand::value / object / array
///     R: void (the reply is null) · any encodable T · raw_json · result<T>, std::expected<T, E2>
///        · simdjson::simdjson_result<T> · failure (every request fails)
///
/// Function pointers, lambdas (mutable, move-only; a generic lambda gets an event), function objects and
/// std::bind_front of a member function.
template <class Handler>
concept handler = std::same_as<decltype(detail::refusal_of<Handler>()), detail::accepted>;

/// An invocation with its type erased, so that the loop is compiled once, not for each handler.
struct any_invocation {
  /// For request::read_events_with(); valid while the invocation exists.
  event_reader reader;
  bool takes_event;
  bool takes_context;
  void* self;
  result<void> (*call)(void* self, request& request, json_writer& out);

  result<void> operator()(request& request, json_writer& out) const { return call(self, request, out); }
};

/// A handler, and the memory of its decoded event, which is reused for the next request.
template <handler Handler>
class invocation {
 public:
  /// The handler must outlive this.
  explicit invocation(Handler& handler) : handler_(handler) {}
  invocation(const invocation&) = delete;
  invocation& operator=(const invocation&) = delete;

  [[nodiscard]] any_invocation erased() noexcept {
    return {
        reader(), !std::is_void_v<event_type>, signature::takes_context, this,
        [](void* self, request& request, json_writer& out) { return (*static_cast<invocation*>(self))(request, out); }};
  }

  /// Decodes what the handler takes, calls it, and appends its value to `out`. Exceptions become failures; after a
  /// failure `out` may contain part of a value.
  result<void> operator()(request& request, json_writer& out) {
    result<void> done = detail::catch_failures([&] { return decode_and_call(request, out); });
    if constexpr (has_target && std::is_nothrow_default_constructible_v<event_type>) {
      if (request.is_large()) give_back();
    }
    if constexpr (streams) stream_.shrink();
    return done;
  }

 private:
  using signature = detail::form_of_handler<Handler>;
  using event_type = typename signature::event_type;
  static constexpr bool streams = detail::takes_stream<Handler>;
  static constexpr bool has_target =
      !std::is_void_v<event_type> && !std::same_as<event_type, event> && !detail::simdjson_view<event_type>;
  struct nothing {};
  struct no_stream {};

  [[nodiscard]] event_reader reader() noexcept {
    if constexpr (has_target) {
      constexpr bool is_container = detail::structural<event_type> || detail::map<event_type> ||
                                    detail::sequence<event_type> || detail::tuple<event_type> ||
                                    detail::is_std_array<event_type> || std::same_as<event_type, raw_json>;
      return {&target_, &read_target, is_container};
    } else {
      return {};
    }
  }

  // Constructed anew, since assigning an empty string would keep the memory.
  [[gnu::noinline]] void give_back() noexcept {
    std::destroy_at(&target_);
    std::construct_at(&target_);
  }

  static event_reader::outcome read_target(void* target, simdjson::ondemand::value& event) {
    using enum event_reader::outcome;
    event_type& out = *static_cast<event_type*>(target);
    if constexpr (std::same_as<event_type, raw_json>) {
      std::string_view text;
      if (detail::read_raw(event, text)) return failed;
      out = raw_json::trusted(text);
      return done;
    } else {
      event_reader::outcome outcome = failed;
      const auto read = [&]() -> result<void> {
        auto error = detail::decode_error::ahead();
        const bool good = detail::read(event, out, error) == simdjson::SUCCESS;
        outcome = error.was_postponed() ? postpone : good ? done : failed;
        return {};
      };
      // An exception (of an allocator, say) is thrown again when the event is read for the handler.
      static_cast<void>(detail::catch_failures(read));
      return outcome;
    }
  }

  result<void> decode_and_call(request& request, json_writer& out) {
    if constexpr (signature::takes_context) {
      if (result<void> done = request.read_context(); !done) return done;
    }
    if constexpr (std::is_void_v<event_type>) {
      return call(request, out);
    } else if constexpr (std::same_as<event_type, event>) {
      return call(request, out, request.event());
    } else if constexpr (detail::simdjson_view<event_type>) {
      event_type view;
      if (result<void> done = request.event().read_into(view); !done) return done;
      return call(request, out, std::move(view));
    } else {
      if (!request.event_was_read()) {
        if (result<void> done = hold(request.event()); !done) return done;
      }
      if constexpr (signature::takes_reference) {
        return call(request, out, std::as_const(target_));
      } else {
        return call(request, out, std::move(target_));
      }
    }
  }

  result<void> hold(const event& event) {
    if constexpr (std::same_as<event_type, raw_json>) {
      result<raw_json> text = event.raw();
      if (!text) return std::move(text).error();
      target_ = *std::move(text);
      return {};
    } else {
      return event.read_into(target_);
    }
  }

  template <class... Event>
  result<void> call(request& request, json_writer& out, Event&&... event) {
    if constexpr (streams) {
      stream_.open(request.stream_host(), out);
      response_stream stream(stream_);
      return detail::with_answer(
          [&]() -> decltype(auto) {
            return detail::call_handler<signature>(handler_, request.context(), std::forward<Event>(event)..., stream);
          },
          [this](std::monostate) { return stream_.close(); });
    } else {
      return call_for_value(request, out, std::forward<Event>(event)...);
    }
  }

  template <class... Event>
  result<void> call_for_value(request& request, json_writer& out, Event&&... event) {
    return detail::with_answer(
        [&]() -> decltype(auto) {
          return detail::call_handler<signature>(handler_, request.context(), std::forward<Event>(event)...);
        },
        [&out](const auto& value) -> result<void> {
          encode(out, value);
          if (out.error() != nullptr) return failure{"invalid_reply", out.error()};
          return {};
        });
  }

  Handler& handler_;
  // Its place is its own: give_back() may write to its padding.
  std::conditional_t<has_target, event_type, nothing> target_{};
  [[no_unique_address]] std::conditional_t<streams, detail::stream_writer, no_stream> stream_{};
};

}  // namespace v0
}  // namespace lambda_proc
