#pragma once
// SPDX-License-Identifier: MIT
// Reads and writes times in RFC 3339 format: 2026-11-24T08:49:00.123Z. decode, encode and log share it.

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

// Reads digits from the front of a text.
class digit_reader {
 public:
  explicit constexpr digit_reader(std::string_view text) noexcept : left_(text) {}

  // Reads exactly `count` digits, whose value is at most `most`; otherwise good() becomes false.
  constexpr unsigned number(std::size_t count, unsigned most) noexcept {
    unsigned value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + digit();
    good_ = good_ && value <= most;
    return value;
  }
  constexpr void one_of(std::string_view characters) noexcept {
    good_ = good_ && !left_.empty() && characters.find(left_.front()) != std::string_view::npos;
    if (good_) left_.remove_prefix(1);
  }
  // Reads the digits of a fraction, as nanoseconds; further digits are dropped.
  constexpr std::uint32_t nanoseconds() noexcept {
    std::uint32_t value = 0;
    std::uint32_t unit = 100'000'000;
    do {
      value += digit() * unit;
      unit /= 10;
    } while (good_ && at_digit());
    return value;
  }

  constexpr bool at(char c) const noexcept { return good_ && !left_.empty() && left_.front() == c; }
  constexpr bool at_digit() const noexcept { return !left_.empty() && left_.front() >= '0' && left_.front() <= '9'; }
  constexpr bool at_end() const noexcept { return good_ && left_.empty(); }
  constexpr bool good() const noexcept { return good_; }

 private:
  constexpr unsigned digit() noexcept {
    good_ = good_ && at_digit();
    if (!good_) return 0;
    const auto value = static_cast<unsigned>(left_.front() - '0');
    left_.remove_prefix(1);
    return value;
  }

  std::string_view left_;
  bool good_ = true;
};

/// Reads an RFC 3339 date-time; for sys_days also a date alone. False if the text is not one, or out of Duration's
/// range. A leap second counts as the second after it.
template <class Duration>
constexpr bool parse_rfc3339(std::string_view text, std::chrono::sys_time<Duration>& out) noexcept {
  using namespace std::chrono;
  digit_reader in(text);
  const auto y = in.number(4, 9999);
  in.one_of("-");
  const auto m = in.number(2, 12);
  in.one_of("-");
  const auto d = in.number(2, 31);
  if constexpr (std::same_as<Duration, days>) {
    const year_month_day date{year{static_cast<int>(y)}, month{m}, day{d}};
    if (in.at_end() && date.ok()) {
      out = sys_days{date};
      return true;
    }
  }
  in.one_of("Tt ");
  const auto hour = in.number(2, 23);
  in.one_of(":");
  const auto minute = in.number(2, 59);
  in.one_of(":");
  const auto second = in.number(2, 60);
  std::uint32_t fraction = 0;
  if (in.at('.')) {
    in.one_of(".");
    fraction = in.nanoseconds();
  }
  seconds offset{0};
  if (in.at('+') || in.at('-')) {
    const bool ahead = in.at('+');
    in.one_of("+-");
    offset = hours{in.number(2, 23)};
    in.one_of(":");
    offset += minutes{in.number(2, 59)};
    if (!ahead) offset = -offset;
  } else {
    in.one_of("Zz");
  }
  const year_month_day date{year{static_cast<int>(y)}, month{m}, day{d}};
  if (!in.at_end() || !date.ok()) return false;

  const auto whole = sys_days{date}.time_since_epoch() + hours{hour} + minutes{minute} + seconds{second} - offset;
  using rep = typename Duration::rep;
  if constexpr (std::numeric_limits<rep>::is_integer) {
    // Floating point, since the limits of a coarse Duration in seconds overflow an integer.
    constexpr auto most = duration<double>(Duration::max()) - seconds{1};
    if (whole > most || whole < -most) return false;
  }
  out = sys_time<Duration>{floor<Duration>(whole) + duration_cast<Duration>(nanoseconds{fraction})};
  return true;
}

/// Writes time to `to`, which has room for 40 bytes, and returns the number of bytes: whole seconds, or three, six or
/// nine digits of a fraction, as Duration has. Returns 0 for years before 0 and after 9999, which RFC 3339 can't
/// represent.
template <class Duration>
std::size_t format_rfc3339(std::chrono::sys_time<Duration> time, char* to) noexcept {
  using namespace std::chrono;
  constexpr unsigned digits = std::ratio_less_v<typename Duration::period, std::micro>        ? 9
                              : std::ratio_less_v<typename Duration::period, std::milli>      ? 6
                              : std::ratio_less_v<typename Duration::period, seconds::period> ? 3
                                                                                              : 0;
  const auto day_start = floor<days>(time);
  // Checked before the calendar is used: distant years would wrap around.
  if (day_start < sys_days{year{0} / 1 / 1} || day_start > sys_days{year{9999} / 12 / 31}) return 0;
  const year_month_day date{day_start};

  char* out = to;
  const auto number = [&out](std::uint64_t value, unsigned width) {
    for (unsigned i = width; i-- > 0; value /= 10) out[i] = static_cast<char>('0' + value % 10);
    out += width;
  };
  const auto ns = static_cast<std::uint64_t>(duration_cast<nanoseconds>(time - day_start).count());
  const auto second = ns / 1'000'000'000;
  number(static_cast<unsigned>(static_cast<int>(date.year())), 4);
  *out++ = '-';
  number(static_cast<unsigned>(date.month()), 2);
  *out++ = '-';
  number(static_cast<unsigned>(date.day()), 2);
  *out++ = 'T';
  number(second / 3600, 2);
  *out++ = ':';
  number(second / 60 % 60, 2);
  *out++ = ':';
  number(second % 60, 2);
  if constexpr (digits > 0) {
    *out++ = '.';
    number(ns % 1'000'000'000 / (digits == 9 ? 1 : digits == 6 ? 1'000 : 1'000'000), digits);
  }
  *out++ = 'Z';
  return static_cast<std::size_t>(out - to);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
