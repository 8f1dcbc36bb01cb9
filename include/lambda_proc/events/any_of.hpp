#pragma once
// SPDX-License-Identifier: MIT
// One of several event types, chosen by the JSON. any_event passes it to the matching handler. Include the headers of
// those events, too: this one includes none of them.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/origin_finder.hpp>
#include <lambda_proc/json/checked_text.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/decode_variant.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

template <class Event>
event_fit fit_of(const events::event_origin& origin) {
  if constexpr (std::same_as<Event, raw_json>) {
    return event_fit::anything;
  } else {
    if (events::source_of<Event> != origin.source) return event_fit::none;
    return event_subject<Event>::fit(origin);
  }
}

template <class Event>
struct empty_event {
  operator Event() const noexcept { return Event{}; }
};

inline std::string_view source_name(events::event_source source) {
  for (const auto& [known, name] : names_of_values<events::event_source>) {
    if (known == source) return name;
  }
  return "";
}

}  // namespace detail

namespace events {

/// One of `Events`, for handlers to take; use std::visit(overloads, any.event).
///
/// The keys in the JSON identify the source. Among several eventbridge_events, one whose detail declares the matching
/// detail_type is preferred to one that declares none; likewise among several cognito_events, one whose request
/// declares the matching trigger. A raw_json takes any event that matches no other type; without it such an event is a
/// failure.
template <class... Events>
struct any_of {
  static_assert(((source_of<Events> != event_source::unknown || std::same_as<Events, raw_json>)&&...),
                "lambda_proc: any_of takes the events of lambda_proc::events, and raw_json");

  std::variant<Events...> event;

  friend simdjson::error_code from_json(simdjson::ondemand::value& json, any_of& out, detail::decode_error& error) {
    return out.read(json, error);
  }
  friend void to_json(json_writer& writer, const any_of& any) { encode(writer, any.event); }

 private:
  // Only a batch of AppSync's is a list, and raw_json takes anything.
  static constexpr bool takes_lists =
      ((source_of<Events> == event_source::appsync_batch || std::same_as<Events, raw_json>) || ...);

  simdjson::error_code read(simdjson::ondemand::value& json, detail::decode_error& error) {
    event_origin origin;
    if constexpr (takes_lists) {
      simdjson::ondemand::json_type type;
      if (json.type().get(type) == simdjson::SUCCESS && type == simdjson::ondemand::json_type::array) {
        simdjson::ondemand::array elements;
        if (const auto code = detail::enter(json, elements, error)) return code;
        if (const auto code = find_in_list(elements, origin)) return code;
        return choose(elements, origin, error);
      }
    }
    simdjson::ondemand::object fields;
    if (const auto code = detail::enter(json, fields, error)) return code;
    if (const auto code = detail::origin_finder{}.find(fields, origin)) return code;
    return choose(fields, origin, error);
  }

  // The first element tells what all of them are.
  static simdjson::error_code find_in_list(simdjson::ondemand::array& elements, event_origin& origin) {
    for (auto element : elements) {
      simdjson::ondemand::object fields;
      if (element.get_object().get(fields)) break;
      if (const auto code = detail::origin_finder{}.find(fields, origin)) return code;
      break;
    }
    const bool is_batch = origin.source == event_source::appsync;
    origin = {is_batch ? event_source::appsync_batch : event_source::unknown, {}, {}};
    return simdjson::SUCCESS;
  }

  // `content` is the object or the array.
  template <class Content>
  simdjson::error_code choose(Content& content, const event_origin& origin, detail::decode_error& error) {
    const std::array fits{detail::fit_of<Events>(origin)...};
    std::size_t best = 0;
    for (std::size_t i = 1; i < fits.size(); ++i) {
      if (fits[i] > fits[best]) best = i;
    }
    if (fits[best] == detail::event_fit::none) return refuse(origin, error);
    bool has_content = false;
    if (const auto code = content.reset().get(has_content)) return code;
    simdjson::error_code code = simdjson::SUCCESS;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      static_cast<void>(((I == best && (code = take<I>(content, has_content, error), true)) || ...));
    }(std::index_sequence_for<Events...>{});
    return code;
  }

  template <std::size_t I, class Content>
  simdjson::error_code take(Content& content, bool has_content, detail::decode_error& error) {
    constexpr bool is_list = std::same_as<Content, simdjson::ondemand::array>;
    using chosen_type = std::variant_alternative_t<I, std::variant<Events...>>;
    constexpr bool is_text = std::same_as<chosen_type, raw_json>;
    if constexpr (!is_text && is_list != (source_of<chosen_type> == event_source::appsync_batch)) {
      return simdjson::INCORRECT_TYPE;  // never called: the origin tells objects and lists apart
    } else {
      auto* held = std::get_if<I>(&event);
      // With the conversion the value is constructed in place. Without it, a type whose constructor may throw, as
      // std::chrono's may, would be constructed elsewhere, and the compiler would make code to move each type.
      auto& chosen = held != nullptr ? *held : event.template emplace<I>(detail::empty_event<chosen_type>{});
      if constexpr (is_text) {
        std::string_view text = is_list ? "[]" : "{}";
        // An empty object or array is already at its end.
        if (has_content) {
          if (const auto code = content.raw_json().get(text)) return code;
        }
        chosen = raw_json(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
        return simdjson::SUCCESS;
      } else if constexpr (is_list) {
        return read_list(content, chosen, error);
      } else {
        return detail::read_struct(content, chosen, error);
      }
    }
  }

  template <class Element>
  static simdjson::error_code read_list(simdjson::ondemand::array& elements, std::vector<Element>& out,
                                        detail::decode_error& error) {
    std::size_t count = 0;
    for (auto element : elements) {
      if (const auto code = element.error()) return code;
      if (count == out.size()) out.emplace_back();
      if (const auto code = detail::read(detail::unwrap(element), out[count], error)) {
        error.in_element(count);
        return code;
      }
      ++count;
    }
    out.resize(count);
    return simdjson::SUCCESS;
  }

  static simdjson::error_code refuse(const event_origin& origin, detail::decode_error& error) {
    std::string wanted;
    for (const event_source source : {source_of<Events>...}) {
      wanted.append(wanted.empty() ? "an event from " : " or ").append(detail::source_name(source));
    }
    std::string got = "one from ";
    if (origin.source == event_source::unknown) {
      got = "one from an unknown source";
    } else {
      got.append(detail::source_name(origin.source));
      if (!origin.subject.empty()) got.append(" (").append(origin.subject).append(")");
    }
    return error.expected_got(wanted, got);
  }
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
