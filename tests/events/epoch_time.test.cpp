#include <lambda_proc/events/epoch_time.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <tuple>

#include <catch2/catch_all.hpp>

using lambda_proc::events::epoch_milliseconds;
using lambda_proc::events::epoch_seconds;
using lambda_proc::events::quoted_epoch_milliseconds;
using support::decoded;
using support::encoded;
using support::why_not;
using namespace std::chrono_literals;

namespace {

std::chrono::microseconds since_1970(std::chrono::sys_time<std::chrono::microseconds> time) {
  return time.time_since_epoch();
}

}  // namespace

TEST_CASE("epoch_time: seconds may be an integer, or have a fraction or an exponent", "[events]") {
  const auto [text, expected] = GENERATE(table<std::string_view, std::chrono::microseconds>({
      {"1480642020", 1480642020s},
      {"1480642020.0", 1480642020s},
      {"1.48064202E9", 1480642020s},
      {"1559320290.838", 1559320290838ms},
      {"0", 0ms},
      {"0.0005", 500us},
      {"1767777266.123456", 1767777266123456us},
      {"0.0000005", 1us},
      {"-1.5", -1500ms},
      {"\"1559320290.838\"", 1559320290838ms},
  }));
  CAPTURE(text);
  CHECK(since_1970(decoded<epoch_seconds>(text)) == expected);
}

TEST_CASE("epoch_time: milliseconds may be a number or a string", "[events]") {
  const std::string_view text = GENERATE("1520621625029", "\"1520621625029\"", "1520621625029.0", "1.520621625029e12");
  CAPTURE(text);
  CHECK(since_1970(decoded<epoch_milliseconds>(text)) == 1520621625029ms);
  CHECK(since_1970(decoded<quoted_epoch_milliseconds>(text)) == 1520621625029ms);
}

TEST_CASE("epoch_time: every millisecond in seconds with a fraction survives a round trip", "[events]") {
  for (int i = 0; i < 1000; ++i) {
    std::string text = "1767777266." + std::to_string(1000 + i).substr(1);
    CAPTURE(text);
    const auto time = decoded<epoch_seconds>(text);
    REQUIRE(since_1970(time) == 1767777266s + std::chrono::milliseconds(i));
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    REQUIRE(encoded(time) == text);
  }
}

TEST_CASE("epoch_time: converts to coarser times, rounded down", "[events]") {
  const std::chrono::sys_time<std::chrono::milliseconds> coarse = decoded<epoch_seconds>("-1.0005");
  CHECK(coarse.time_since_epoch() == -1001ms);
}

TEST_CASE("epoch_time: is written as it was read", "[events]") {
  CHECK(encoded(decoded<epoch_seconds>("1767777266.123456")) == "1767777266.123456");
  CHECK(encoded(decoded<epoch_milliseconds>("1520621625029")) == "1520621625029");
  CHECK(encoded(decoded<quoted_epoch_milliseconds>("\"1520621625029\"")) == "\"1520621625029\"");
  CHECK(encoded(epoch_seconds{}) == "0");
}

TEST_CASE("epoch_time: an invalid time is a failure that names the expected unit", "[events]") {
  CHECK(why_not<epoch_seconds>("true") == ": expected a time in seconds since 1970, got true");
  CHECK(why_not<epoch_seconds>("\"2026-01-07\"") == ": expected a time in seconds since 1970, got \"2026-01-07\"");
  CHECK(why_not<epoch_milliseconds>("\"\"") == ": expected a time in milliseconds since 1970, got \"\"");
  CHECK(why_not<epoch_milliseconds>("1e300") == ": expected a time in milliseconds since 1970, got 1e300");
  CHECK(why_not<epoch_milliseconds>("-1e16") == ": expected a time in milliseconds since 1970, got -1e16");
  using epoch_microseconds = lambda_proc::events::epoch_time<std::chrono::microseconds>;
  CHECK(why_not<epoch_microseconds>("true") == ": expected a time in microseconds since 1970, got true");
  CHECK(why_not<epoch_milliseconds>("[]") == ": expected a time in milliseconds since 1970, got an array");
}
