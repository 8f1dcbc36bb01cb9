#pragma once
// SPDX-License-Identifier: MIT
// A Lambda authorizer's replies to API Gateway: an IAM policy, or simply yes or no.

#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

enum class iam_effect { allow, deny };
constexpr auto json_names(iam_effect) { return names{iam_effect::allow, "Allow", iam_effect::deny, "Deny"}; }

/// One rule of a policy (IAM User Guide, "IAM JSON policy elements reference").
/// Lists that are empty are not written.
struct iam_statement {
  std::vector<std::string> action;
  iam_effect effect = iam_effect::deny;
  std::vector<std::string> resource;
  /// Everything but these, in place of action and of resource.
  std::vector<std::string> not_action = {};
  std::vector<std::string> not_resource = {};
  /// Operators, their keys and the values: {{"IpAddress", {{"aws:SourceIp", {"192.0.2.0/24"}}}}}.
  std::map<std::string, std::map<std::string, std::vector<std::string>>> condition = {};

  // A template, so that programs that write no policy need not compile it.
  friend void to_json(json_writer& writer, const std::same_as<iam_statement> auto& statement) {
    const auto write = [&writer](std::string_view name, const auto& values) {
      if (values.empty()) return;
      writer.key(name);
      encode(writer, values);
    };
    writer.begin_object();
    write("Action", statement.action);
    write("NotAction", statement.not_action);
    writer.key("Effect");
    encode(writer, statement.effect);
    write("Resource", statement.resource);
    write("NotResource", statement.not_resource);
    write("Condition", statement.condition);
    writer.end_object();
  }
};

struct iam_policy {
  /// The current version of the policy language.
  std::string version = "2012-10-17";
  std::vector<iam_statement> statement;

  using json_naming = pascal_case;
};

/// Data for the handler, which receives it as text in the authorizer member of the request context. Objects and arrays
/// can't be sent this way.
using authorizer_context = std::map<std::string, std::variant<bool, std::int64_t, double, std::string>>;

/// A reply with a policy. Every kind of authorizer may send it.
///
///     return authorizer_response::allow("user-17", request.method_arn);
///
/// API Gateway may cache the policy for the token. It then applies to other methods too, so allow a wider resource than
/// this method's ARN, such as "arn:aws:execute-api:*:*:a1b2c3d4e5/prod/*".
///
/// Fields: API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer"
/// (api-gateway-lambda-authorizer-output).
struct authorizer_response {
  /// An id of the caller.
  std::string principal_id;
  iam_policy policy_document;
  std::optional<authorizer_context> context;
  /// The API key of the usage plan that the call counts against, if the API takes its keys from the authorizer.
  std::optional<std::string> usage_identifier_key;

  using json_naming = camel_case;

  /// Allows the caller to invoke `resource`.
  [[nodiscard]] static authorizer_response allow(std::string principal_id, std::string_view resource) {
    return decide(std::move(principal_id), iam_effect::allow, resource);
  }
  /// Forbids it: the caller gets status 403.
  [[nodiscard]] static authorizer_response deny(std::string principal_id, std::string_view resource) {
    return decide(std::move(principal_id), iam_effect::deny, resource);
  }

  [[nodiscard]] static authorizer_response decide(std::string principal_id, iam_effect effect,
                                                  std::string_view resource) {
    authorizer_response response;
    response.principal_id = std::move(principal_id);
    response.policy_document.statement.push_back(
        {.action = {"execute-api:Invoke"}, .effect = effect, .resource = {std::string(resource)}});
    return response;
  }
};

/// The simple reply to an HTTP API with payload format 2.0. If it does not authorize, the caller gets status 403. The
/// context may be any struct; the handler gets it as api_gateway_v2_authorizer::lambda.
///
/// Fields: API Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers"
/// (http-api-lambda-authorizer), response format 2.0.
template <class Context = authorizer_context>
struct authorizer_v2_response {
  bool is_authorized = false;
  std::optional<Context> context;

  using json_naming = camel_case;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
