#include <lambda_proc/events/rabbitmq.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;
using nlohmann::json;

TEST_CASE("rabbitmq: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<rabbitmq_event>("rabbitmq/messages.json").check();
}

TEST_CASE("rabbitmq: messages are listed by queue", "[events]") {
  const event_sample<rabbitmq_event> event("rabbitmq/messages.json");
  REQUIRE(event->rmq_messages_by_queue.size() == 2);
  const auto& message = event->rmq_messages_by_queue.find("orders::/")->at(0);
  CHECK(message.basic_properties.user_id == "svc-7");
  CHECK(message.basic_properties.priority == 34);
  CHECK(json::parse(message.basic_properties.headers->text())["count"] == 10);
  std::string bytes;
  CHECK(*message.data.decode(bytes) == "x");
}
