#pragma once
// SPDX-License-Identifier: MIT
// The services that any_of and any_event tell apart. Each event's header says which of them sends it.

#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

enum class event_source : std::uint8_t {
  unknown,
  activemq,
  alb,
  api_gateway_v1,
  api_gateway_v2,
  appsync,
  appsync_authorizer,
  appsync_batch,
  authorizer,
  authorizer_token,
  authorizer_v2,
  authorizer_websocket,
  bedrock_agent,
  client_vpn,
  cloudformation,
  cloudwatch_alarm,
  cloudwatch_logs,
  codecommit,
  codedeploy,
  codepipeline,
  cognito,
  config_rule,
  connect,
  documentdb,
  dynamodb,
  eventbridge,
  firehose,
  iot_authorizer,
  iot_provisioning,
  kafka,
  kinesis,
  lambda_destination,
  lex_v2,
  rabbitmq,
  s3,
  s3_batch,
  s3_object_lambda,
  secrets_manager,
  ses,
  sns,
  sqs,
  transfer_authorizer,
  vpc_lattice_v1,
  vpc_lattice_v2,
  websocket
};

// One pair on each line.
// clang-format off
constexpr auto json_names(event_source) {
  using enum event_source;
  return names{
      unknown, "unknown",
      activemq, "activemq",
      alb, "alb",
      api_gateway_v1, "api_gateway_v1",
      api_gateway_v2, "api_gateway_v2",
      appsync, "appsync",
      appsync_authorizer, "appsync_authorizer",
      appsync_batch, "appsync_batch",
      authorizer, "authorizer",
      authorizer_token, "authorizer_token",
      authorizer_v2, "authorizer_v2",
      authorizer_websocket, "authorizer_websocket",
      bedrock_agent, "bedrock_agent",
      client_vpn, "client_vpn",
      cloudformation, "cloudformation",
      cloudwatch_alarm, "cloudwatch_alarm",
      cloudwatch_logs, "cloudwatch_logs",
      codecommit, "codecommit",
      codedeploy, "codedeploy",
      codepipeline, "codepipeline",
      cognito, "cognito",
      config_rule, "config_rule",
      connect, "connect",
      documentdb, "documentdb",
      dynamodb, "dynamodb",
      eventbridge, "eventbridge",
      firehose, "firehose",
      iot_authorizer, "iot_authorizer",
      iot_provisioning, "iot_provisioning",
      kafka, "kafka",
      kinesis, "kinesis",
      lambda_destination, "lambda_destination",
      lex_v2, "lex_v2",
      rabbitmq, "rabbitmq",
      s3, "s3",
      s3_batch, "s3_batch",
      s3_object_lambda, "s3_object_lambda",
      secrets_manager, "secrets_manager",
      ses, "ses",
      sns, "sns",
      sqs, "sqs",
      transfer_authorizer, "transfer_authorizer",
      vpc_lattice_v1, "vpc_lattice_v1",
      vpc_lattice_v2, "vpc_lattice_v2",
      websocket, "websocket"};
}
// clang-format on

/// The source that sends events of type Event. The header of an event specializes it.
template <class Event>
inline constexpr event_source source_of = event_source::unknown;

/// Where an event comes from.
struct event_origin {
  event_source source = event_source::unknown;
  /// EventBridge's detail-type, Cognito's triggerSource; empty for other sources.
  std::string_view subject;
  /// EventBridge's source, such as "aws.s3"; empty for other sources.
  std::string_view sender;
};

}  // namespace events

namespace detail {

/// How well an event type matches an origin: the best match gets the event.
enum class event_fit : std::uint8_t { none, anything, source, subject };

/// How well Event matches an origin that has its source. Specialized where several types share a source.
template <class Event>
struct event_subject {
  static constexpr event_fit fit(const events::event_origin&) { return event_fit::source; }
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
