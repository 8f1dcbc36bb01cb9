#include <lambda_proc/events/firehose.hpp>

#include "sample.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include <catch2/catch_all.hpp>

using lambda_proc::events::firehose_event;
using lambda_proc::events::firehose_metadata;
using lambda_proc::events::firehose_response;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("firehose: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<firehose_event>(
      GENERATE("firehose/direct_put.json", "firehose/from_kinesis.json", "firehose/from_msk.json"))
      .check();
}

TEST_CASE("firehose: the members of a record have AWS's values", "[events]") {
  const event_sample<firehose_event> event("firehose/direct_put.json");
  CHECK(event->invocation_id == "2c1f0a36-9a63-4a52-8b7e-2c3d4e5f6071");
  CHECK(event->delivery_stream_arn == "arn:aws:firehose:eu-central-1:111122223333:deliverystream/clicks");
  CHECK(!event->source_kinesis_stream_arn);
  CHECK(event->region == "eu-central-1");
  REQUIRE(event->records.size() == 2);
  const auto& record = event->records[0];
  CHECK(record.record_id == "49546986683135544286507457936321625675700192471156785151000000");
  CHECK(record.approximate_arrival_timestamp.time.time_since_epoch() == 1767777266103ms);
  std::string bytes;
  CHECK(*record.data.decode(bytes) == "{\"page\":\"/\"}\n");
  CHECK(!record.kinesis_record_metadata);
  CHECK(event->records[1].data.empty());
}

TEST_CASE("firehose: a record from a Kinesis stream has its position there", "[events]") {
  const event_sample<firehose_event> event("firehose/from_kinesis.json");
  CHECK(event->source_kinesis_stream_arn == "arn:aws:kinesis:eu-central-1:111122223333:stream/clicks");
  const auto& metadata = *event->records.at(0).kinesis_record_metadata;
  CHECK(metadata.shard_id == "shardId-000000000000");
  CHECK(metadata.partition_key == "4d1ad2b9");
  CHECK(metadata.approximate_arrival_timestamp.time.time_since_epoch() == 1767777266100ms);
  CHECK(metadata.sequence_number == "49546986683135544286507457936321625675700192471156785153");
  CHECK(std::get<std::string_view>(*metadata.subsequence_number).empty());
  CHECK(std::get<std::int64_t>(*event->records.at(1).kinesis_record_metadata->subsequence_number) == 12);
}

TEST_CASE("firehose: a record from an MSK cluster has its bytes under another name, and so has its response",
          "[events]") {
  const event_sample<firehose_event> event("firehose/from_msk.json");
  CHECK(event->source_msk_arn == "arn:aws:kafka:eu-central-1:111122223333:cluster/example/751d2973-2");
  const auto& record = event->records.at(0);
  CHECK(record.data.empty());
  CHECK(record.bytes().text() == "eA==");
  CHECK(record.msk_record_metadata->offset == "15");
  CHECK(record.msk_record_metadata->partition_id == "1");
  CHECK(record.msk_record_metadata->approximate_arrival_timestamp.time.time_since_epoch() == 1767777266100ms);
  firehose_response response;
  response.ok(record, "y");
  response.dropped(record);
  CHECK(support::encoded(response) == R"({"records":[{"recordId":"0001","result":"Ok","kafkaRecordValue":"eQ=="},)"
                                      R"({"recordId":"0001","result":"Dropped","kafkaRecordValue":"eA=="}]})");
}

TEST_CASE("firehose: the response has the outcome for every record", "[events]") {
  const event_sample<firehose_event> event("firehose/direct_put.json");
  firehose_response response;
  response.ok(event->records[0], std::string_view("\0\xFFz", 3)).metadata = firehose_metadata{{{"page", "/"}}};
  response.ok(event->records[1], "");
  response.dropped(event->records[0]);
  response.processing_failed(event->records[0]);
  CHECK(support::encoded(response) ==
        R"({"records":[)"
        R"({"recordId":"49546986683135544286507457936321625675700192471156785151000000","result":"Ok","data":"AP96",)"
        R"("metadata":{"partitionKeys":{"page":"/"}}},)"
        R"({"recordId":"49546986683135544286507457936321625675700192471156785152000000","result":"Ok","data":""},)"
        R"({"recordId":"49546986683135544286507457936321625675700192471156785151000000","result":"Dropped",)"
        R"("data":"eyJwYWdlIjoiLyJ9Cg=="},)"
        R"({"recordId":"49546986683135544286507457936321625675700192471156785151000000","result":"ProcessingFailed",)"
        R"("data":"eyJwYWdlIjoiLyJ9Cg=="}]})");
}
