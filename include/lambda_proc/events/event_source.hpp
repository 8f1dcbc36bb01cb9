#pragma once
// SPDX-License-Identifier: MIT
// Finds out from an event's JSON which service sent it. any_of uses it.

#include <lambda_proc/json/decode_struct.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

enum class event_source : std::uint8_t {
  unknown,
  alb,
  api_gateway_v1,
  api_gateway_v2,
  websocket,
  authorizer_token,
  authorizer,
  authorizer_websocket,
  authorizer_v2,
  cloudwatch_logs,
  cognito,
  dynamodb,
  eventbridge,
  firehose,
  kafka,
  kinesis,
  s3,
  ses,
  sns,
  sqs,
  appsync,
  appsync_batch,
  appsync_authorizer,
  activemq,
  bedrock_agent,
  cloudformation,
  cloudwatch_alarm,
  codecommit,
  codedeploy,
  codepipeline,
  config_rule,
  connect,
  documentdb,
  iot_authorizer,
  lambda_destination,
  lex_v2,
  rabbitmq,
  s3_batch,
  secrets_manager,
  transfer_authorizer,
  vpc_lattice_v1,
  vpc_lattice_v2
};

// One pair on each line. clang-format off
constexpr auto json_names(event_source) {
  using enum event_source;
  return names{unknown,
               "unknown",
               alb,
               "alb",
               api_gateway_v1,
               "api_gateway_v1",
               api_gateway_v2,
               "api_gateway_v2",
               websocket,
               "websocket",
               authorizer_token,
               "authorizer_token",
               authorizer,
               "authorizer",
               authorizer_websocket,
               "authorizer_websocket",
               authorizer_v2,
               "authorizer_v2",
               cloudwatch_logs,
               "cloudwatch_logs",
               cognito,
               "cognito",
               dynamodb,
               "dynamodb",
               eventbridge,
               "eventbridge",
               firehose,
               "firehose",
               kafka,
               "kafka",
               kinesis,
               "kinesis",
               s3,
               "s3",
               ses,
               "ses",
               sns,
               "sns",
               sqs,
               "sqs",
               appsync,
               "appsync",
               appsync_batch,
               "appsync_batch",
               appsync_authorizer,
               "appsync_authorizer",
               activemq,
               "activemq",
               bedrock_agent,
               "bedrock_agent",
               cloudformation,
               "cloudformation",
               cloudwatch_alarm,
               "cloudwatch_alarm",
               codecommit,
               "codecommit",
               codedeploy,
               "codedeploy",
               codepipeline,
               "codepipeline",
               config_rule,
               "config_rule",
               connect,
               "connect",
               documentdb,
               "documentdb",
               iot_authorizer,
               "iot_authorizer",
               lambda_destination,
               "lambda_destination",
               lex_v2,
               "lex_v2",
               rabbitmq,
               "rabbitmq",
               s3_batch,
               "s3_batch",
               secrets_manager,
               "secrets_manager",
               transfer_authorizer,
               "transfer_authorizer",
               vpc_lattice_v1,
               "vpc_lattice_v1",
               vpc_lattice_v2,
               "vpc_lattice_v2"};
}
// clang-format on

/// Where an event comes from.
struct event_origin {
  event_source source = event_source::unknown;
  /// EventBridge's detail-type, Cognito's triggerSource; empty for other sources.
  std::string_view subject;
};

}  // namespace events

namespace detail {

/// A key that tells the source of an event, wherever it is among the others.
struct telling_key {
  std::string_view key;
  events::event_source source;
};

/// Keys at the top of an event.
inline constexpr telling_key telling_keys[] = {
    {"actionGroup", events::event_source::bedrock_agent},
    {"RequestType", events::event_source::cloudformation},
    {"alarmData", events::event_source::cloudwatch_alarm},
    {"awslogs", events::event_source::cloudwatch_logs},
    {"LifecycleEventHookExecutionId", events::event_source::codedeploy},
    {"CodePipeline.job", events::event_source::codepipeline},
    {"invokingEvent", events::event_source::config_rule},
    {"Details", events::event_source::connect},
    {"deliveryStreamArn", events::event_source::firehose},
    {"protocolData", events::event_source::iot_authorizer},
    {"sessionState", events::event_source::lex_v2},
    {"rmqMessagesByQueue", events::event_source::rabbitmq},
    {"tasks", events::event_source::s3_batch},
    {"SecretId", events::event_source::secrets_manager},
    {"serverId", events::event_source::transfer_authorizer},
    {"raw_path", events::event_source::vpc_lattice_v1},
};

/// Keys of requestContext.
inline constexpr telling_key telling_context_keys[] = {
    {"elb", events::event_source::alb},
    {"queryString", events::event_source::appsync_authorizer},
    {"condition", events::event_source::lambda_destination},
    {"targetGroupArn", events::event_source::vpc_lattice_v2},
};

/// Values of eventSource at the top of an event.
inline constexpr telling_key telling_event_sources[] = {
    {"aws:amq", events::event_source::activemq},           {"aws:mq", events::event_source::activemq},
    {"aws:docdb", events::event_source::documentdb},       {"SelfManagedKafka", events::event_source::kafka},
    {"aws:SelfManagedKafka", events::event_source::kafka}, {"aws:kafka", events::event_source::kafka},
    {"aws:rmq", events::event_source::rabbitmq},
};

/// Values of eventSource in the first record of an event.
inline constexpr telling_key telling_record_sources[] = {
    {"aws:codecommit", events::event_source::codecommit},
    {"aws:dynamodb", events::event_source::dynamodb},
    {"aws:kinesis", events::event_source::kinesis},
    {"aws:s3", events::event_source::s3},
    {"aws:ses", events::event_source::ses},
    {"aws:sns", events::event_source::sns},
    {"aws:sqs", events::event_source::sqs},
};

inline events::event_source source_told_by(std::span<const telling_key> keys, std::string_view key) {
  for (const auto& [known, source] : keys) {
    if (known == key) return source;
  }
  return events::event_source::unknown;
}

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
      if (found_.source != events::event_source::unknown) break;
    }
    if (found_.source == events::event_source::unknown) found_.source = window_;
    if (found_.source == events::event_source::unknown) found_.source = http_source();
    out = found_;
    return simdjson::SUCCESS;
  }

 private:
  using source = events::event_source;

  // A value that is not a string matches nothing.
  static std::string_view text_of(simdjson_value& value) {
    std::string_view text;
    return value.get_string().get(text) == simdjson::SUCCESS ? text : "";
  }

  simdjson::error_code look_at(std::string_view key, simdjson_value& value) {
    found_.source = source_told_by(telling_keys, key);
    if (found_.source != source::unknown) return simdjson::SUCCESS;
    if (key == "Records") return look_at_records(value);
    if (key == "requestContext") return look_at_context(value);
    if (key == "version") version_2_ = text_of(value) == "2.0";
    if (key == "httpMethod") has_method_ = true;
    if (key == "detail-type") found_ = {source::eventbridge, text_of(value)};
    if (key == "triggerSource") found_ = {source::cognito, text_of(value)};
    if (key == "eventSourceARN") window_ = streamed_by(text_of(value));
    if (key == "eventSource") found_.source = source_told_by(telling_event_sources, text_of(value));
    if (key == "info") return look_at_info(value);
    if (key == "Event" && text_of(value) == "s3:TestEvent") found_.source = source::s3;
    if (key == "type") {
      const std::string_view type = text_of(value);
      if (type == "TOKEN") found_.source = source::authorizer_token;
      is_authorizer_ = type == "REQUEST";
    }
    return simdjson::SUCCESS;
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
        found_.source = source_told_by(telling_record_sources, text_of(name));
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

  // The last invocation of a tumbling window may have no records: only the ARN of the stream says where it is from. The
  // service is the third part of an ARN.
  static source streamed_by(std::string_view arn) {
    const std::size_t first = arn.find(':');
    const std::size_t second = first == std::string_view::npos ? first : arn.find(':', first + 1);
    if (second == std::string_view::npos) return source::unknown;
    const std::string_view rest = arn.substr(second + 1);
    const std::string_view service = rest.substr(0, rest.find(':'));
    if (service == "kinesis") return source::kinesis;
    return service == "dynamodb" ? source::dynamodb : source::unknown;
  }

  simdjson::error_code look_at_context(simdjson_value& value) {
    simdjson::ondemand::object context;
    if (value.get_object().get(context)) return simdjson::SUCCESS;
    has_context_ = true;
    for (auto field : context) {
      std::string_view key;
      if (const auto code = read_key(field, key)) return code;
      if (found_.source == source::unknown) found_.source = source_told_by(telling_context_keys, key);
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
