#include <lambda_proc/events/s3_object_event.hpp>

#include "sample.hpp"

#include <chrono>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("s3_object_event: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<s3_object_event>(GENERATE("s3_object_event/created.json", "s3_object_event/deleted.json",
                                         "s3_object_event/restored.json", "s3_object_event/moved.json",
                                         "s3_object_event/archived.json"))
      .check();
}

TEST_CASE("s3_object_event: a key is not URL-encoded", "[events]") {
  const event_sample<s3_object_event> event("s3_object_event/created.json");
  CHECK(event->detail.object.key == "2026/Rechnung f\xC3\xBCr K\xC3\xB6ln.pdf");
  CHECK(event->detail.object.size == 7340032);
  CHECK(event->detail.bucket.name == "invoices-example");
  CHECK(event->detail.source_ip_address == "203.0.113.17");
  CHECK(event->detail.reason == "PutObject");
}

TEST_CASE("s3_object_event: deletions, restores and moves have members of their own", "[events]") {
  const event_sample<s3_object_event> deleted("s3_object_event/deleted.json");
  CHECK(deleted->detail.deletion_type == "Delete Marker Created");
  CHECK(!deleted->detail.object.size);
  CHECK(!deleted->detail.object.version_id);
  const event_sample<s3_object_event> restored("s3_object_event/restored.json");
  CHECK(restored->detail.restore_expiry_time->time.time_since_epoch() == 1769904000s);
  CHECK(restored->detail.source_storage_class == "GLACIER");
  CHECK(event_sample<s3_object_event>("s3_object_event/moved.json")->detail.destination_storage_class == "GLACIER");
  CHECK(event_sample<s3_object_event>("s3_object_event/archived.json")->detail.destination_access_tier ==
        "ARCHIVE_ACCESS");
}
