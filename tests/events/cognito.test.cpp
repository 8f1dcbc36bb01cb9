#include <lambda_proc/events/cognito.hpp>

#include "sample.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using namespace lambda_proc::events;
using nlohmann::json;
using support::encoded;
using support::event_sample;

TEST_CASE("cognito: every trigger's sample is known in full", "[events]") {
  event_sample<cognito_pre_sign_up>("cognito/pre_sign_up.json").check();
  event_sample<cognito_post_confirmation>("cognito/post_confirmation.json").check();
  event_sample<cognito_pre_authentication>("cognito/pre_authentication.json").check();
  event_sample<cognito_post_authentication>("cognito/post_authentication.json").check();
  event_sample<cognito_pre_token_generation>("cognito/pre_token_generation.json").check();
  event_sample<cognito_pre_token_generation>("cognito/pre_token_generation_v2.json").check();
  event_sample<cognito_pre_token_generation>("cognito/pre_token_generation_m2m.json").check();
  event_sample<cognito_pre_token_generation>("cognito/pre_token_generation_answered.json").check();
  event_sample<cognito_migrate_user>("cognito/migrate_user.json").check();
  event_sample<cognito_custom_message>("cognito/custom_message.json").check();
  event_sample<cognito_define_auth_challenge>("cognito/define_auth_challenge.json").check();
  event_sample<cognito_create_auth_challenge>("cognito/create_auth_challenge.json").check();
  event_sample<cognito_verify_auth_challenge>("cognito/verify_auth_challenge.json").check();
  event_sample<cognito_custom_email_sender>("cognito/custom_email_sender.json").check();
  event_sample<cognito_custom_sms_sender>("cognito/custom_sms_sender.json").check();
}

TEST_CASE("cognito: the common members have AWS's values", "[events]") {
  const event_sample<cognito_event<>> event("cognito/pre_sign_up.json");
  CHECK(event->version == "1");
  CHECK(event->trigger_source == "PreSignUp_SignUp");
  CHECK(event->region == "eu-central-1");
  CHECK(event->user_pool_id == "eu-central-1_Example01");
  CHECK(event->user_name == "svc-7");
  CHECK(event->caller_context.aws_sdk_version == "aws-sdk-unknown-unknown");
  CHECK(event->caller_context.client_id == "1example23456789");
  CHECK(json::parse(event->request.text())["clientMetadata"] == json{{"campaign", "spring"}});
  CHECK(json::parse(event->response.text())["autoConfirmUser"] == false);
}

TEST_CASE("cognito: an account takeover notice has no response, and nulls in callerContext", "[events]") {
  const event_sample<cognito_custom_email_sender> event("cognito/takeover_notice.json");
  event.check();
  CHECK(event->trigger_source == "CustomEmailSender_AccountTakeOverNotification");
  CHECK(event->caller_context.aws_sdk_version.empty());
  CHECK(event->caller_context.client_id.empty());
  CHECK(event->request.type == "customEmailSenderRequestV1");
  CHECK(*event->request.user_attributes.find("email_verified") == "true");
  CHECK(*event->request.user_attributes.find("custom:level") == "3");
  const event_sample<cognito_event<>> raw("cognito/takeover_notice.json");
  CHECK(raw->response.text().empty());
}

TEST_CASE("cognito: a federated user has what the provider said, and gets the attributes in the response", "[events]") {
  const event_sample<cognito_inbound_federation> event("cognito/inbound_federation.json");
  event.check();
  CHECK(event->request.provider_type == "OIDC");
  CHECK(json::parse(event->request.attributes.user_info->text())["email"] == "inbox@example.com");
  CHECK(!event->request.attributes.saml_response);
  CHECK(event->response.user_attributes_to_map.at("email") == "inbox@example.com");
}

TEST_CASE("cognito: the reply is the event with the response filled in", "[events]") {
  const event_sample<cognito_pre_sign_up> event("cognito/pre_sign_up.json");
  cognito_pre_sign_up answer = *event;
  answer.response.auto_confirm_user = true;
  json expected = json::parse(support::file_text(LAMBDA_PROC_TEST_EVENTS "/cognito/pre_sign_up.json"));
  expected["request"].erase("validationData");  // was null
  expected["response"]["autoConfirmUser"] = true;
  CHECK(json::parse(encoded(answer)) == expected);
}

TEST_CASE("cognito: requests have the members of their trigger", "[events]") {
  const event_sample<cognito_pre_sign_up> sign_up("cognito/pre_sign_up.json");
  CHECK(*sign_up->request.user_attributes.find("email") == "inbox@example.com");
  CHECK(!sign_up->request.validation_data);
  CHECK(*sign_up->request.client_metadata->find("campaign") == "spring");

  const event_sample<cognito_pre_authentication> before("cognito/pre_authentication.json");
  CHECK(*before->request.validation_data->find("k1") == "v1");
  CHECK(before->request.user_not_found == false);

  const event_sample<cognito_post_authentication> after("cognito/post_authentication.json");
  CHECK(after->request.new_device_used == true);

  const event_sample<cognito_custom_message> message("cognito/custom_message.json");
  CHECK(message->request.code_parameter == "{####}");
  CHECK(message->request.link_parameter == "{##Click Here##}");
  CHECK(message->request.username_parameter == "{username}");

  const event_sample<cognito_custom_email_sender> mail("cognito/custom_email_sender.json");
  CHECK(mail->request.type == "customEmailSenderRequestV1");
  CHECK(mail->request.code == "AYADeEXAMPLE==");
  const event_sample<cognito_custom_sms_sender> sms("cognito/custom_sms_sender.json");
  CHECK(sms->request.type == "customSMSSenderRequestV1");
  CHECK(!sms->request.code);
}

TEST_CASE("cognito: groups, scopes and claims of tokens can be changed", "[events]") {
  const event_sample<cognito_pre_token_generation> first("cognito/pre_token_generation.json");
  CHECK(first->request.group_configuration.groups_to_override == std::vector<std::string>{"staff"});
  CHECK(first->request.group_configuration.iam_roles_to_override->size() == 1);
  CHECK(!first->request.group_configuration.preferred_role);
  CHECK(!first->request.scopes);

  const event_sample<cognito_pre_token_generation> second("cognito/pre_token_generation_v2.json");
  CHECK(second->version == "2");
  CHECK(second->request.scopes == std::vector<std::string_view>{"openid", "email"});
  CHECK(second->request.group_configuration.preferred_role == "arn:aws:iam::111122223333:role/staff");

  const event_sample<cognito_pre_token_generation> machine("cognito/pre_token_generation_m2m.json");
  CHECK(!machine->user_name);

  cognito_pre_token_generation_response response;
  response.claims_and_scope_override_details.emplace().access_token_generation.emplace();
  auto& token = *response.claims_and_scope_override_details->access_token_generation;
  token.scopes_to_add = {"orders/read"};
  token.claims_to_add_or_override.emplace()["levels"] = lambda_proc::raw_json{"[1,2]"};
  CHECK(encoded(response) == R"({"claimsAndScopeOverrideDetails":{"accessTokenGeneration":{)"
                             R"("claimsToAddOrOverride":{"levels":[1,2]},"scopesToAdd":["orders/read"]}}})");
}

TEST_CASE("cognito: a custom authentication defines, creates and verifies challenges", "[events]") {
  const event_sample<cognito_define_auth_challenge> define("cognito/define_auth_challenge.json");
  REQUIRE(define->request.session.size() == 2);
  CHECK(define->request.session[0].challenge_name == "SRP_A");
  CHECK(define->request.session[0].challenge_result);
  CHECK(!define->request.session[0].challenge_metadata);
  CHECK(define->request.session[1].challenge_metadata == "CAPTCHA");
  CHECK(define->request.user_not_found == false);
  CHECK(!define->response.issue_tokens);

  const event_sample<cognito_create_auth_challenge> create("cognito/create_auth_challenge.json");
  CHECK(create->request.challenge_name == "CUSTOM_CHALLENGE");
  CHECK(create->request.session->size() == 2);
  CHECK(create->response.private_challenge_parameters == std::map<std::string, std::string>{{"answer", "5"}});
  CHECK(create->response.challenge_metadata == "CAPTCHA");

  const event_sample<cognito_verify_auth_challenge> verify("cognito/verify_auth_challenge.json");
  CHECK(*verify->request.private_challenge_parameters->find("answer") == "5");
  CHECK(verify->request.challenge_answer == "5");
  CHECK(verify->request.user_not_found == true);
}

TEST_CASE("cognito: a migrated user gets attributes", "[events]") {
  const event_sample<cognito_migrate_user> event("cognito/migrate_user.json");
  CHECK(event->request.password == "correct horse");
  CHECK(event->response.user_attributes == std::map<std::string, std::string>{{"email", "inbox@example.com"}});
  CHECK(event->response.final_user_status == "CONFIRMED");
  CHECK(event->response.message_action == "SUPPRESS");
  CHECK(event->response.desired_delivery_mediums == std::vector<std::string>{"EMAIL"});
  CHECK(event->response.force_alias_creation == false);
  CHECK(!event->response.enable_sms_mfa);
  cognito_migrate_user_response response;
  response.enable_sms_mfa = true;
  CHECK(encoded(response) == R"({"enableSMSMFA":true})");
}
