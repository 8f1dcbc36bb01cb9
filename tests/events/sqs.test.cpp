#include <lambda_proc/events/sqs.hpp>

#include <lambda_proc/events/embedded_json.hpp>
#include <lambda_proc/events/s3.hpp>
#include <lambda_proc/events/sns.hpp>

#include "sample.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <catch2/catch_all.hpp>

using lambda_proc::events::batch_order;
using lambda_proc::events::sqs_event;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("sqs: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<sqs_event>(GENERATE("sqs/standard.json", "sqs/fifo.json", "sqs/dead_letter.json", "sqs/s3_in_sns.json"))
      .check();
}

TEST_CASE("sqs: the members of a message have AWS's values", "[events]") {
  const event_sample<sqs_event> event("sqs/standard.json");
  REQUIRE(event->records.size() == 2);
  const auto& first = event->records[0];
  CHECK(first.message_id == "3f1c9a52-6e0b-4d7a-9a41-07c5be2d8f10");
  CHECK(first.receipt_handle == "AQEBzbVv2xkU9cP13f1c9a52");
  CHECK(first.body == R"({"sku":"A7","count":3})");
  CHECK(first.attributes.approximate_receive_count.as<unsigned>() == 1U);
  CHECK(first.attributes.sent_timestamp.time.time_since_epoch() == 1767777266103ms);
  CHECK(first.attributes.sender_id == "AIDAEXAMPLESENDER0001");
  CHECK(first.attributes.approximate_first_receive_timestamp.time.time_since_epoch() == 1767777266110ms);
  CHECK(first.attributes.sequence_number == std::nullopt);
  CHECK(first.attributes.message_group_id == std::nullopt);
  CHECK(first.attributes.message_deduplication_id == std::nullopt);
  CHECK(first.attributes.aws_trace_header == std::nullopt);
  CHECK(first.attributes.dead_letter_queue_source_arn == std::nullopt);
  CHECK(first.md5_of_body == "59c18ecb3174506b159232caa448256f");
  CHECK(first.md5_of_message_attributes == "582c92c5c5b6ac403040a4f3ab3115c9");
  CHECK(first.event_source == "aws:sqs");
  CHECK(first.event_source_arn == "arn:aws:sqs:eu-central-1:111122223333:orders");
  CHECK(first.aws_region == "eu-central-1");
  CHECK(!first.is_fifo());

  const auto& second = event->records[1];
  CHECK(second.body.empty());
  CHECK(second.attributes.approximate_receive_count.as<unsigned>() == 30U);
  CHECK(second.attributes.aws_trace_header == "Root=1-5759e988-bd862e3fe1be46a994272793");
  CHECK(second.message_attributes.empty());
  CHECK(second.md5_of_message_attributes == std::nullopt);
}

TEST_CASE("sqs: message attributes are text, numbers or bytes", "[events]") {
  const event_sample<sqs_event> event("sqs/standard.json");
  const auto& attributes = event->records[0].message_attributes;
  REQUIRE(attributes.size() == 3);
  const auto* priority = attributes.find("priority");
  REQUIRE(priority != nullptr);
  CHECK(priority->data_type == "Number");
  CHECK(priority->string_value == "2");
  CHECK(!priority->binary_value);
  CHECK(priority->string_list_values->empty());
  const auto* seal = attributes.find("seal");
  REQUIRE(seal != nullptr);
  CHECK(seal->data_type == "Binary.sha");
  CHECK(seal->string_value == std::nullopt);
  CHECK(seal->binary_list_values->size() == 2);
  std::string bytes;
  CHECK(*seal->binary_value->decode(bytes) == std::string("\0\xFF\x10", 3));
  const auto* note = attributes.find("note");
  REQUIRE(note != nullptr);
  CHECK(note->string_value == "");
  CHECK(!note->binary_value);
  CHECK(!note->string_list_values);
}

TEST_CASE("sqs: a FIFO queue is recognized by its name", "[events]") {
  const event_sample<sqs_event> event("sqs/fifo.json");
  REQUIRE(event->records.size() == 3);
  for (const auto& message : event->records) {
    CHECK(message.is_fifo());
    CHECK(message.order() == batch_order::queue);
    CHECK(message.item_identifier() == message.message_id);
  }
  CHECK(event->records[0].attributes.sequence_number == "18850000000000000001");
  CHECK(event->records[1].attributes.message_group_id == "b");
  CHECK(event->records[2].attributes.message_deduplication_id->size() == 64);
}

TEST_CASE("sqs: a redriven message names the dead-letter queue", "[events]") {
  const event_sample<sqs_event> event("sqs/dead_letter.json");
  const auto& message = event->records.at(0);
  CHECK(message.attributes.dead_letter_queue_source_arn == "arn:aws:sqs:eu-central-1:111122223333:orders-dead");
  // With fair queueing, messages from a standard queue have a group, too.
  CHECK(message.attributes.message_group_id == "tenant-7");
  CHECK(message.order() == batch_order::none);
}

TEST_CASE("sqs: an S3 event inside an SNS notification inside a body is decoded by embedded_json", "[events]") {
  using namespace lambda_proc::events;
  const event_sample<sqs_event> event("sqs/s3_in_sns.json");
  embedded_json body;
  embedded_json message;
  const auto notification = body.as<sns_notification>(event->records.at(0).body);
  REQUIRE(notification);
  CHECK(notification->type == "Notification");
  CHECK(notification->message_id == "0f3c1d2e-95df-5cb9-9903-4c221d41eb5e");
  CHECK(notification->topic_arn == "arn:aws:sns:eu-central-1:111122223333:uploads");
  CHECK(notification->subject == "Amazon S3 Notification");
  CHECK(notification->timestamp.time.time_since_epoch() == 1767777266512ms);
  CHECK(notification->signature_version == "1");
  CHECK(notification->signature == "RVhBTVBMRQ==");
  CHECK(notification->signing_cert_url->starts_with("https://sns."));
  CHECK(notification->unsubscribe_url.starts_with("https://sns."));
  CHECK(notification->sequence_number == std::nullopt);
  CHECK(!notification->message_attributes);
  const auto upload = message.as<s3_event>(notification->message);
  REQUIRE(upload);
  CHECK(upload->records.at(0).s3.object.key.decoded() == "2026/Rechnung f\xC3\xBCr M&M+1.pdf");

  const auto unsigned_one = body.as<sns_notification>(event->records.at(1).body);
  REQUIRE(unsigned_one);
  CHECK(unsigned_one->message == "plain text \"quoted\"\n");
  CHECK(unsigned_one->subject == std::nullopt);
  CHECK(unsigned_one->signature == std::nullopt);
  CHECK(unsigned_one->sequence_number == "10000000000000003000");
  CHECK(unsigned_one->message_attributes->find("kind")->value == "greeting");
}
