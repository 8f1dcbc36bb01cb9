#include <lambda_proc/core/context.hpp>

#include <chrono>

#include <catch2/catch_all.hpp>

using lambda_proc::context;
using std::chrono::milliseconds;
using instant = std::chrono::sys_time<milliseconds>;

namespace {

instant now() { return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now()); }

}  // namespace

TEST_CASE("context: without a deadline the remaining time is the maximum", "[context]") {
  CHECK(context{}.remaining() == milliseconds::max());
}

TEST_CASE("context: the remaining time is the time until the deadline", "[context]") {
  context ctx;
  ctx.deadline = now() + std::chrono::minutes{5};
  CHECK(ctx.remaining() > std::chrono::minutes{4});
  CHECK(ctx.remaining() <= std::chrono::minutes{5});
}

TEST_CASE("context: after the deadline the remaining time is zero", "[context]") {
  context ctx;
  ctx.deadline = now() - std::chrono::seconds{1};
  CHECK(ctx.remaining() == milliseconds::zero());
}

TEST_CASE("context: extreme deadlines do not overflow", "[context]") {
  context ctx;
  ctx.deadline = instant::max();
  CHECK(ctx.remaining() > std::chrono::years{1'000'000});
  ctx.deadline = instant::min();
  CHECK(ctx.remaining() == milliseconds::zero());
}

TEST_CASE("context: the first request of a process is its cold start", "[context]") {
  context ctx;
  CHECK(ctx.cold_start());
  ctx.request_number = 1;
  CHECK_FALSE(ctx.cold_start());
}
