#pragma once
// SPDX-License-Identifier: MIT
// Amazon S3 Object Lambda: a request for an object or a list to transform, and the response.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// A GetObject request.
struct s3_object_lambda_get {
  /// A presigned URL of the original object.
  std::string_view input_s3_url;
  /// For WriteGetObjectResponse (RequestRoute), as is output_token (RequestToken).
  std::string_view output_route;
  std::string_view output_token;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A HeadObject, ListObjects or ListObjectsV2 request.
struct s3_object_lambda_input {
  /// A presigned URL of the original response.
  std::string_view input_s3_url;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct s3_object_lambda_configuration {
  std::string_view access_point_arn;
  std::string_view supporting_access_point_arn;
  /// What the access point's owner configured, as text.
  std::string_view payload;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The request that the caller sent.
struct s3_object_lambda_user_request {
  std::string_view url;
  /// Several values of one header are separated by commas.
  header_map headers;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct s3_object_lambda_session_attributes {
  /// "true" or "false".
  std::string_view mfa_authenticated;
  /// "Wed Mar 10 23:41:52 UTC 2021", or as RFC 3339 writes it.
  std::string_view creation_date;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct s3_object_lambda_session_issuer {
  std::string_view type;
  std::string_view principal_id;
  std::string_view arn;
  std::string_view account_id;
  std::string_view user_name;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct s3_object_lambda_session {
  s3_object_lambda_session_attributes attributes;
  std::optional<s3_object_lambda_session_issuer> session_issuer;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// Who sent the request (CloudTrail User Guide, "CloudTrail userIdentity element").
struct s3_object_lambda_identity {
  /// "IAMUser", "AssumedRole", "AWSAccount", …
  std::string_view type;
  std::string_view principal_id;
  std::string_view arn;
  std::string_view account_id;
  std::string_view access_key_id;
  std::optional<std::string_view> user_name;
  /// The AWS service that sent the request for the caller.
  std::optional<std::string_view> invoked_by;
  /// Only with temporary credentials.
  std::optional<s3_object_lambda_session> session_context;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A request that goes through an S3 Object Lambda access point. Answer get_object_context with the API's
/// WriteGetObjectResponse, and the other three with an s3_object_lambda_response.
///
/// Fields: S3 User Guide, "Event context format and usage" (olap-event-context).
struct s3_object_lambda_event {
  std::string_view x_amz_request_id;
  /// Exactly one of the four contexts is present.
  std::optional<s3_object_lambda_get> get_object_context;
  std::optional<s3_object_lambda_input> head_object_context;
  std::optional<s3_object_lambda_input> list_objects_context;
  std::optional<s3_object_lambda_input> list_objects_v2_context;
  s3_object_lambda_configuration configuration;
  s3_object_lambda_user_request user_request;
  s3_object_lambda_identity user_identity;
  /// "1.00"
  std::string_view protocol_version;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The response to HeadObject and to lists (S3 User Guide, "Writing Lambda functions for S3 Object Lambda access
/// points": olap-writing-lambda).
struct s3_object_lambda_response {
  int status_code = 200;
  /// Required for a failure, as is error_message: "NoSuchKey".
  std::optional<std::string> error_code = {};
  std::optional<std::string> error_message = {};
  /// For HeadObject: the object's headers.
  std::optional<std::map<std::string, std::string>> headers = {};
  /// For lists: the XML that S3 would answer with.
  std::optional<std::string> list_result_xml = {};

  using json_naming = camel_case;
};

template <>
inline constexpr event_source source_of<s3_object_lambda_event> = event_source::s3_object_lambda;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::s3_object_lambda_event);

}  // namespace v0
}  // namespace lambda_proc
