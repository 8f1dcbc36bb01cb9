#pragma once
// SPDX-License-Identifier: MIT
// AWS AppSync: direct Lambda resolvers, one by one and in batches, and Lambda authorizers.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// The caller. Which members are present depends on the API's authorization mode; with an API key there is none.
///
/// Fields: AppSync Developer Guide, "Resolver context reference" (resolver-context-reference-js), identity.
struct appsync_identity {
  /// Only with IAM, as are the seven members below.
  std::optional<std::string_view> account_id;
  std::optional<std::string_view> cognito_identity_pool_id;
  std::optional<std::string_view> cognito_identity_id;
  std::optional<std::string_view> user_arn;
  /// "authenticated" or "unauthenticated".
  std::optional<std::string_view> cognito_identity_auth_type;
  std::optional<std::string_view> cognito_identity_auth_provider;
  /// With IAM and with Amazon Cognito user pools.
  std::optional<std::vector<std::string_view>> source_ip;
  std::optional<std::string_view> username;
  /// With user pools and with OpenID Connect.
  std::optional<std::string_view> sub;
  std::optional<std::string_view> issuer;
  std::optional<raw_json> claims;
  /// Only with user pools: "ALLOW" or "DENY".
  std::optional<std::string_view> default_auth_strategy;
  std::optional<std::vector<std::string_view>> groups;
  /// Only with Lambda: what the authorizer returned.
  std::optional<raw_json> resolver_context;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct appsync_request {
  header_map headers;
  /// The API's custom domain name, if the client used it.
  std::optional<std::string_view> domain_name;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct appsync_info {
  std::string_view field_name;
  /// "Query", "Mutation", "Subscription" or the name of a type.
  std::string_view parent_type_name;
  /// The fields that were asked for, as paths such as "lines/sku".
  std::vector<std::string_view> selection_set_list;
  /// The same as GraphQL text.
  std::string_view selection_set_graphql;
  /// The variables of the query, an object.
  raw_json variables;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"field_name"};
  static constexpr auto json_names = names{"selection_set_graphql", "selectionSetGraphQL"};
};

/// What the previous function of a pipeline resolver returned.
struct appsync_previous {
  raw_json result;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A field to resolve, by a direct Lambda resolver: the whole resolver context. Answer with the field's value; a
/// failure becomes an error of the field. `Arguments` and `Source` are any decodable types.
///
/// Fields: AppSync Developer Guide, "Direct Lambda resolver reference" (direct-lambda-reference) and "Resolver context
/// reference".
template <class Arguments = raw_json, class Source = raw_json>
struct appsync_event {
  Arguments arguments;
  std::optional<appsync_identity> identity;
  /// The value of the parent field; absent for fields of Query and Mutation.
  std::optional<Source> source;
  appsync_request request;
  appsync_info info;
  /// Only in pipeline resolvers, as is stash.
  std::optional<appsync_previous> prev;
  std::optional<raw_json> stash;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// Fields to resolve in one invocation, if the resolver has a maximum batch size. Answer with a list of the values, or
/// of appsync_batch_result, in the same order.
template <class Arguments = raw_json, class Source = raw_json>
using appsync_batch = std::vector<appsync_event<Arguments, Source>>;

/// The result for one field of a batch: a value, or an error.
template <class Data = raw_json>
struct appsync_batch_result {
  std::optional<Data> data = {};
  std::optional<std::string> error_message = {};
  std::optional<std::string> error_type = {};

  using json_naming = camel_case;
};

struct appsync_authorizer_context {
  std::string_view api_id;
  std::string_view account_id;
  std::string_view request_id;
  /// The GraphQL text.
  std::string_view query_string;
  std::optional<std::string_view> operation_name;
  raw_json variables;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A request to check, with Lambda authorization. Answer with an appsync_authorizer_response.
///
/// Fields: AppSync Developer Guide, "Configuring authorization and authentication to secure your GraphQL APIs"
/// (security-authz), AWS_LAMBDA authorization.
struct appsync_authorizer_request {
  /// The value of the Authorization header.
  std::string_view authorization_token;
  appsync_authorizer_context request_context;
  std::optional<header_map> request_headers;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"authorization_token"};
};

struct appsync_authorizer_response {
  bool is_authorized = false;
  /// Text for the resolvers, in appsync_identity::resolver_context. Lists and objects are not allowed.
  std::optional<std::map<std::string, std::string>> resolver_context = {};
  /// Fields that become null, as "Type.field" or as ARNs.
  std::optional<std::vector<std::string>> denied_fields = {};
  /// How long the answer may be cached, in seconds.
  std::optional<std::uint32_t> ttl_override = {};

  using json_naming = camel_case;
};

template <>
inline constexpr event_source source_of<appsync_authorizer_request> = event_source::appsync_authorizer;
template <class Arguments, class Source>
inline constexpr event_source source_of<appsync_event<Arguments, Source>> = event_source::appsync;
template <class Arguments, class Source>
inline constexpr event_source source_of<std::vector<appsync_event<Arguments, Source>>> = event_source::appsync_batch;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::appsync_authorizer_request);
LAMBDA_PROC_EVENT_TABLE(events::appsync_event<>);

}  // namespace v0
}  // namespace lambda_proc
