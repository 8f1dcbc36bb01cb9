#include <lambda_proc/events/cloudwatch_logs.hpp>

#include <lambda_proc/events/embedded_json.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::events::cloudwatch_logs_data;
using lambda_proc::events::cloudwatch_logs_event;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("cloudwatch_logs: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<cloudwatch_logs_event>("cloudwatch_logs/event.json").check();
  event_sample<cloudwatch_logs_data>(GENERATE("cloudwatch_logs/data.json", "cloudwatch_logs/control.json")).check();
}

TEST_CASE("cloudwatch_logs: the event is the base64 of a gzip", "[events]") {
  const event_sample<cloudwatch_logs_event> event("cloudwatch_logs/event.json");
  std::string bytes;
  REQUIRE(event->awslogs.data.decode(bytes));
  CHECK(bytes.starts_with("\x1F\x8B"));
}

TEST_CASE("cloudwatch_logs: the members of the decompressed document have AWS's values", "[events]") {
  lambda_proc::events::embedded_json unpacked;
  const auto data =
      unpacked.as<cloudwatch_logs_data>(support::file_text(LAMBDA_PROC_TEST_EVENTS "/cloudwatch_logs/data.json"));
  REQUIRE(data);
  CHECK(data->message_type == "DATA_MESSAGE");
  CHECK(!data->is_control_message());
  CHECK(data->owner == "111122223333");
  CHECK(data->log_group == "/aws/lambda/price");
  CHECK(data->log_stream == "2026/01/07/[$LATEST]0f1e");
  CHECK(data->subscription_filters == std::vector<std::string_view>{"errors"});
  CHECK(data->policy_level == "ACCOUNT_LEVEL_POLICY");
  REQUIRE(data->log_events.size() == 2);
  CHECK(data->log_events[0].id == "35689506483405951846");
  CHECK(data->log_events[0].timestamp.time.time_since_epoch() == 1767777266103ms);
  CHECK(data->log_events[0].message == "ERROR no such sku\n");
  CHECK(*data->log_events[0].extracted_fields->find("level") == "ERROR");
  CHECK(data->log_events[1].message.empty());
  CHECK(!data->log_events[1].extracted_fields);
}

TEST_CASE("cloudwatch_logs: a control message has its own type", "[events]") {
  const event_sample<cloudwatch_logs_data> data("cloudwatch_logs/control.json");
  CHECK(data->is_control_message());
  CHECK(data->subscription_filters.empty());
  CHECK(!data->policy_level);
}
