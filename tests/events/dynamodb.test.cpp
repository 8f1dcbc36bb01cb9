#include <lambda_proc/events/dynamodb.hpp>

#include "sample.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>

using lambda_proc::events::attribute_map;
using lambda_proc::events::attribute_value;
using lambda_proc::events::base64;
using lambda_proc::events::batch_order;
using lambda_proc::events::dynamodb_event;
using lambda_proc::events::dynamodb_record;
using lambda_proc::events::dynamodb_time;
using lambda_proc::events::text_number;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("dynamodb: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<dynamodb_event>(
      GENERATE("dynamodb/changes.json", "dynamodb/types.json", "dynamodb/expired.json", "dynamodb/window.json"))
      .check();
}

TEST_CASE("dynamodb: the members of a record have AWS's values", "[events]") {
  const event_sample<dynamodb_event> event("dynamodb/changes.json");
  REQUIRE(event->records.size() == 3);
  const auto& record = event->records[1];
  CHECK(record.event_id == "00000000000000000000000000000002");
  CHECK(record.event_name == "MODIFY");
  CHECK(record.event_version == "1.1");
  CHECK(record.event_source == "aws:dynamodb");
  CHECK(record.aws_region == "eu-central-1");
  CHECK(record.event_source_arn ==
        "arn:aws:dynamodb:eu-central-1:111122223333:table/prices/stream/2026-01-01T00:00:00.000");
  CHECK(!record.user_identity);
  CHECK(record.dynamodb.approximate_creation_date_time->time.time_since_epoch() == 1767777266s);
  CHECK(*record.dynamodb.keys.find("sku")->get_if<std::string_view>() == "A7");
  CHECK(record.dynamodb.new_image->find("cents")->get_if<text_number>()->as<int>() == 310);
  CHECK(record.dynamodb.old_image->find("cents")->get_if<text_number>()->as<int>() == 300);
  CHECK(record.dynamodb.sequence_number == "4421584500000000017450439002");
  CHECK(record.dynamodb.size_bytes == 26);
  CHECK(record.dynamodb.stream_view_type == "NEW_AND_OLD_IMAGES");
  CHECK(record.item_identifier() == record.dynamodb.sequence_number);
  CHECK(record.order() == batch_order::stream);
  CHECK(!event->window);
  CHECK(!event->state);
}

TEST_CASE("dynamodb: an insertion has no old image, a removal no new image", "[events]") {
  const event_sample<dynamodb_event> event("dynamodb/changes.json");
  CHECK(event->records[0].dynamodb.new_image);
  CHECK(!event->records[0].dynamodb.old_image);
  CHECK(!event->records[2].dynamodb.new_image);
  CHECK(event->records[2].dynamodb.old_image);
}

TEST_CASE("dynamodb: an image may have values of every type", "[events]") {
  const event_sample<dynamodb_event> event("dynamodb/types.json");
  const attribute_map& image = *event->records.at(0).dynamodb.new_image;
  CHECK(*image.find("sku")->get_if<std::string_view>() == "f\xC3\xBCr \"A7\"\n");
  CHECK(image.find("empty")->get_if<std::string_view>()->empty());
  CHECK(image.find("big")->get_if<text_number>()->text == "-12345678901234567890123456789012345678");
  CHECK(image.find("tiny")->get_if<text_number>()->as<double>() == 1.5E-130);
  std::string bytes;
  CHECK(*image.find("bytes")->get_if<base64>()->decode(bytes) == std::string_view("\0\1*A", 4));
  CHECK(*image.find("yes")->get_if<bool>());
  CHECK(!*image.find("no")->get_if<bool>());
  CHECK(image.find("nothing")->is_null());
  CHECK(*image.find("tags")->get_if<attribute_value::string_set>() == attribute_value::string_set{"heavy", "red"});
  CHECK(*image.find("sizes")->get_if<attribute_value::number_set>() == attribute_value::number_set{{"1"}, {"2.50"}});
  CHECK(image.find("seals")->get_if<attribute_value::binary_set>()->size() == 2);
  CHECK(image.find("list")->get_if<attribute_value::list>()->size() == 4);
  const attribute_value* deep = image.find("map")->get_if<attribute_map>()->find("deep");
  CHECK(deep->get_if<attribute_map>()->find("er")->get_if<attribute_value::list>()->at(0).is_null());
}

TEST_CASE("dynamodb: an item whose time to live expired was removed by the service", "[events]") {
  const event_sample<dynamodb_event> event("dynamodb/expired.json");
  const auto& record = event->records.at(0);
  REQUIRE(record.user_identity);
  CHECK(record.user_identity->type == "Service");
  CHECK(record.user_identity->principal_id == "dynamodb.amazonaws.com");
  CHECK(record.dynamodb.approximate_creation_date_time->time.time_since_epoch() == 1767777266s);
}

TEST_CASE("dynamodb: a change in a Kinesis data stream has a finer time, and the table's name", "[events]") {
  const event_sample<dynamodb_record> record("dynamodb/data_stream.json");
  record.check();
  CHECK(record->table_name == "prices");
  CHECK(record->record_format == "application/json");
  CHECK(record->dynamodb.approximate_creation_date_time_precision == "MICROSECOND");
  CHECK(record->dynamodb.approximate_creation_date_time->time.time_since_epoch() == 1767777266103456us);
}

TEST_CASE("dynamodb: a time is read in the unit that its size implies, and written as it was read", "[events]") {
  const auto [text, expected] = GENERATE(table<std::string_view, std::chrono::microseconds>({
      {"1767777266", 1767777266s},
      {"1767777266.5", 1767777266500ms},
      {"1767777266103", 1767777266103ms},
      {"1767777266103456", 1767777266103456us},
      {"0", 0us},
  }));
  const auto time = support::decoded<dynamodb_time>(text);
  CHECK(time.time.time_since_epoch() == expected);
  CHECK(support::encoded(time) == text);
  CHECK(support::decoded<dynamodb_time>("1.767777266E9").time.time_since_epoch() == 1767777266s);
  CHECK(support::decoded<dynamodb_time>("1.767777266103E12").time.time_since_epoch() == 1767777266103ms);
  CHECK(support::why_not<dynamodb_time>("true") == ": expected a time in seconds since 1970, got true");
}

TEST_CASE("dynamodb: a batch of a tumbling window has the window's state", "[events]") {
  const event_sample<dynamodb_event> event("dynamodb/window.json");
  CHECK(!event->records.at(0).dynamodb.approximate_creation_date_time);
  CHECK(event->records.at(0).dynamodb.stream_view_type == "KEYS_ONLY");
  REQUIRE(event->window);
  CHECK(event->window->start.time_since_epoch() == 1767776400s);
  CHECK(event->window->end - event->window->start == 5min);
  CHECK(support::compact(event->state->text()) == R"({"A7":3})");
  CHECK(event->shard_id == "shard-1");
  CHECK(event->event_source_arn->ends_with("2026-01-01T00:00:00.000"));
  CHECK(event->is_final_invoke_for_window == false);
  CHECK(event->is_window_terminated_early == false);
}
