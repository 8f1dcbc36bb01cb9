#pragma once
// SPDX-License-Identifier: MIT
// Finds out from an event's JSON which service sent it. any_of asks it.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/source_rules.hpp>
#include <lambda_proc/json/decode_struct.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Looks at the keys of an event until they identify its source.
class origin_finder {
 public:
  /// Reads on from the current position of `event`; the caller resets it.
  simdjson::error_code find(simdjson::ondemand::object& event, events::event_origin& out) {
    for (auto field : event) {
      std::string_view key;
      if (const auto code = read_key(field, key)) return code;
      simdjson_value value;
      if (const auto code = field.value().get(value)) return code;
      if (const auto code = look_at(key, value)) return code;
      if (is_complete()) break;
    }
    if (found_.source == source::unknown) found_.source = window_;
    if (found_.source == source::unknown) found_.source = http_source();
    out = found_;
    return simdjson::SUCCESS;
  }

 private:
  using source = events::event_source;

  // The text of a string as it is written: get_string() would copy it to the parser's buffer, which has no room for it
  // once more when the event is decoded. A string with escapes, and a value that is no string, match nothing.
  static std::string_view text_of(simdjson_value& value) {
    const std::string_view token = value.raw_json_token();
    if (!token.starts_with('"')) return {};
    const std::string_view text = token.substr(1, token.rfind('"') - 1);
    return text.find('\\') == std::string_view::npos ? text : std::string_view{};
  }

  [[nodiscard]] bool is_complete() const {
    if (found_.source == source::eventbridge) return !found_.sender.empty();
    return found_.source != source::unknown;
  }

  simdjson::error_code look_at(std::string_view key, simdjson_value& value) {
    if (key == "source") found_.sender = text_of(value);
    if (found_.source == source::eventbridge) return simdjson::SUCCESS;  // the sender is all that was left to find
    found_.source = find_source(top_level_keys, key);
    if (found_.source == source::unknown) found_.source = find_pair(key);
    if (found_.source != source::unknown) return simdjson::SUCCESS;
    if (key == "Records") return look_at_records(value);
    if (key == "requestContext") return look_at_context(value);
    if (key == "info") return look_at_info(value);
    if (key == "version") version_2_ = text_of(value) == "2.0";
    if (key == "httpMethod") has_method_ = true;
    if (key == "detail-type") look_at_subject(source::eventbridge, value);
    if (key == "triggerSource") look_at_subject(source::cognito, value);
    if (key == "eventSourceARN") window_ = streamed_by(text_of(value));
    if (key == "eventSource") found_.source = find_source(event_source_values, text_of(value));
    if (key == "Event" && text_of(value) == "s3:TestEvent") found_.source = source::s3;
    if (key == "type") {
      const std::string_view type = text_of(value);
      if (type == "TOKEN") found_.source = source::authorizer_token;
      is_authorizer_ = type == "REQUEST";
    }
    return simdjson::SUCCESS;
  }

  source find_pair(std::string_view key) {
    for (std::size_t i = 0; i < std::size(top_level_pairs); ++i) {
      const source_pair& pair = top_level_pairs[i];
      halves_[i] |= key == pair.first ? 1U : key == pair.second ? 2U : 0U;
      if (halves_[i] == 3) return pair.source;
    }
    return source::unknown;
  }

  void look_at_subject(source sent_by, simdjson_value& value) {
    found_.source = sent_by;
    found_.subject = text_of(value);
  }

  // The first record identifies the source of all of them. SNS capitalizes the key: EventSource.
  simdjson::error_code look_at_records(simdjson_value& value) {
    simdjson::ondemand::array records;
    if (value.get_array().get(records)) return simdjson::SUCCESS;
    for (auto element : records) {
      simdjson::ondemand::object record;
      if (element.get_object().get(record)) return simdjson::SUCCESS;
      for (auto field : record) {
        std::string_view key;
        if (const auto code = read_key(field, key)) return code;
        if (key != "eventSource" && key != "EventSource") continue;
        simdjson_value name;
        if (const auto code = field.value().get(name)) return code;
        found_.source = find_source(record_source_values, text_of(name));
        if (found_.source != source::unknown) return simdjson::SUCCESS;
      }
      return simdjson::SUCCESS;
    }
    return simdjson::SUCCESS;
  }

  // A field to resolve by AppSync.
  simdjson::error_code look_at_info(simdjson_value& value) {
    simdjson::ondemand::object info;
    if (value.get_object().get(info)) return simdjson::SUCCESS;
    for (auto field : info) {
      std::string_view key;
      if (const auto code = read_key(field, key)) return code;
      if (key == "fieldName") found_.source = source::appsync;
    }
    return simdjson::SUCCESS;
  }

  // The last invocation of a tumbling window may have no records: only the ARN of the stream says where it is from.
  static source streamed_by(std::string_view arn) {
    const std::size_t first = arn.find(':');
    const std::size_t second = first == std::string_view::npos ? first : arn.find(':', first + 1);
    if (second == std::string_view::npos) return source::unknown;
    const std::string_view rest = arn.substr(second + 1);
    return find_source(arn_services, rest.substr(0, rest.find(':')));
  }

  simdjson::error_code look_at_context(simdjson_value& value) {
    simdjson::ondemand::object context;
    if (value.get_object().get(context)) return simdjson::SUCCESS;
    has_context_ = true;
    for (auto field : context) {
      std::string_view key;
      if (const auto code = read_key(field, key)) return code;
      if (found_.source == source::unknown) found_.source = find_source(context_keys, key);
      if (key == "connectionId") has_connection_ = true;
    }
    return simdjson::SUCCESS;
  }

  [[nodiscard]] source http_source() const {
    if (is_authorizer_) {
      if (version_2_) return source::authorizer_v2;
      return has_connection_ ? source::authorizer_websocket : source::authorizer;
    }
    if (!has_context_) return source::unknown;
    if (has_connection_) return source::websocket;
    if (version_2_) return source::api_gateway_v2;
    return has_method_ ? source::api_gateway_v1 : source::unknown;
  }

  events::event_origin found_;
  std::array<unsigned, std::size(top_level_pairs)> halves_{};  // bits: the first key was there, the second
  source window_ = source::unknown;
  bool version_2_ = false;
  bool has_method_ = false;
  bool has_context_ = false;
  bool has_connection_ = false;
  bool is_authorizer_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
