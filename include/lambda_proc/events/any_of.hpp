#pragma once
// SPDX-License-Identifier: MIT
// One of several event types, chosen by the JSON. any_event passes it to the matching handler.

#include <lambda_proc/events/alb.hpp>
#include <lambda_proc/events/api_gateway_v1.hpp>
#include <lambda_proc/events/api_gateway_v2.hpp>
#include <lambda_proc/events/authorizer.hpp>
#include <lambda_proc/events/cloudwatch_logs.hpp>
#include <lambda_proc/events/cognito.hpp>
#include <lambda_proc/events/dynamodb.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/eventbridge.hpp>
#include <lambda_proc/events/firehose.hpp>
#include <lambda_proc/events/kafka.hpp>
#include <lambda_proc/events/kinesis.hpp>
#include <lambda_proc/events/s3.hpp>
#include <lambda_proc/events/ses.hpp>
#include <lambda_proc/events/sns.hpp>
#include <lambda_proc/events/sqs.hpp>
#include <lambda_proc/events/vpc_lattice.hpp>
#include <lambda_proc/events/websocket.hpp>
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

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The source that sends events of type Event.
template <class Event>
inline constexpr event_source source_of = event_source::unknown;
template <>
inline constexpr event_source source_of<alb_request> = event_source::alb;
template <>
inline constexpr event_source source_of<api_gateway_v1_request> = event_source::api_gateway_v1;
template <>
inline constexpr event_source source_of<api_gateway_v2_request> = event_source::api_gateway_v2;
template <>
inline constexpr event_source source_of<websocket_request> = event_source::websocket;
template <>
inline constexpr event_source source_of<authorizer_token_request> = event_source::authorizer_token;
template <>
inline constexpr event_source source_of<authorizer_request> = event_source::authorizer;
template <>
inline constexpr event_source source_of<authorizer_websocket_request> = event_source::authorizer_websocket;
template <>
inline constexpr event_source source_of<authorizer_v2_request> = event_source::authorizer_v2;
template <>
inline constexpr event_source source_of<cloudwatch_logs_event> = event_source::cloudwatch_logs;
template <class Request, class Response>
inline constexpr event_source source_of<cognito_event<Request, Response>> = event_source::cognito;
template <>
inline constexpr event_source source_of<dynamodb_event> = event_source::dynamodb;
template <class Detail>
inline constexpr event_source source_of<eventbridge_event<Detail>> = event_source::eventbridge;
template <>
inline constexpr event_source source_of<firehose_event> = event_source::firehose;
template <>
inline constexpr event_source source_of<kafka_event> = event_source::kafka;
template <>
inline constexpr event_source source_of<kinesis_event> = event_source::kinesis;
template <>
inline constexpr event_source source_of<s3_event> = event_source::s3;
template <>
inline constexpr event_source source_of<ses_event> = event_source::ses;
template <>
inline constexpr event_source source_of<sns_event> = event_source::sns;
template <>
inline constexpr event_source source_of<sqs_event> = event_source::sqs;
template <>
inline constexpr event_source source_of<vpc_lattice_v1_request> = event_source::vpc_lattice_v1;
template <>
inline constexpr event_source source_of<vpc_lattice_v2_request> = event_source::vpc_lattice_v2;

}  // namespace events

namespace detail {

/// How well an event type matches an origin: the best match gets the event.
enum class event_fit : std::uint8_t { none, anything, source, subject };

template <class Event>
struct event_subject {
  static event_fit fit(std::string_view) { return event_fit::source; }
};
template <class Detail>
  requires requires { Detail::detail_type; }
struct event_subject<events::eventbridge_event<Detail>> {
  static event_fit fit(std::string_view subject) {
    return subject == Detail::detail_type ? event_fit::subject : event_fit::none;
  }
};
template <class Request, class Response>
  requires requires { Request::trigger; }
struct event_subject<events::cognito_event<Request, Response>> {
  // "PreSignUp_SignUp" is the trigger "PreSignUp" on one occasion.
  static event_fit fit(std::string_view subject) {
    return subject.substr(0, subject.find('_')) == Request::trigger ? event_fit::subject : event_fit::none;
  }
};

template <class Event>
event_fit fit_of(const events::event_origin& origin) {
  if constexpr (std::same_as<Event, raw_json>) {
    return event_fit::anything;
  } else {
    if (events::source_of<Event> != origin.source) return event_fit::none;
    return event_subject<Event>::fit(origin.subject);
  }
}

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
  simdjson::error_code read(simdjson::ondemand::value& json, detail::decode_error& error) {
    simdjson::ondemand::object fields;
    if (const auto code = detail::enter(json, fields, error)) return code;
    event_origin origin;
    if (const auto code = detail::origin_finder{}.find(fields, origin)) return code;

    const std::array fits{detail::fit_of<Events>(origin)...};
    std::size_t best = 0;
    for (std::size_t i = 1; i < fits.size(); ++i) {
      if (fits[i] > fits[best]) best = i;
    }
    if (fits[best] == detail::event_fit::none) return refuse(origin, error);
    bool has_members = false;
    if (const auto code = fields.reset().get(has_members)) return code;
    simdjson::error_code code = simdjson::SUCCESS;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      static_cast<void>(((I == best && (code = take<I>(fields, has_members, error), true)) || ...));
    }(std::index_sequence_for<Events...>{});
    return code;
  }

  template <std::size_t I>
  simdjson::error_code take(simdjson::ondemand::object& fields, bool has_members, detail::decode_error& error) {
    auto* held = std::get_if<I>(&event);
    auto& chosen = held != nullptr ? *held : event.template emplace<I>();
    if constexpr (std::same_as<std::remove_reference_t<decltype(chosen)>, raw_json>) {
      std::string_view text = "{}";
      // An empty object is already at its end.
      if (has_members) {
        if (const auto code = fields.raw_json().get(text)) return code;
      }
      chosen = raw_json(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
      return simdjson::SUCCESS;
    } else {
      return detail::read_struct(fields, chosen, error);
    }
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
