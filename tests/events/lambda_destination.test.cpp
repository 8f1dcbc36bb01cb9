#include <lambda_proc/events/lambda_destination.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("lambda_destination: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<lambda_destination_event<>>(
      GENERATE("lambda_destination/failure.json", "lambda_destination/success.json", "lambda_destination/stream.json",
               "lambda_destination/kafka.json", "lambda_destination/kafka_topic.json"))
      .check();
}

namespace {

struct problem {
  std::string error_message;
  std::string error_type;
  using json_naming = lambda_proc::camel_case;
};

}  // namespace

TEST_CASE("lambda_destination: a record has the event and the reply, which may be structs", "[events]") {
  const event_sample<lambda_destination_event<lambda_proc::raw_json, problem>> record(
      "lambda_destination/failure.json");
  CHECK(record->request_context.condition == "RetriesExhausted");
  CHECK(record->response_context->function_error == "Unhandled");
  CHECK(record->response_payload->error_type == "not_found");
  CHECK(support::compact(record->request_payload->text()) == R"({"sku":"A7"})");
}

TEST_CASE("lambda_destination: the record of a stream says which records were given up", "[events]") {
  const event_sample<lambda_destination_event<>> record("lambda_destination/stream.json");
  CHECK(record->kinesis_batch_info->batch_size == 500);
  CHECK(!record->request_payload);
}

TEST_CASE("lambda_destination: the record of Kafka has the offsets of each partition, or of the one record",
          "[events]") {
  const event_sample<lambda_destination_event<>> queue("lambda_destination/kafka.json");
  CHECK(!queue->response_context);
  const auto* partition = queue->kafka_batch_info->records_info->find("orders-0");
  REQUIRE(partition != nullptr);
  CHECK(partition->last_record_offset == "5459");
  CHECK(partition->last_record_timestamp.time - partition->first_record_timestamp.time == 4745ms);
  const event_sample<lambda_destination_event<>> topic("lambda_destination/kafka_topic.json");
  CHECK(topic->kafka_batch_info->record_info->offset == "4960");
  CHECK(support::compact(topic->payload->text()).find("\"eventSource\":\"aws:kafka\"") != std::string::npos);
}
