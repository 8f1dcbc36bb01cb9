#include <lambda_proc/events/documentdb.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("documentdb: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<documentdb_event>("documentdb/changes.json").check();
}

TEST_CASE("documentdb: a change has its collection and its documents", "[events]") {
  const event_sample<documentdb_event> event("documentdb/changes.json");
  const auto& change = event->events.at(0).event;
  CHECK(change.operation_type == "update");
  CHECK(change.ns.coll == "items");
  CHECK(support::compact(change.full_document_before_change->text()) == R"({"sku":"A6"})");
  CHECK(event->events.at(1).event.to->coll == "new");
  CHECK(!event->events.at(1).event.full_document);
}
