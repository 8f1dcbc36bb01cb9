#include <lambda_proc/events/eventbridge.hpp>

#include "sample.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::events::eventbridge_event;
using lambda_proc::events::scheduled_event;
using support::event_sample;
using namespace std::chrono_literals;

namespace order_event {

struct placed {
  std::string_view sku;
  std::uint32_t count;
  std::vector<int> lines;

  using json_missing = lambda_proc::leave_empty;
};

struct strict {
  std::string_view sku;
};

}  // namespace order_event

TEST_CASE("eventbridge: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<eventbridge_event<>>(GENERATE("eventbridge/custom.json", "eventbridge/replayed.json",
                                             "eventbridge/scheduled.json", "eventbridge/scheduler.json",
                                             "eventbridge/fraction.json"))
      .check();
}

TEST_CASE("eventbridge: the members of an event have AWS's values", "[events]") {
  const event_sample<eventbridge_event<>> event("eventbridge/custom.json");
  CHECK(event->version == "0");
  CHECK(event->id == "6a7e8feb-b491-4cf7-a9f1-bf3703467718");
  CHECK(event->detail_type == "order placed");
  CHECK(event->source == "shop.example");
  CHECK(event->account == "111122223333");
  CHECK(event->time.time.time_since_epoch() == 1767777266s);
  CHECK(event->region == "eu-central-1");
  CHECK(event->resources.empty());
  CHECK(event->replay_name == std::nullopt);
  CHECK(support::compact(event->detail.text()) == R"({"count":3,"lines":[1,2],"sku":"A7"})");
}

TEST_CASE("eventbridge: version and detail may be missing, unless the detail has a required member", "[events]") {
  constexpr std::string_view text = R"({"detail-type":"order placed","source":"shop.example"})";
  support::json_source source(text);
  eventbridge_event<> event;
  REQUIRE(source.decode_into(event));
  CHECK(event.version.empty());
  CHECK(event.detail.text().empty());
  CHECK(support::encoded(scheduled_event{}).find(R"("detail":null)") != std::string::npos);
  CHECK(support::why_not<eventbridge_event<order_event::strict>>(text) == ".detail: missing");
  CHECK(support::why_not<eventbridge_event<>>("{}") == ".detail-type: missing");
}

TEST_CASE("eventbridge: the detail may be a struct", "[events]") {
  const event_sample<eventbridge_event<order_event::placed>> event("eventbridge/custom.json");
  event.check();
  CHECK(event->detail.sku == "A7");
  CHECK(event->detail.count == 3);
  CHECK(event->detail.lines == std::vector{1, 2});
}

TEST_CASE("eventbridge: a replayed event has the name of the replay", "[events]") {
  const event_sample<eventbridge_event<>> event("eventbridge/replayed.json");
  CHECK(event->replay_name == "replay-of-january");
}

TEST_CASE("eventbridge: a schedule's detail is an object or a string", "[events]") {
  const event_sample<scheduled_event> rule("eventbridge/scheduled.json");
  rule.check_nothing_is_lost();
  CHECK(rule->detail.json.text() == "{}");
  CHECK(rule->resources ==
        std::vector<std::string_view>{"arn:aws:events:eu-central-1:111122223333:rule/every-morning"});

  const event_sample<scheduled_event> scheduler("eventbridge/scheduler.json");
  scheduler.check_nothing_is_lost();
  CHECK(scheduler->detail.json.text() == "\"{}\"");
  CHECK(scheduler->source == "aws.scheduler");
}
