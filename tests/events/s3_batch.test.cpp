#include <lambda_proc/events/s3_batch.hpp>

#include "sample.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("s3_batch: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<s3_batch_event>(GENERATE("s3_batch/v1.json", "s3_batch/v2.json")).check();
}

TEST_CASE("s3_batch: a task names an object", "[events]") {
  const event_sample<s3_batch_event> first("s3_batch/v1.json");
  CHECK(first->tasks.at(0).key.decoded() == "2026/Rechnung 1.pdf");
  CHECK(first->tasks.at(0).s3_bucket_arn == "arn:aws:s3:::shop-bills");
  const event_sample<s3_batch_event> second("s3_batch/v2.json");
  CHECK(second->tasks.at(0).s3_bucket == "shop-bills");
  CHECK(*second->job.user_arguments->find("target") == "archive");
}

TEST_CASE("s3_batch: the response names each task and its result", "[events]") {
  const event_sample<s3_batch_event> event("s3_batch/v1.json");
  auto response = s3_batch_response::to(*event);
  response.add(event->tasks[0], s3_batch_result_code::temporary_failure, "try again");
  CHECK(
      encoded(response) ==
      R"({"invocationSchemaVersion":"1.0","treatMissingKeysAs":"PermanentFailure","invocationId":"YXNkbGZqYWRmaiBhc2Rm",)"
      R"("results":[{"taskId":"dGFza2lkZ29lc2hlcmUK","resultCode":"TemporaryFailure","resultString":"try again"}]})");
}
