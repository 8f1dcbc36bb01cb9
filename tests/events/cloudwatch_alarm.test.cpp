#include <lambda_proc/events/cloudwatch_alarm.hpp>

#include "sample.hpp"

#include <chrono>
#include <string_view>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("cloudwatch_alarm: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<cloudwatch_alarm_event>(GENERATE("cloudwatch_alarm/metric.json", "cloudwatch_alarm/composite.json"))
      .check();
}

TEST_CASE("cloudwatch_alarm: a metric alarm has its metrics, a composite one its rule", "[events]") {
  const event_sample<cloudwatch_alarm_event> metric("cloudwatch_alarm/metric.json");
  CHECK(metric->alarm_data.state.value == "ALARM");
  CHECK(metric->alarm_data.previous_state->value == "OK");
  const auto& queries = *metric->alarm_data.configuration.metrics;
  CHECK(queries.at(0).metric_stat->metric.namespace_ == "AWS/Lambda");
  CHECK(*queries.at(0).metric_stat->metric.dimensions->find("FunctionName") == "price");
  CHECK(queries.at(1).return_data);
  const event_sample<cloudwatch_alarm_event> composite("cloudwatch_alarm/composite.json");
  CHECK(composite->alarm_data.configuration.alarm_rule == "ALARM(slow) OR ALARM(failing)");
  CHECK(composite->alarm_data.state.actions_suppressed_by == "WaitPeriod");
}
