#include <lambda_proc/serve/batch_size.hpp>

#include <catch2/catch_all.hpp>

#include <chrono>
#include <cstddef>

using lambda_proc::detail::batch_size;
using lambda_proc::detail::line_batch;
using std::chrono::microseconds;

namespace {

/// Batches of lines that take this time each.
std::size_t after_batches(batch_size& size, int count, microseconds each) {
  for (int i = 0; i < count; ++i) {
    const std::size_t lines = size.most_lines();
    size.record(lines, lines * each);
  }
  return size.most_lines();
}

}  // namespace

TEST_CASE("batch_size: starts with one line, and grows while lines are fast", "[batch_size]") {
  batch_size size;
  CHECK(size.most_lines() == 1);
  CHECK(after_batches(size, 1, microseconds(0)) == 2);
  CHECK(after_batches(size, 20, microseconds(0)) == line_batch::max_lines);
}

TEST_CASE("batch_size: does not grow beyond what takes long", "[batch_size]") {
  batch_size size;
  CHECK(after_batches(size, 20, microseconds(10)) == 16);
  CHECK(after_batches(size, 20, microseconds(60)) == 4);
  CHECK(after_batches(size, 20, microseconds(1000)) == 1);
}

TEST_CASE("batch_size: one slow batch is enough to start again", "[batch_size]") {
  batch_size size;
  after_batches(size, 20, microseconds(0));
  size.record(1, microseconds(1000));
  CHECK(size.most_lines() == 1);
}

TEST_CASE("batch_size: a batch that was not full proves nothing", "[batch_size]") {
  batch_size size;
  after_batches(size, 3, microseconds(1));
  REQUIRE(size.most_lines() == 8);
  for (int i = 0; i < 20; ++i) size.record(7, microseconds(7));
  CHECK(size.most_lines() == 8);
}
