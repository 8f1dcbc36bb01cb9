#include <lambda_proc/events/kinesis.hpp>

#include "sample.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>

using lambda_proc::events::batch_order;
using lambda_proc::events::kinesis_event;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("kinesis: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<kinesis_event>(GENERATE("kinesis/records.json", "kinesis/window.json")).check();
}

TEST_CASE("kinesis: the members of a record have AWS's values", "[events]") {
  const event_sample<kinesis_event> event("kinesis/records.json");
  REQUIRE(event->records.size() == 3);
  const auto& record = event->records[0];
  CHECK(record.kinesis.kinesis_schema_version == "1.0");
  CHECK(record.kinesis.partition_key == "meter-1");
  CHECK(record.kinesis.sequence_number == "49590338271490256608559692538361571095921575989136580001");
  CHECK(record.kinesis.data.text() == "SGVsbG8sIHdvcmxk");
  CHECK(record.kinesis.approximate_arrival_timestamp.time.time_since_epoch() == 1767777266103ms);
  CHECK(record.kinesis.encryption_type == std::nullopt);
  CHECK(record.event_source == "aws:kinesis");
  CHECK(record.event_version == "1.0");
  CHECK(record.event_id == "shardId-000000000006:49590338271490256608559692538361571095921575989136580001");
  CHECK(record.event_name == "aws:kinesis:record");
  CHECK(record.invoke_identity_arn == "arn:aws:iam::111122223333:role/reader");
  CHECK(record.aws_region == "eu-central-1");
  CHECK(record.event_source_arn == "arn:aws:kinesis:eu-central-1:111122223333:stream/meters");
  CHECK(record.item_identifier() == record.kinesis.sequence_number);
  CHECK(record.order() == batch_order::stream);
}

TEST_CASE("kinesis: data is bytes, and times may have milliseconds", "[events]") {
  const event_sample<kinesis_event> event("kinesis/records.json");
  std::string bytes;
  CHECK(*event->records[0].kinesis.data.decode(bytes) == "Hello, world");
  CHECK(*event->records[1].kinesis.data.decode(bytes) == std::string_view("\0\xFF\x7F", 3));
  CHECK(event->records[1].kinesis.encryption_type == "KMS");
  CHECK(event->records[1].kinesis.approximate_arrival_timestamp.time.time_since_epoch() == 1767777267s);
  CHECK(event->records[2].kinesis.data.empty());
  CHECK(event->records[2].kinesis.approximate_arrival_timestamp.time.time_since_epoch() == 1559320290838ms);
}

TEST_CASE("kinesis: a tumbling window may end without records", "[events]") {
  const event_sample<kinesis_event> event("kinesis/window.json");
  CHECK(event->records.empty());
  REQUIRE(event->window);
  CHECK(event->window->end - event->window->start == 5min);
  CHECK(support::compact(event->state->text()) == R"({"A7":3})");
  CHECK(event->shard_id == "shardId-000000000006");
  CHECK(event->event_source_arn == "arn:aws:kinesis:eu-central-1:111122223333:stream/meters");
  CHECK(event->is_final_invoke_for_window == true);
  CHECK(event->is_window_terminated_early == false);
}
