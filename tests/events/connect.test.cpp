#include <lambda_proc/events/connect.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("connect: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<connect_event>("connect/call.json").check();
}

TEST_CASE("connect: a contact has its endpoints, and the function its parameters", "[events]") {
  const event_sample<connect_event> event("connect/call.json");
  CHECK(event->name == "ContactFlowEvent");
  CHECK(event->details.contact_data.customer_endpoint->address == "+12065550100");
  CHECK(event->details.contact_data.queue->name == "orders");
  CHECK(!event->details.contact_data.customer_id);
  CHECK(*event->details.contact_data.attributes.find("plan") == "gold");
  CHECK(*event->details.parameters.find("sku") == "A7");
}
