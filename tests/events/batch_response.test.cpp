#include <lambda_proc/events/batch_response.hpp>

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/dynamodb.hpp>
#include <lambda_proc/events/kinesis.hpp>
#include <lambda_proc/events/sqs.hpp>

#include "encoded.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;

namespace {

constexpr std::array<std::string_view, 4> ids{"1", "2", "3", "4"};

sqs_event queue(std::string_view arn) {
  sqs_event event;
  for (const auto id : ids) {
    auto& message = event.records.emplace_back();
    message.message_id = id;
    message.event_source_arn = arn;
  }
  return event;
}

kinesis_event stream() {
  kinesis_event event;
  for (const auto id : ids) event.records.emplace_back().kinesis.sequence_number = id;
  return event;
}

std::vector<std::string_view> failed(const batch_response& response) {
  std::vector<std::string_view> all;
  for (const auto& item : response.batch_item_failures) all.push_back(item.item_identifier);
  return all;
}

using items = std::vector<std::string_view>;
const std::vector<bool> second_and_fourth_fail{true, false, true, false};

}  // namespace

TEST_CASE("batch_response: without failures the list is empty", "[events]") {
  CHECK(encoded(batch_response{}) == R"({"batchItemFailures":[]})");
  CHECK(encoded(make_batch_response(queue("arn:q"), std::vector<bool>{true, true, true, true})) ==
        R"({"batchItemFailures":[]})");
  CHECK(encoded(make_batch_response(sqs_event{}, std::vector<bool>{})) == R"({"batchItemFailures":[]})");
}

TEST_CASE("batch_response: lists the messages from a standard queue that failed", "[events]") {
  const sqs_event event = queue("arn:aws:sqs:eu-central-1:111122223333:orders");
  const auto response = make_batch_response(event, second_and_fourth_fail);
  CHECK(failed(response) == items{"2", "4"});
  CHECK(encoded(response) == R"({"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"4"}]})");
}

TEST_CASE("batch_response: in a FIFO queue all messages after the first failure count as failed", "[events]") {
  const sqs_event event = queue("arn:aws:sqs:eu-central-1:111122223333:orders.fifo");
  CHECK(failed(make_batch_response(event, second_and_fourth_fail)) == items{"2", "3", "4"});
}

TEST_CASE("batch_response: in a stream only the first failure is listed, where the source starts again", "[events]") {
  CHECK(failed(make_batch_response(stream(), second_and_fourth_fail)) == items{"2"});

  dynamodb_event changes;
  for (const auto id : ids) changes.records.emplace_back().dynamodb.sequence_number = id;
  CHECK(failed(make_batch_response(changes, second_and_fourth_fail)) == items{"2"});
}

TEST_CASE("batch_response: a record without a result counts as failed", "[events]") {
  CHECK(failed(make_batch_response(queue("arn:q"), std::vector<bool>{true, false})) == items{"2", "3", "4"});
  CHECK(failed(make_batch_response(stream(), std::vector<bool>{})) == items{"1"});
}

TEST_CASE("batch_response: results may be of type result<T>", "[events]") {
  std::vector<lambda_proc::result<int>> results{1, lambda_proc::failure{"no", "stock"}, 3, 4};
  CHECK(failed(make_batch_response(queue("arn:q"), results)) == items{"2"});
}

TEST_CASE("batch_response: failed records may also be added one by one", "[events]") {
  const sqs_event event = queue("arn:aws:sqs:eu-central-1:111122223333:orders.fifo");
  batch_response response;
  response.fail(event.records[3]);
  CHECK(failed(response) == items{"4"});
  CHECK(!response.fail(event, 1));
  CHECK(failed(response) == items{"4", "2", "3", "4"});
}

TEST_CASE("batch_response: the state of a window is included", "[events]") {
  batch_response response;
  response.state = lambda_proc::raw_json{R"({"A7":4})"};
  CHECK(encoded(response) == R"({"batchItemFailures":[],"state":{"A7":4}})");
}
