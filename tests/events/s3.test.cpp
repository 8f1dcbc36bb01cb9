#include <lambda_proc/events/s3.hpp>

#include "sample.hpp"

#include <chrono>
#include <optional>

#include <catch2/catch_all.hpp>

using lambda_proc::events::s3_event;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("s3: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<s3_event>(
      GENERATE("s3/put.json", "s3/delete.json", "s3/restore.json", "s3/replication.json", "s3/transitions.json"))
      .check();
}

TEST_CASE("s3: the members of a record have AWS's values", "[events]") {
  const event_sample<s3_event> event("s3/put.json");
  CHECK(!event->is_test());
  REQUIRE(event->records.size() == 1);
  const auto& record = event->records[0];
  CHECK(record.event_version == "2.1");
  CHECK(record.event_source == "aws:s3");
  CHECK(record.aws_region == "eu-central-1");
  CHECK(record.event_time.time.time_since_epoch() == 1767777266103ms);
  CHECK(record.event_name == "ObjectCreated:Put");
  CHECK(record.user_identity.principal_id == "AWS:AIDAEXAMPLESENDER0001");
  CHECK(record.request_parameters.source_ip_address == "203.0.113.17");
  CHECK(record.response_elements.x_amz_request_id == "C3D13FE58DE4C810");
  CHECK(record.response_elements.x_amz_id_2 == "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD");
  CHECK(record.s3.s3_schema_version == "1.0");
  CHECK(record.s3.configuration_id == "new-invoices");
  CHECK(record.s3.bucket.name == "invoices-example");
  CHECK(record.s3.bucket.owner_identity.principal_id == "A3NL1KOZZKExample");
  CHECK(record.s3.bucket.arn == "arn:aws:s3:::invoices-example");
  CHECK(record.s3.object.key.encoded == "2026/Rechnung+f%C3%BCr+M%26M%2B1.pdf");
  CHECK(record.s3.object.key.decoded() == "2026/Rechnung f\xC3\xBCr M&M+1.pdf");
  CHECK(record.s3.object.size == 1024U);
  CHECK(record.s3.object.e_tag == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(record.s3.object.version_id == "096fKKXTRTtl3on89fVO.nfljtsv6qko");
  CHECK(record.s3.object.sequencer == "0055AED6DCD90281E5");
  CHECK(!record.glacier_event_data);
  CHECK(!record.replication_event_data);
  CHECK(!record.intelligent_tiering_event_data);
  CHECK(!record.lifecycle_event_data);
}

TEST_CASE("s3: a deletion has no size, and may have no ETag", "[events]") {
  const event_sample<s3_event> event("s3/delete.json");
  REQUIRE(event->records.size() == 2);
  CHECK(event->records[0].event_name == "ObjectRemoved:Delete");
  CHECK(event->records[0].s3.object.size == std::nullopt);
  CHECK(event->records[0].s3.object.e_tag == std::nullopt);
  CHECK(event->records[0].s3.object.version_id == std::nullopt);
  CHECK(event->records[1].s3.object.e_tag == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(event->records[1].s3.object.version_id == std::nullopt);
}

TEST_CASE("s3: the test message has no records", "[events]") {
  const event_sample<s3_event> event("s3/test_event.json");
  CHECK(event.unknown_keys().empty());
  CHECK(event->is_test());
  CHECK(event->records.empty());
  CHECK(event->service == "Amazon S3");
  CHECK(event->event == "s3:TestEvent");
  CHECK(event->time->time.time_since_epoch() == 1767776400s);
  CHECK(event->bucket == "invoices-example");
  CHECK(event->request_id == "5582815E1AEA5ADF");
  CHECK(event->host_id->starts_with("8cLeGAmw098X5cv4"));
}

TEST_CASE("s3: restore, replication and lifecycle events have members of their own", "[events]") {
  const event_sample<s3_event> restored("s3/restore.json");
  const auto& restore = restored->records.at(0).glacier_event_data->restore_event_data;
  CHECK(restore.lifecycle_restoration_expiry_time.time.time_since_epoch() == 1769904000s);
  CHECK(restore.lifecycle_restore_storage_class == "GLACIER");

  const event_sample<s3_event> replicated("s3/replication.json");
  const auto& failed = *replicated->records.at(0).replication_event_data;
  CHECK(failed.replication_rule_id == "copy-everything");
  CHECK(failed.destination_bucket == "arn:aws:s3:::copies-example");
  CHECK(failed.s3_operation == "OBJECT_PUT");
  CHECK(failed.request_time.time.time_since_epoch() == 1767777260s);
  CHECK(failed.failure_reason == "AssumeRoleNotPermitted");
  CHECK(failed.threshold == std::nullopt);
  CHECK(failed.replication_time == std::nullopt);
  const auto& late = *replicated->records.at(1).replication_event_data;
  CHECK(late.failure_reason == std::nullopt);
  CHECK(late.threshold == "15");
  CHECK(late.replication_time == "37");

  const event_sample<s3_event> moved("s3/transitions.json");
  CHECK(moved->records.at(0).lifecycle_event_data->transition_event_data.destination_storage_class == "GLACIER");
  CHECK(moved->records.at(1).intelligent_tiering_event_data->destination_access_tier == "ARCHIVE_ACCESS");
}
