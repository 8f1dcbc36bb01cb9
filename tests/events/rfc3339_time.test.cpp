#include <lambda_proc/events/rfc3339_time.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <chrono>
#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>

using lambda_proc::events::rfc3339_time;
using support::decoded;
using support::encoded;
using support::why_not;
using namespace std::chrono_literals;

namespace {

std::chrono::nanoseconds since_1970(std::string_view text) {
  const std::chrono::sys_time<std::chrono::nanoseconds> time = decoded<rfc3339_time>(text);
  return time.time_since_epoch();
}

}  // namespace

TEST_CASE("rfc3339_time: a fraction of any length is kept and written as it was read", "[events]") {
  const auto [text, since] = GENERATE(table<std::string_view, std::chrono::nanoseconds>({
      {R"("2026-01-07T09:14:26Z")", 1767777266s},
      {R"("2026-01-07T09:14:26.0Z")", 1767777266s},
      {R"("2026-01-07T09:14:26.1Z")", 1767777266100ms},
      {R"("2026-01-07T09:14:26.103Z")", 1767777266103ms},
      {R"("2026-01-07T09:14:26.103400Z")", 1767777266103400us},
      {R"("2026-01-07T09:14:26.103456789Z")", 1767777266103456789ns},
      {R"("1969-12-31T23:59:59.999999999Z")", -1ns},
  }));
  CAPTURE(text);
  CHECK(since_1970(text) == since);
  CHECK(encoded(decoded<rfc3339_time>(text)) == text);
}

TEST_CASE("rfc3339_time: years that nanoseconds can't hold are read", "[events]") {
  const std::string_view text = GENERATE(R"("0001-01-01T00:00:00Z")", R"("9999-12-31T23:59:59.9999999Z")");
  CHECK(encoded(decoded<rfc3339_time>(text)) == text);
}

TEST_CASE("rfc3339_time: an offset is converted, and digits beyond nanoseconds are dropped", "[events]") {
  CHECK(encoded(decoded<rfc3339_time>(R"("2026-01-07T10:14:26.103+01:00")")) == R"("2026-01-07T09:14:26.103Z")");
  CHECK(encoded(decoded<rfc3339_time>(R"("2026-01-07T09:14:26.1234567899Z")")) ==
        R"("2026-01-07T09:14:26.123456789Z")");
}

TEST_CASE("rfc3339_time: converts to any sys_time, rounded down", "[events]") {
  const auto time = decoded<rfc3339_time>(R"("1969-12-31T23:59:59.999999999Z")");
  const std::chrono::sys_time<std::chrono::milliseconds> coarse = time;
  const std::chrono::sys_seconds coarser = time;
  CHECK(coarse.time_since_epoch() == -1ms);
  CHECK(coarser.time_since_epoch() == -1s);
}

TEST_CASE("rfc3339_time: times are compared by what they are, not by how they were written", "[events]") {
  CHECK(decoded<rfc3339_time>(R"("2026-01-07T09:14:26.100Z")") == decoded<rfc3339_time>(R"("2026-01-07T09:14:26.1Z")"));
  CHECK(decoded<rfc3339_time>(R"("2026-01-07T09:14:26.123456788Z")") <
        decoded<rfc3339_time>(R"("2026-01-07T09:14:26.123456789Z")"));
  CHECK(rfc3339_time{} < decoded<rfc3339_time>(R"("2026-01-07T09:14:26Z")"));
}

TEST_CASE("rfc3339_time: a time that a program makes is written with all of its digits", "[events]") {
  CHECK(encoded(rfc3339_time{}) == R"("1970-01-01T00:00:00Z")");
  CHECK(encoded(rfc3339_time{std::chrono::sys_time<std::chrono::microseconds>(1500ms)}) ==
        R"("1970-01-01T00:00:01.5Z")");
  CHECK(encoded(rfc3339_time{{}, 7}) == R"("1970-01-01T00:00:00.000000007Z")");
  CHECK(encoded(rfc3339_time{{}, 0, 3}) == R"("1970-01-01T00:00:00.000Z")");
}

TEST_CASE("rfc3339_time: text that is not a time, and a value that is not text, are failures", "[events]") {
  CHECK(why_not<rfc3339_time>(R"("2026-01-07")") == R"(: expected a time as RFC 3339 writes it, got "2026-01-07")");
  CHECK(why_not<rfc3339_time>(R"("2026-01-07T09:14:26.Z")").starts_with(": expected a time"));
  CHECK(why_not<rfc3339_time>("\"\"").starts_with(": expected a time"));
  CHECK(why_not<rfc3339_time>("3") == ": expected a string, got 3");
  CHECK(why_not<rfc3339_time>("null").starts_with(": expected a string"));
}
