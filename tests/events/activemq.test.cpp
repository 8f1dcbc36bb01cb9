#include <lambda_proc/events/activemq.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("activemq: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<activemq_event>("activemq/messages.json").check();
}

TEST_CASE("activemq: a message has its bytes and the broker's times", "[events]") {
  const event_sample<activemq_event> event("activemq/messages.json");
  const auto& message = event->messages.at(0);
  CHECK(message.destination.physical_name == "orders");
  std::string bytes;
  CHECK(*message.data.decode(bytes) == "x");
  CHECK(message.broker_in_time.time.time_since_epoch() == 1767777266104ms);
  CHECK(std::get<std::string_view>(*message.expiration) == "60000");
  CHECK(*message.properties->find("plan") == "gold");
  CHECK(event->messages.at(1).redelivered);
}
