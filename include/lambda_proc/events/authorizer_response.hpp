#pragma once
// SPDX-License-Identifier: MIT
// What a Lambda authorizer answers API Gateway: an IAM policy, or plainly yes or no.

#include <lambda_proc/json/reflect.hpp>

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
struct iam_statement {
  std::vector<std::string> action;
  iam_effect effect = iam_effect::deny;
  std::vector<std::string> resource;

  using json_naming = pascal_case;
};

struct iam_policy {
  /// The version of the policy language; there is no newer one.
  std::string version = "2012-10-17";
  std::vector<iam_statement> statement;

  using json_naming = pascal_case;
};

/// What an authorizer tells the handler: it comes in the request's context as text, under the authorizer. Objects and
/// arrays can't be sent this way.
using authorizer_context = std::map<std::string, std::variant<bool, std::int64_t, double, std::string>>;

/// The answer with a policy, which every kind of authorizer may give.
///
///     return authorizer_response::allow("user-17", request.method_arn);
///
/// API Gateway may cache the policy for the token: then it decides about other methods too, and a wider resource than
/// the ARN of this one (as "arn:aws:execute-api:*:*:a1b2c3d4e5/prod/*") is what they need.
///
/// Fields: API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer"
/// (api-gateway-lambda-authorizer-output).
struct authorizer_response {
  /// Who the caller is.
  std::string principal_id;
  iam_policy policy_document;
  std::optional<authorizer_context> context;
  /// The key of the usage plan that counts the call, where the API takes its keys from the authorizer.
  std::optional<std::string> usage_identifier_key;

  using json_naming = camel_case;

  /// The caller may invoke `resource`.
  [[nodiscard]] static authorizer_response allow(std::string principal_id, std::string_view resource) {
    return decide(std::move(principal_id), iam_effect::allow, resource);
  }
  /// The caller may not: a 403.
  [[nodiscard]] static authorizer_response deny(std::string principal_id, std::string_view resource) {
    return decide(std::move(principal_id), iam_effect::deny, resource);
  }

  [[nodiscard]] static authorizer_response decide(std::string principal_id, iam_effect effect,
                                                  std::string_view resource) {
    authorizer_response response;
    response.principal_id = std::move(principal_id);
    response.policy_document.statement.push_back({{"execute-api:Invoke"}, effect, {std::string(resource)}});
    return response;
  }
};

/// The simple answer, to an HTTP API with payload format 2.0: no is a 403. Its context may be any struct; the handler
/// gets it as api_gateway_v2_authorizer::lambda.
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
