#pragma once
// SPDX-License-Identifier: MIT
// The rules by which any_of tells events apart: texts that only one service sends. origin_finder applies them.

#include <lambda_proc/events/event_source.hpp>

#include <span>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A text that only events from one source have: a key, or the value of one.
struct source_rule {
  std::string_view text;
  events::event_source source;
};

/// Keys at the top of an event.
inline constexpr source_rule top_level_keys[] = {
    {"actionGroup", events::event_source::bedrock_agent},
    {"connection-id", events::event_source::client_vpn},
    {"alarmData", events::event_source::cloudwatch_alarm},
    {"awslogs", events::event_source::cloudwatch_logs},
    {"LifecycleEventHookExecutionId", events::event_source::codedeploy},
    {"CodePipeline.job", events::event_source::codepipeline},
    {"invokingEvent", events::event_source::config_rule},
    {"deliveryStreamArn", events::event_source::firehose},
    {"protocolData", events::event_source::iot_authorizer},
    {"templateArn", events::event_source::iot_provisioning},
    {"sessionState", events::event_source::lex_v2},
    {"rmqMessagesByQueue", events::event_source::rabbitmq},
    {"getObjectContext", events::event_source::s3_object_lambda},
    {"headObjectContext", events::event_source::s3_object_lambda},
    {"listObjectsContext", events::event_source::s3_object_lambda},
    {"listObjectsV2Context", events::event_source::s3_object_lambda},
};

/// Two keys at the top of an event that are from one source if both are there: each one alone is a common word.
struct source_pair {
  std::string_view first;
  std::string_view second;
  events::event_source source;
};
inline constexpr source_pair top_level_pairs[] = {
    {"RequestType", "ResponseURL", events::event_source::cloudformation},
    {"Details", "Name", events::event_source::connect},
    {"tasks", "invocationSchemaVersion", events::event_source::s3_batch},
    {"SecretId", "ClientRequestToken", events::event_source::secrets_manager},
    {"serverId", "protocol", events::event_source::transfer_authorizer},
    {"raw_path", "method", events::event_source::vpc_lattice_v1},
};

/// Keys of requestContext.
inline constexpr source_rule context_keys[] = {
    {"elb", events::event_source::alb},
    {"queryString", events::event_source::appsync_authorizer},
    {"condition", events::event_source::lambda_destination},
    {"targetGroupArn", events::event_source::vpc_lattice_v2},
};

/// Values of eventSource at the top of an event.
inline constexpr source_rule event_source_values[] = {
    {"aws:amq", events::event_source::activemq},           {"aws:mq", events::event_source::activemq},
    {"aws:docdb", events::event_source::documentdb},       {"aws:kafka", events::event_source::kafka},
    {"aws:SelfManagedKafka", events::event_source::kafka}, {"SelfManagedKafka", events::event_source::kafka},
    {"aws:rmq", events::event_source::rabbitmq},
};

/// Values of eventSource in the first record of an event.
inline constexpr source_rule record_source_values[] = {
    {"aws:codecommit", events::event_source::codecommit},
    {"aws:dynamodb", events::event_source::dynamodb},
    {"aws:kinesis", events::event_source::kinesis},
    {"aws:s3", events::event_source::s3},
    {"aws:ses", events::event_source::ses},
    {"aws:sns", events::event_source::sns},
    {"aws:sqs", events::event_source::sqs},
};

/// The service in an ARN, its third part.
inline constexpr source_rule arn_services[] = {
    {"dynamodb", events::event_source::dynamodb},
    {"kinesis", events::event_source::kinesis},
};

inline events::event_source find_source(std::span<const source_rule> rules, std::string_view text) {
  for (const source_rule& rule : rules) {
    if (rule.text == text) return rule.source;
  }
  return events::event_source::unknown;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
