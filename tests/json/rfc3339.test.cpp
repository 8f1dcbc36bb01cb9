#include <lambda_proc/json/rfc3339.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>

namespace detail = lambda_proc::detail;
using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::sys_time;
template <class Duration>
using time_in = sys_time<Duration>;

namespace {

template <class Duration>
std::string format(sys_time<Duration> time) {
  char buffer[40];
  return {buffer, detail::format_rfc3339(time, buffer)};
}

template <class Duration = std::chrono::nanoseconds>
bool parses(std::string_view text) {
  sys_time<Duration> time{};
  return detail::parse_rfc3339(text, time);
}

template <class Duration = std::chrono::seconds>
sys_time<Duration> parse(std::string_view text) {
  sys_time<Duration> time{};
  if (!detail::parse_rfc3339(text, time)) throw std::runtime_error("not a time: " + std::string(text));
  return time;
}

constexpr sys_days day = std::chrono::year{2026} / 11 / 24;

}  // namespace

TEST_CASE("rfc3339: the specification's examples are read", "[rfc3339]") {
  const sys_days april = std::chrono::year{1985} / 4 / 12;
  CHECK(parse<std::chrono::milliseconds>("1985-04-12T23:20:50.52Z") == april + 23h + 20min + 50s + 520ms);
  const sys_days december = std::chrono::year{1996} / 12 / 20;
  CHECK(parse("1996-12-19T16:39:57-08:00") == december + 39min + 57s);
  const sys_days leap = std::chrono::year{1991} / 1 / 1;
  CHECK(parse("1990-12-31T23:59:60Z") == leap);
  CHECK(parse("1990-12-31T15:59:60-08:00") == leap);
  const sys_days noon = std::chrono::year{1937} / 1 / 1;
  CHECK(parse<std::chrono::milliseconds>("1937-01-01T12:00:27.87+00:20") == noon + 11h + 40min + 27s + 870ms);
}

TEST_CASE("rfc3339: letters may be in lower case, and T may be a space", "[rfc3339]") {
  const auto expected = day + 8h + 49min;
  CHECK(parse("2026-11-24t08:49:00z") == expected);
  CHECK(parse("2026-11-24 08:49:00Z") == expected);
}

TEST_CASE("rfc3339: a fraction is truncated to the precision of the type", "[rfc3339]") {
  CHECK(parse<std::chrono::nanoseconds>("2026-11-24T00:00:00.1234567899Z") == day + 123'456'789ns);
  CHECK(parse<std::chrono::milliseconds>("2026-11-24T00:00:00.9999Z") == day + 999ms);
  CHECK(parse<std::chrono::seconds>("2026-11-24T00:00:00.9999Z") == day);
  CHECK(parse<std::chrono::nanoseconds>("2026-11-24T00:00:00." + std::string(1000, '9') + "Z") == day + 999'999'999ns);
}

TEST_CASE("rfc3339: invalid times are refused", "[rfc3339]") {
  const std::string text =
      GENERATE(as<std::string>{},  //
               "", "2026", "2026-11-24", "2026-11-24T08:49", "2026-11-24T08:49:00", "2026-11-24T08:49:00.Z",
               "2026-11-24T08:49:00Z ", " 2026-11-24T08:49:00Z", "2026-11-24T08:49:00ZZ", "2026-11-24T24:00:00Z",
               "2026-11-24T08:60:00Z", "2026-11-24T08:49:61Z", "2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
               "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z", "26-11-24T08:49:00Z",
               "+2026-11-24T08:49:00Z", "2026-1-24T08:49:00Z", "2026/11/24T08:49:00Z", "2026-11-24T08:49:00+0800",
               "2026-11-24T08:49:00+24:00", "2026-11-24T08:49:00+08:60", "2026-11-24T08:49:00+08",
               "2026-11-24T08:49:00,5Z", "2026-11-24T08:49:-1Z", "2026-11-24T08:49:00U", "not a time");
  INFO(text);
  CHECK_FALSE(parses(text));
}

TEST_CASE("rfc3339: every proper prefix of a time is refused", "[rfc3339]") {
  const std::string_view text = "2026-11-24T08:49:00.125+01:30";
  REQUIRE(parses(text));
  for (std::size_t size = 0; size < text.size(); ++size) CHECK_FALSE(parses(text.substr(0, size)));
}

TEST_CASE("rfc3339: the 29th of February is valid only in leap years", "[rfc3339]") {
  CHECK(parses("2024-02-29T00:00:00Z"));
  CHECK(parses("2000-02-29T00:00:00Z"));
  CHECK_FALSE(parses("1900-02-29T00:00:00Z"));
}

TEST_CASE("rfc3339: a time outside the range of the type is refused", "[rfc3339]") {
  CHECK_FALSE(parses<std::chrono::nanoseconds>("2262-04-12T00:00:00Z"));
  CHECK_FALSE(parses<std::chrono::nanoseconds>("1677-09-20T00:00:00Z"));
  CHECK(parses<std::chrono::nanoseconds>("2262-04-11T00:00:00Z"));
  CHECK(parses<std::chrono::microseconds>("9999-12-31T23:59:59.999999Z"));
  CHECK(parses<std::chrono::microseconds>("0000-01-01T00:00:00Z"));
  using small_seconds = std::chrono::duration<std::int32_t>;
  CHECK(parses<small_seconds>("2038-01-19T03:14:06Z"));
  CHECK_FALSE(parses<small_seconds>("2038-01-19T03:14:08Z"));
}

TEST_CASE("rfc3339: a type of whole minutes, hours or days rounds a time down", "[rfc3339]") {
  CHECK(parse<std::chrono::days>("2026-11-24T08:49:00Z") == day);
  CHECK(parse<std::chrono::minutes>("2026-11-24T08:49:59Z") == day + 8h + 49min);
  const sys_days before_epoch = std::chrono::year{1969} / 12 / 31;
  CHECK(parse<std::chrono::hours>("1969-12-31T23:30:00Z") == before_epoch + 23h);
}

TEST_CASE("rfc3339: a time is written with as many digits as its type has precision", "[rfc3339]") {
  const auto time = day + 8h + 49min + 5s;
  CHECK(format(day) == "2026-11-24T00:00:00Z");
  CHECK(format(sys_seconds{time}) == "2026-11-24T08:49:05Z");
  CHECK(format(time + 7ms) == "2026-11-24T08:49:05.007Z");
  CHECK(format(time + 7us) == "2026-11-24T08:49:05.000007Z");
  CHECK(format(time + 7ns) == "2026-11-24T08:49:05.000000007Z");
}

TEST_CASE("rfc3339: a time before 1970 is written correctly", "[rfc3339]") {
  CHECK(format(sys_time<std::chrono::milliseconds>{-1ms}) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("rfc3339: a year that does not have four digits is not written", "[rfc3339]") {
  CHECK(format(sys_days{std::chrono::year{9999} / 12 / 31}) == "9999-12-31T00:00:00Z");
  CHECK(format(sys_days{std::chrono::year{0} / 1 / 1}) == "0000-01-01T00:00:00Z");
  CHECK(format(sys_days{std::chrono::year{10000} / 1 / 1}).empty());
  CHECK(format(sys_days{std::chrono::year{-1} / 12 / 31}).empty());
}

TEST_CASE("rfc3339: a time so far away that its year overflows is not written", "[rfc3339]") {
  // In 32-bit arithmetic, dates 2^32 days or a multiple of the calendar's period away look like current years.
  const std::int64_t days = GENERATE(std::int64_t{1} << 32, -(std::int64_t{1} << 32), std::int64_t{65536} * 365 + 20000,
                                     std::int64_t{23936166}, std::int64_t{-23936166});
  CHECK(format(sys_seconds{std::chrono::seconds{days * 86400}}).empty());
  CHECK(format(sys_seconds::max()).empty());
  CHECK(format(sys_seconds::min()).empty());
}

TEST_CASE("rfc3339: written times are read back", "[rfc3339]") {
  const auto seed = GENERATE(range(std::int64_t{0}, std::int64_t{200}));
  const auto spread = static_cast<std::int64_t>(static_cast<std::uint64_t>(seed + 1) * 0x9E3779B97F4A7C15U);
  const sys_time<std::chrono::nanoseconds> time{std::chrono::nanoseconds{spread}};
  CHECK(parse<std::chrono::nanoseconds>(format(time)) == time);
}
