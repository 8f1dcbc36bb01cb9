#pragma once
// The events of SQS, API Gateway and DynamoDB by hand, as the floor of a benchmark: structs with all members of the
// library's structs, and simdjson On-Demand code that reads them.
//
// Objects that often lack some of their members are read in one loop. Looking for each member by its name would be
// slower, because each missing one would cost a search through the whole object.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

namespace workloads::by_hand {

using simdjson::error_code;
using simdjson::ondemand::array;
using simdjson::ondemand::object;
using simdjson::ondemand::raw_json_string;
using simdjson::ondemand::value;
using field_value = simdjson::simdjson_result<value>;

template <class T>
using map_of = std::vector<std::pair<std::string_view, T>>;
using optional_text = std::optional<std::string_view>;

// The functions for the most frequent types are always inlined. Inlining none of them makes all of this take 1.5 times
// as long, and so does inlining more.

// ── Parts ───────────────────────────────────────────────────────────────────────────────────────────────────────────

simdjson_inline error_code read(field_value in, std::string_view& out) { return in.get_string().get(out); }
simdjson_inline error_code read(field_value in, bool& out) { return in.get_bool().get(out); }
simdjson_inline error_code read(field_value in, double& out) { return in.get_double().get(out); }
simdjson_inline error_code read(field_value in, std::uint64_t& out) { return in.get_uint64().get(out); }

// Vectors keep their elements, which keep their memory.
template <class T>
error_code read(field_value in, std::vector<T>& out) {
  array items;
  if (auto code = in.get_array().get(items)) return code;
  std::size_t count = 0;
  for (auto item : items) {
    if (count == out.size()) out.emplace_back();
    if (auto code = read(item, out[count++])) return code;
  }
  out.resize(count);
  return simdjson::SUCCESS;
}

template <class T>
error_code read(field_value in, map_of<T>& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  std::size_t count = 0;
  for (auto field : fields) {
    if (count == out.size()) out.emplace_back();
    auto& [name, item] = out[count++];
    if (auto code = field.unescaped_key().get(name)) return code;
    if (auto code = read(field.value(), item)) return code;
  }
  out.resize(count);
  return simdjson::SUCCESS;
}

template <class T>
simdjson_inline error_code read(field_value in, std::optional<T>& out) {
  bool nothing = false;
  if (auto code = in.is_null().get(nothing)) return code;
  if (nothing) {
    out.reset();
    return simdjson::SUCCESS;
  }
  if (!out) out.emplace();
  return read(in, *out);
}

// Counts the required members: a missing one would keep its value from the previous event.
template <class T>
simdjson_inline error_code read_required(field_value in, T& out, unsigned& found) {
  ++found;
  return read(in, out);
}

// ── SQS ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

struct sqs_attributes {
  std::string_view approximate_receive_count;
  std::uint64_t sent_timestamp = 0;
  std::string_view sender_id;
  std::uint64_t approximate_first_receive_timestamp = 0;
  optional_text sequence_number;
  optional_text message_group_id;
  optional_text message_deduplication_id;
  optional_text aws_trace_header;
  optional_text dead_letter_queue_source_arn;
};
struct sqs_message_attribute {
  optional_text string_value;
  optional_text binary_value;
  std::optional<std::vector<std::string_view>> string_list_values;
  std::optional<std::vector<std::string_view>> binary_list_values;
  std::string_view data_type;
};
struct sqs_message {
  std::string_view message_id;
  std::string_view receipt_handle;
  std::string_view body;
  sqs_attributes attributes;
  map_of<sqs_message_attribute> message_attributes;
  std::string_view md5_of_body;
  optional_text md5_of_message_attributes;
  std::string_view event_source;
  std::string_view event_source_arn;
  std::string_view aws_region;
};
struct sqs_event {
  std::vector<sqs_message> records;
};

inline error_code read(field_value in, sqs_attributes& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  out.sequence_number.reset();
  out.message_group_id.reset();
  out.message_deduplication_id.reset();
  out.aws_trace_header.reset();
  out.dead_letter_queue_source_arn.reset();
  unsigned found = 0;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    error_code code = simdjson::SUCCESS;
    if (key == "ApproximateReceiveCount") {
      code = read_required(field.value(), out.approximate_receive_count, found);
    } else if (key == "SentTimestamp") {
      ++found;
      code = field.value().get_uint64_in_string().get(out.sent_timestamp);
    } else if (key == "SenderId") {
      code = read_required(field.value(), out.sender_id, found);
    } else if (key == "ApproximateFirstReceiveTimestamp") {
      ++found;
      code = field.value().get_uint64_in_string().get(out.approximate_first_receive_timestamp);
    } else if (key == "SequenceNumber") {
      code = read(field.value(), out.sequence_number);
    } else if (key == "MessageGroupId") {
      code = read(field.value(), out.message_group_id);
    } else if (key == "MessageDeduplicationId") {
      code = read(field.value(), out.message_deduplication_id);
    } else if (key == "AWSTraceHeader") {
      code = read(field.value(), out.aws_trace_header);
    } else if (key == "DeadLetterQueueSourceArn") {
      code = read(field.value(), out.dead_letter_queue_source_arn);
    }
    if (code) return code;
  }
  return found == 4 ? simdjson::SUCCESS : simdjson::NO_SUCH_FIELD;
}

inline error_code read(field_value in, sqs_message_attribute& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  bool has_string = false;
  bool has_binary = false;
  bool has_strings = false;
  bool has_binaries = false;
  unsigned found = 0;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    error_code code = simdjson::SUCCESS;
    if (key == "stringValue") {
      has_string = true;
      code = read(field.value(), out.string_value);
    } else if (key == "binaryValue") {
      has_binary = true;
      code = read(field.value(), out.binary_value);
    } else if (key == "stringListValues") {
      has_strings = true;
      code = read(field.value(), out.string_list_values);
    } else if (key == "binaryListValues") {
      has_binaries = true;
      code = read(field.value(), out.binary_list_values);
    } else if (key == "dataType") {
      code = read_required(field.value(), out.data_type, found);
    }
    if (code) return code;
  }
  if (!has_string) out.string_value.reset();
  if (!has_binary) out.binary_value.reset();
  if (!has_strings) out.string_list_values.reset();
  if (!has_binaries) out.binary_list_values.reset();
  return found == 1 ? simdjson::SUCCESS : simdjson::NO_SUCH_FIELD;
}

inline error_code read(field_value in, sqs_message& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  out.md5_of_message_attributes.reset();
  unsigned found = 0;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    error_code code = simdjson::SUCCESS;
    if (key == "messageId") {
      code = read_required(field.value(), out.message_id, found);
    } else if (key == "receiptHandle") {
      code = read_required(field.value(), out.receipt_handle, found);
    } else if (key == "body") {
      code = read_required(field.value(), out.body, found);
    } else if (key == "attributes") {
      code = read_required(field.value(), out.attributes, found);
    } else if (key == "messageAttributes") {
      code = read_required(field.value(), out.message_attributes, found);
    } else if (key == "md5OfBody") {
      code = read_required(field.value(), out.md5_of_body, found);
    } else if (key == "md5OfMessageAttributes") {
      code = read(field.value(), out.md5_of_message_attributes);
    } else if (key == "eventSource") {
      code = read_required(field.value(), out.event_source, found);
    } else if (key == "eventSourceARN") {
      code = read_required(field.value(), out.event_source_arn, found);
    } else if (key == "awsRegion") {
      code = read_required(field.value(), out.aws_region, found);
    }
    if (code) return code;
  }
  return found == 9 ? simdjson::SUCCESS : simdjson::NO_SUCH_FIELD;
}

inline error_code read(value in, sqs_event& out) { return read(in["Records"], out.records); }

// ── API Gateway ─────────────────────────────────────────────────────────────────────────────────────────────────────

struct certificate_validity {
  std::string_view not_before;
  std::string_view not_after;
};
struct client_certificate {
  std::string_view client_cert_pem;
  std::string_view subject_dn;
  std::string_view issuer_dn;
  std::string_view serial_number;
  certificate_validity validity;
};
struct api_gateway_identity {
  optional_text cognito_identity_pool_id;
  optional_text account_id;
  optional_text cognito_identity_id;
  optional_text caller;
  std::string_view source_ip;
  optional_text principal_org_id;
  optional_text access_key;
  optional_text cognito_authentication_type;
  optional_text cognito_authentication_provider;
  optional_text user_arn;
  optional_text user_agent;
  optional_text user;
  optional_text api_key;
  optional_text api_key_id;
  std::optional<client_certificate> client_cert;
  optional_text vpc_id;
  optional_text vpce_id;
};
struct api_gateway_v1_context {
  optional_text resource_id;
  optional_text authorizer;  // as JSON
  std::string_view resource_path;
  optional_text operation_name;
  std::string_view http_method;
  optional_text extended_request_id;
  optional_text request_time;
  std::string_view path;
  std::string_view account_id;
  optional_text protocol;
  std::string_view stage;
  optional_text domain_prefix;
  std::optional<std::uint64_t> request_time_epoch;
  std::string_view request_id;
  api_gateway_identity identity;
  optional_text domain_name;
  optional_text deployment_id;
  std::string_view api_id;
};
struct api_gateway_v1_request {
  optional_text version;
  std::string_view resource;
  std::string_view path;
  std::string_view http_method;
  std::optional<map_of<std::string_view>> headers;
  std::optional<map_of<std::vector<std::string_view>>> multi_value_headers;
  std::optional<map_of<std::string_view>> query_string_parameters;
  std::optional<map_of<std::vector<std::string_view>>> multi_value_query_string_parameters;
  std::optional<map_of<std::string_view>> path_parameters;
  std::optional<map_of<std::string_view>> stage_variables;
  api_gateway_v1_context request_context;
  optional_text body;
  std::optional<bool> is_base64_encoded;
};

inline error_code read(field_value in, certificate_validity& out) {
  if (auto code = in["notBefore"].get(out.not_before)) return code;
  return in["notAfter"].get(out.not_after);
}

inline error_code read(field_value in, client_certificate& out) {
  if (auto code = in["clientCertPem"].get(out.client_cert_pem)) return code;
  if (auto code = in["subjectDN"].get(out.subject_dn)) return code;
  if (auto code = in["issuerDN"].get(out.issuer_dn)) return code;
  if (auto code = in["serialNumber"].get(out.serial_number)) return code;
  return read(in["validity"], out.validity);
}

inline error_code read(field_value in, api_gateway_identity& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  out = {};  // it owns no memory
  unsigned found = 0;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    error_code code = simdjson::SUCCESS;
    if (key == "cognitoIdentityPoolId") {
      code = read(field.value(), out.cognito_identity_pool_id);
    } else if (key == "accountId") {
      code = read(field.value(), out.account_id);
    } else if (key == "cognitoIdentityId") {
      code = read(field.value(), out.cognito_identity_id);
    } else if (key == "caller") {
      code = read(field.value(), out.caller);
    } else if (key == "sourceIp") {
      code = read_required(field.value(), out.source_ip, found);
    } else if (key == "principalOrgId") {
      code = read(field.value(), out.principal_org_id);
    } else if (key == "accessKey") {
      code = read(field.value(), out.access_key);
    } else if (key == "cognitoAuthenticationType") {
      code = read(field.value(), out.cognito_authentication_type);
    } else if (key == "cognitoAuthenticationProvider") {
      code = read(field.value(), out.cognito_authentication_provider);
    } else if (key == "userArn") {
      code = read(field.value(), out.user_arn);
    } else if (key == "userAgent") {
      code = read(field.value(), out.user_agent);
    } else if (key == "user") {
      code = read(field.value(), out.user);
    } else if (key == "apiKey") {
      code = read(field.value(), out.api_key);
    } else if (key == "apiKeyId") {
      code = read(field.value(), out.api_key_id);
    } else if (key == "clientCert") {
      code = read(field.value(), out.client_cert);
    } else if (key == "vpcId") {
      code = read(field.value(), out.vpc_id);
    } else if (key == "vpceId") {
      code = read(field.value(), out.vpce_id);
    }
    if (code) return code;
  }
  return found == 1 ? simdjson::SUCCESS : simdjson::NO_SUCH_FIELD;
}

inline error_code read_raw(field_value in, optional_text& out) {
  bool nothing = false;
  if (auto code = in.is_null().get(nothing)) return code;
  if (nothing) return simdjson::SUCCESS;
  return in.raw_json().get(out.emplace());
}

inline error_code read(field_value in, api_gateway_v1_context& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  out = {};  // it owns no memory
  unsigned found = 0;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    error_code code = simdjson::SUCCESS;
    if (key == "resourceId") {
      code = read(field.value(), out.resource_id);
    } else if (key == "authorizer") {
      code = read_raw(field.value(), out.authorizer);
    } else if (key == "resourcePath") {
      code = read_required(field.value(), out.resource_path, found);
    } else if (key == "operationName") {
      code = read(field.value(), out.operation_name);
    } else if (key == "httpMethod") {
      code = read_required(field.value(), out.http_method, found);
    } else if (key == "extendedRequestId") {
      code = read(field.value(), out.extended_request_id);
    } else if (key == "requestTime") {
      code = read(field.value(), out.request_time);
    } else if (key == "path") {
      code = read_required(field.value(), out.path, found);
    } else if (key == "accountId") {
      code = read_required(field.value(), out.account_id, found);
    } else if (key == "protocol") {
      code = read(field.value(), out.protocol);
    } else if (key == "stage") {
      code = read_required(field.value(), out.stage, found);
    } else if (key == "domainPrefix") {
      code = read(field.value(), out.domain_prefix);
    } else if (key == "requestTimeEpoch") {
      code = read(field.value(), out.request_time_epoch);
    } else if (key == "requestId") {
      code = read_required(field.value(), out.request_id, found);
    } else if (key == "identity") {
      code = read_required(field.value(), out.identity, found);
    } else if (key == "domainName") {
      code = read(field.value(), out.domain_name);
    } else if (key == "deploymentId") {
      code = read(field.value(), out.deployment_id);
    } else if (key == "apiId") {
      code = read_required(field.value(), out.api_id, found);
    }
    if (code) return code;
  }
  return found == 8 ? simdjson::SUCCESS : simdjson::NO_SUCH_FIELD;
}

// All members except `version` are always present, perhaps as null. Payload format 1.0 of HTTP APIs begins with
// `version`.
inline error_code read(value in, api_gateway_v1_request& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  out.version.reset();
  unsigned found = 0;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    error_code code = simdjson::SUCCESS;
    if (key == "version") {
      code = read(field.value(), out.version);
    } else if (key == "resource") {
      code = read_required(field.value(), out.resource, found);
    } else if (key == "path") {
      code = read_required(field.value(), out.path, found);
    } else if (key == "httpMethod") {
      code = read_required(field.value(), out.http_method, found);
    } else if (key == "headers") {
      code = read_required(field.value(), out.headers, found);
    } else if (key == "multiValueHeaders") {
      code = read_required(field.value(), out.multi_value_headers, found);
    } else if (key == "queryStringParameters") {
      code = read_required(field.value(), out.query_string_parameters, found);
    } else if (key == "multiValueQueryStringParameters") {
      code = read_required(field.value(), out.multi_value_query_string_parameters, found);
    } else if (key == "pathParameters") {
      code = read_required(field.value(), out.path_parameters, found);
    } else if (key == "stageVariables") {
      code = read_required(field.value(), out.stage_variables, found);
    } else if (key == "requestContext") {
      code = read_required(field.value(), out.request_context, found);
    } else if (key == "body") {
      code = read_required(field.value(), out.body, found);
    } else if (key == "isBase64Encoded") {
      code = read_required(field.value(), out.is_base64_encoded, found);
    }
    if (code) return code;
  }
  return found == 12 ? simdjson::SUCCESS : simdjson::NO_SUCH_FIELD;
}

// ── DynamoDB ────────────────────────────────────────────────────────────────────────────────────────────────────────

// `type` determines which of the members below `truth` has the value; the others keep their memory.
struct attribute {
  enum class kind : std::uint8_t { null, string, number, binary, boolean, list, map, strings, numbers, binaries };
  kind type = kind::null;
  bool truth = false;
  std::string_view text;
  std::vector<attribute> list;
  map_of<attribute> map;
  std::vector<std::string_view> texts;
};
struct dynamodb_change {
  std::optional<double> approximate_creation_date_time;
  map_of<attribute> keys;
  std::optional<map_of<attribute>> new_image;
  std::optional<map_of<attribute>> old_image;
  std::string_view sequence_number;
  std::uint64_t size_bytes = 0;
  std::string_view stream_view_type;
};
struct dynamodb_identity {
  std::string_view type;
  std::string_view principal_id;
};
struct dynamodb_record {
  std::string_view event_id;
  std::string_view event_name;
  std::string_view event_version;
  std::string_view event_source;
  std::string_view aws_region;
  dynamodb_change dynamodb;
  std::string_view event_source_arn;
  std::optional<dynamodb_identity> user_identity;
};
struct time_window {
  std::string_view start;
  std::string_view end;
};
struct dynamodb_event {
  std::vector<dynamodb_record> records;
  std::optional<time_window> window;
  optional_text state;  // as JSON
  optional_text shard_id;
  optional_text event_source_arn;
  std::optional<bool> is_final_invoke_for_window;
  std::optional<bool> is_window_terminated_early;
};

inline error_code read(field_value in, attribute& out) {
  using enum attribute::kind;
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    if (key == "S") return out.type = string, read(field.value(), out.text);
    if (key == "N") return out.type = number, read(field.value(), out.text);
    if (key == "B") return out.type = binary, read(field.value(), out.text);
    if (key == "BOOL") return out.type = boolean, read(field.value(), out.truth);
    if (key == "NULL") return out.type = null, read(field.value(), out.truth);
    if (key == "L") return out.type = list, read(field.value(), out.list);
    if (key == "M") return out.type = map, read(field.value(), out.map);
    if (key == "SS") return out.type = strings, read(field.value(), out.texts);
    if (key == "NS") return out.type = numbers, read(field.value(), out.texts);
    if (key == "BS") return out.type = binaries, read(field.value(), out.texts);
  }
  return simdjson::NO_SUCH_FIELD;
}

inline error_code read(field_value in, dynamodb_change& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  out.approximate_creation_date_time.reset();
  bool has_new = false;
  bool has_old = false;
  unsigned found = 0;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    error_code code = simdjson::SUCCESS;
    if (key == "ApproximateCreationDateTime") {
      code = read(field.value(), out.approximate_creation_date_time);
    } else if (key == "Keys") {
      code = read_required(field.value(), out.keys, found);
    } else if (key == "NewImage") {
      has_new = true;
      code = read(field.value(), out.new_image);
    } else if (key == "OldImage") {
      has_old = true;
      code = read(field.value(), out.old_image);
    } else if (key == "SequenceNumber") {
      code = read_required(field.value(), out.sequence_number, found);
    } else if (key == "SizeBytes") {
      code = read_required(field.value(), out.size_bytes, found);
    } else if (key == "StreamViewType") {
      code = read_required(field.value(), out.stream_view_type, found);
    }
    if (code) return code;
  }
  if (!has_new) out.new_image.reset();
  if (!has_old) out.old_image.reset();
  return found == 4 ? simdjson::SUCCESS : simdjson::NO_SUCH_FIELD;
}

inline error_code read(field_value in, dynamodb_identity& out) {
  if (auto code = in["type"].get(out.type)) return code;
  return in["principalId"].get(out.principal_id);
}

inline error_code read(field_value in, dynamodb_record& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  out.user_identity.reset();
  unsigned found = 0;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    error_code code = simdjson::SUCCESS;
    if (key == "eventID") {
      code = read_required(field.value(), out.event_id, found);
    } else if (key == "eventName") {
      code = read_required(field.value(), out.event_name, found);
    } else if (key == "eventVersion") {
      code = read_required(field.value(), out.event_version, found);
    } else if (key == "eventSource") {
      code = read_required(field.value(), out.event_source, found);
    } else if (key == "awsRegion") {
      code = read_required(field.value(), out.aws_region, found);
    } else if (key == "dynamodb") {
      code = read_required(field.value(), out.dynamodb, found);
    } else if (key == "eventSourceARN") {
      code = read_required(field.value(), out.event_source_arn, found);
    } else if (key == "userIdentity") {
      code = read(field.value(), out.user_identity);
    }
    if (code) return code;
  }
  return found == 7 ? simdjson::SUCCESS : simdjson::NO_SUCH_FIELD;
}

inline error_code read(field_value in, time_window& out) {
  if (auto code = in["start"].get(out.start)) return code;
  return in["end"].get(out.end);
}

inline error_code read(value in, dynamodb_event& out) {
  object fields;
  if (auto code = in.get_object().get(fields)) return code;
  out.window.reset();
  out.state.reset();
  out.shard_id.reset();
  out.event_source_arn.reset();
  out.is_final_invoke_for_window.reset();
  out.is_window_terminated_early.reset();
  unsigned found = 0;
  for (auto field : fields) {
    raw_json_string key;
    if (auto code = field.key().get(key)) return code;
    error_code code = simdjson::SUCCESS;
    if (key == "Records") {
      code = read_required(field.value(), out.records, found);
    } else if (key == "window") {
      code = read(field.value(), out.window);
    } else if (key == "state") {
      code = read_raw(field.value(), out.state);
    } else if (key == "shardId") {
      code = read(field.value(), out.shard_id);
    } else if (key == "eventSourceARN") {
      code = read(field.value(), out.event_source_arn);
    } else if (key == "isFinalInvokeForWindow") {
      code = read(field.value(), out.is_final_invoke_for_window);
    } else if (key == "isWindowTerminatedEarly") {
      code = read(field.value(), out.is_window_terminated_early);
    }
    if (code) return code;
  }
  return found == 1 ? simdjson::SUCCESS : simdjson::NO_SUCH_FIELD;
}

}  // namespace workloads::by_hand
