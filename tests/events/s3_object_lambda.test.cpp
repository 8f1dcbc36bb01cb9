#include <lambda_proc/events/s3_object_lambda.hpp>

#include "sample.hpp"

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;

TEST_CASE("s3_object_lambda: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<s3_object_lambda_event>(GENERATE("s3_object_lambda/get.json", "s3_object_lambda/head.json",
                                                "s3_object_lambda/list.json", "s3_object_lambda/list_v2.json"))
      .check();
}

TEST_CASE("s3_object_lambda: a request for an object says where to write the response", "[events]") {
  const event_sample<s3_object_lambda_event> event("s3_object_lambda/get.json");
  REQUIRE(event->get_object_context);
  CHECK(event->get_object_context->output_route == "io-euc1-001");
  CHECK(event->get_object_context->output_token == "EXAMPLETOKEN");
  CHECK(event->get_object_context->input_s3_url.starts_with("https://bills-"));
  CHECK(!event->head_object_context);
  CHECK(event->configuration.payload == R"({"redact":true})");
  CHECK(*event->user_request.headers.find("accept-encoding") == "identity");
  CHECK(event->user_identity.session_context->session_issuer->user_name == "clerks");
  CHECK(event->protocol_version == "1.00");
}

TEST_CASE("s3_object_lambda: the kind of request is the context that is present", "[events]") {
  CHECK(event_sample<s3_object_lambda_event>("s3_object_lambda/head.json")->head_object_context);
  CHECK(event_sample<s3_object_lambda_event>("s3_object_lambda/list.json")->list_objects_context);
  const event_sample<s3_object_lambda_event> list("s3_object_lambda/list_v2.json");
  CHECK(list->list_objects_v2_context);
  CHECK(!list->get_object_context);
}

TEST_CASE("s3_object_lambda: a response has the status and what the request asks for", "[events]") {
  CHECK(encoded(s3_object_lambda_response{.list_result_xml = "<ListBucketResult/>"}) ==
        R"({"statusCode":200,"listResultXml":"<ListBucketResult/>"})");
  CHECK(encoded(s3_object_lambda_response{
            .status_code = 404, .error_code = "NoSuchKey", .error_message = "gone", .headers = {{{"ETag", "x"}}}}) ==
        R"({"statusCode":404,"errorCode":"NoSuchKey","errorMessage":"gone","headers":{"ETag":"x"}})");
}
