#include <lambda_proc/events/config_rule.hpp>

#include <lambda_proc/events/embedded_json.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("config_rule: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<config_rule_event>("config_rule/change.json").check();
}

namespace {

struct change {
  std::string_view message_type;
  using json_naming = lambda_proc::camel_case;
};

}  // namespace

TEST_CASE("config_rule: what triggered the rule is JSON text", "[events]") {
  const event_sample<config_rule_event> event("config_rule/change.json");
  CHECK(event->config_rule_name == "few");
  embedded_json text;
  CHECK(text.as<change>(event->invoking_event)->message_type == "ConfigurationItemChangeNotification");
}
