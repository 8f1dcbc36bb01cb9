#pragma once
// SPDX-License-Identifier: MIT
// All AWS events. Not part of lambda_proc.hpp, so that only programs that need them compile them. Most programs include
// the one or two headers of events/ that they need.

#include <lambda_proc/events/alb.hpp>
#include <lambda_proc/events/any_event.hpp>
#include <lambda_proc/events/any_of.hpp>
#include <lambda_proc/events/api_gateway_identity.hpp>
#include <lambda_proc/events/api_gateway_v1.hpp>
#include <lambda_proc/events/api_gateway_v2.hpp>
#include <lambda_proc/events/attribute_value.hpp>
#include <lambda_proc/events/authorizer.hpp>
#include <lambda_proc/events/authorizer_response.hpp>
#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/batch_response.hpp>
#include <lambda_proc/events/client_certificate.hpp>
#include <lambda_proc/events/cloudwatch_logs.hpp>
#include <lambda_proc/events/codebuild.hpp>
#include <lambda_proc/events/cognito.hpp>
#include <lambda_proc/events/dynamodb.hpp>
#include <lambda_proc/events/embedded_json.hpp>
#include <lambda_proc/events/epoch_time.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/eventbridge.hpp>
#include <lambda_proc/events/firehose.hpp>
#include <lambda_proc/events/for_each.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/events/http_response.hpp>
#include <lambda_proc/events/kafka.hpp>
#include <lambda_proc/events/kinesis.hpp>
#include <lambda_proc/events/s3.hpp>
#include <lambda_proc/events/s3_key.hpp>
#include <lambda_proc/events/ses.hpp>
#include <lambda_proc/events/sns.hpp>
#include <lambda_proc/events/sqs.hpp>
#include <lambda_proc/events/stream_event.hpp>
#include <lambda_proc/events/text_number.hpp>
#include <lambda_proc/events/vpc_lattice.hpp>
#include <lambda_proc/events/websocket.hpp>
