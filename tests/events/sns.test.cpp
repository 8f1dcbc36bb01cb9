#include <lambda_proc/events/sns.hpp>

#include <lambda_proc/events/embedded_json.hpp>
#include <lambda_proc/events/s3.hpp>

#include "sample.hpp"

#include <chrono>
#include <optional>

#include <catch2/catch_all.hpp>

using lambda_proc::events::sns_event;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("sns: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<sns_event>(
      GENERATE("sns/no_subject.json", "sns/attributes.json", "sns/s3_message.json", "sns/capital_urls.json"))
      .check();
}

TEST_CASE("sns: the URLs may have capitals in their names, and there may be no attributes", "[events]") {
  const event_sample<sns_event> event("sns/capital_urls.json");
  const auto& message = event->records.at(0).sns;
  CHECK(message.signing_cert_url == "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0000.pem");
  CHECK(message.unsubscribe_url == "https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe");
  CHECK(message.message_attributes.empty());
}

TEST_CASE("sns: the members of a record have AWS's values", "[events]") {
  const event_sample<sns_event> event("sns/no_subject.json");
  REQUIRE(event->records.size() == 1);
  const auto& record = event->records[0];
  CHECK(record.event_source == "aws:sns");
  CHECK(record.event_version == "1.0");
  CHECK(record.event_subscription_arn ==
        "arn:aws:sns:eu-central-1:111122223333:prices:21be56ed-a058-49f5-8c98-aedd2564c486");
  CHECK(record.sns.type == "Notification");
  CHECK(record.sns.message_id == "95df01b4-ee98-5cb9-9903-4c221d41eb5e");
  CHECK(record.sns.topic_arn == "arn:aws:sns:eu-central-1:111122223333:prices");
  CHECK(record.sns.subject == std::nullopt);
  CHECK(record.sns.message == "up");
  CHECK(record.sns.timestamp.time.time_since_epoch() == 1767777266123ms);
  CHECK(record.sns.signature_version == "1");
  CHECK(record.sns.signature == "RVhBTVBMRQ==");
  CHECK(record.sns.signing_cert_url == "https://sns.example/cert.pem");
  CHECK(record.sns.unsubscribe_url == "https://sns.example/?Action=Unsubscribe");
  CHECK(record.sns.message_attributes.empty());
}

TEST_CASE("sns: message attributes have a type and a text", "[events]") {
  const event_sample<sns_event> event("sns/attributes.json");
  const auto& message = event->records.at(0).sns;
  CHECK(message.subject == "Prices");
  REQUIRE(message.message_attributes.size() == 3);
  CHECK(message.message_attributes.find("unit")->type == "String");
  CHECK(message.message_attributes.find("unit")->value == "cent");
  CHECK(message.message_attributes.find("seal")->type == "Binary");
  CHECK(message.message_attributes.find("seal")->value == "AP8=");
  CHECK(message.message_attributes.find("shops")->type == "String.Array");
}

TEST_CASE("sns: an S3 event inside a message is decoded by embedded_json", "[events]") {
  const event_sample<sns_event> event("sns/s3_message.json");
  lambda_proc::events::embedded_json message;
  const auto upload = message.as<lambda_proc::events::s3_event>(event->records.at(0).sns.message);
  REQUIRE(upload);
  CHECK(upload->records.at(0).event_name == "ObjectCreated:Put");
}
