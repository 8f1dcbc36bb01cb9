#include <lambda_proc/events/kafka.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::events::kafka_event;
using lambda_proc::events::kafka_header;
using support::event_sample;
using support::why_not;
using namespace std::chrono_literals;

TEST_CASE("kafka: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<kafka_event>(GENERATE("kafka/msk.json", "kafka/self_managed.json", "kafka/schema_registry.json"))
      .check();
}

TEST_CASE("kafka: the members of a record have AWS's values", "[events]") {
  const event_sample<kafka_event> event("kafka/msk.json");
  CHECK(event->event_source == "aws:kafka");
  CHECK(!event->is_self_managed());
  CHECK(event->event_source_arn ==
        "arn:aws:kafka:eu-central-1:111122223333:cluster/example/751d2973-a626-431c-9d4e-d7975eb44dd7-2");
  CHECK(event->bootstrap_servers ==
        "b-1.example.c1.kafka.eu-central-1.amazonaws.com:9092,b-2.example.c1.kafka.eu-central-1.amazonaws.com:9092");
  REQUIRE(event->records.size() == 2);
  CHECK(event->records.find("orders-4")->empty());
  const auto* records = event->records.find("orders-3");
  REQUIRE(records != nullptr);
  REQUIRE(records->size() == 2);
  const auto& record = records->at(0);
  CHECK(record.topic == "orders");
  CHECK(record.partition == 3);
  CHECK(record.offset == 15);
  CHECK(record.timestamp.time.time_since_epoch() == 1767777266103ms);
  CHECK(record.timestamp_type == "CREATE_TIME");
  std::string bytes;
  CHECK(*record.key->decode(bytes) == "A7");
  CHECK(*record.value->decode(bytes) == R"({"count":3})");
  CHECK(!record.key_schema_metadata);
  CHECK(!record.value_schema_metadata);
}

TEST_CASE("kafka: headers are signed bytes, in order", "[events]") {
  const event_sample<kafka_event> event("kafka/msk.json");
  const auto& headers = *event->records.find("orders-3")->at(0).headers;
  CHECK(headers == std::vector<kafka_header>{{"kind", "f\xC3\xBCr"}, {"bytes", {"\0\xFF\x7F\x80", 4}}, {"kind", ""}});
}

TEST_CASE("kafka: a record may lack key and value", "[events]") {
  const event_sample<kafka_event> event("kafka/msk.json");
  const auto& record = event->records.find("orders-3")->at(1);
  CHECK(record.offset == 9007199254740993);
  CHECK(!record.key);
  CHECK(!record.value);
  CHECK(record.headers->empty());
}

TEST_CASE("kafka: a self-managed cluster has no ARN", "[events]") {
  const event_sample<kafka_event> event("kafka/self_managed.json");
  CHECK(event->is_self_managed());
  CHECK(!event->event_source_arn);
  CHECK(event->bootstrap_servers == "kafka-1.example:9092");
  CHECK(event->records.find("orders-0")->at(0).timestamp_type == "LOG_APPEND_TIME");
}

TEST_CASE("kafka: a schema registry adds metadata", "[events]") {
  const event_sample<kafka_event> event("kafka/schema_registry.json");
  const auto& record = event->records.find("orders-3")->at(0);
  CHECK(record.key_schema_metadata->data_format == "JSON");
  CHECK(record.key_schema_metadata->schema_id == "0f8a9a1c-1111-4222-8333-444455556666");
  CHECK(record.value_schema_metadata->data_format == "AVRO");
  CHECK(record.value_schema_metadata->schema_id == "17");
}

TEST_CASE("kafka: a header's bytes are written as they were read", "[events]") {
  support::json_source source(R"({"a\nb":[-128,-1,0,1,127]})");
  kafka_header header;
  REQUIRE(source.decode_into(header));
  CHECK(header.name == "a\nb");
  CHECK(header.value == std::string_view("\x80\xFF\0\1\x7F", 5));
  CHECK(support::encoded(header) == R"({"a\nb":[-128,-1,0,1,127]})");
}

TEST_CASE("kafka: an invalid header is a failure with its path", "[events]") {
  CHECK(why_not<kafka_header>("{}") == ": expected a header with one name, got one with 0");
  CHECK(why_not<kafka_header>(R"({"a":[],"b":[]})") == ": expected a header with one name, got one with 2");
  CHECK(why_not<kafka_header>(R"({"a":"x"})") == ".a: expected an array, got \"x\"");
  CHECK(why_not<kafka_header>(R"({"a":[1,128]})") == ".a[1]: expected an integer from -128 to 127, got 128");
}
