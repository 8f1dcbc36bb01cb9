#include <lambda_proc/events/text_number.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include <catch2/catch_all.hpp>

using lambda_proc::events::text_number;

TEST_CASE("text_number: an integer must fit its type exactly", "[events]") {
  CHECK(text_number{"35"}.as<int>() == 35);
  CHECK(text_number{"-35"}.as<std::int8_t>() == -35);
  CHECK(text_number{"60.0"}.as<unsigned>() == 60U);
  CHECK(text_number{"6E1"}.as<unsigned>() == 60U);
  CHECK(text_number{"6E+1"}.as<unsigned>() == 60U);
  CHECK(text_number{"-0"}.as<unsigned>() == 0U);
  CHECK(text_number{"-128"}.as<std::int8_t>() == std::int8_t{-128});
  CHECK(text_number{"9223372036854775807"}.as<std::int64_t>() == std::numeric_limits<std::int64_t>::max());
  CHECK(text_number{"-9223372036854775808"}.as<std::int64_t>() == std::numeric_limits<std::int64_t>::min());
  CHECK(text_number{"18446744073709551615"}.as<std::uint64_t>() == std::numeric_limits<std::uint64_t>::max());

  CHECK(text_number{"35.5"}.as<int>() == std::nullopt);
  CHECK(text_number{"128"}.as<std::int8_t>() == std::nullopt);
  CHECK(text_number{"-129"}.as<std::int8_t>() == std::nullopt);
  CHECK(text_number{"-1"}.as<unsigned>() == std::nullopt);
  CHECK(text_number{"9223372036854775808"}.as<std::int64_t>() == std::nullopt);
  CHECK(text_number{"12345678901234567890123456789012345678"}.as<std::uint64_t>() == std::nullopt);
}

TEST_CASE("text_number: floating-point types get the nearest value", "[events]") {
  CHECK(text_number{"0.1"}.as<double>() == 0.1);
  CHECK(text_number{"3.14159"}.as<float>() == 3.14159F);
  CHECK(text_number{"12345678901234567890123456789012345678"}.as<double>() == 12345678901234567890123456789012345678.0);
  CHECK(text_number{"1E-130"}.as<double>() == 1E-130);
  CHECK(text_number{"9.9999999999999999999999999999999999999E+125"}.as<double>() == 1E126);
  CHECK(text_number{"1E+125"}.as<float>() == std::nullopt);
  CHECK(text_number{"1E+400"}.as<double>() == std::nullopt);
  CHECK(text_number{"1E-130"}.as<float>() == 0);
  // Converted through a double it would be the next larger float.
  CHECK(text_number{"1.00000005960464477540"}.as<float>() == 1.0000001F);
  // As a double it lies halfway between two floats.
  CHECK(text_number{"7.038531e-26"}.as<float>() == 7.038531e-26F);
}

TEST_CASE("text_number: text that is not a number has no value", "[events]") {
  const std::string_view text = GENERATE("", " 1", "1 ", "+1", "1,5", "0x10", "01", "NaN", "Infinity", "null", "\"1\"",
                                         "[]", "1e", "-", "--1", "1_000");
  CAPTURE(text);
  CHECK(text_number{text}.as<int>() == std::nullopt);
  CHECK(text_number{text}.as<double>() == std::nullopt);
}

TEST_CASE("text_number: any text is kept unchanged", "[events]") {
  support::json_source source("\"-12345678901234567890123456789012345678.50\"");
  text_number number;
  REQUIRE(source.decode_into(number));
  CHECK(number.text == "-12345678901234567890123456789012345678.50");
  CHECK(support::encoded(number) == "\"-12345678901234567890123456789012345678.50\"");
  CHECK(support::why_not<text_number>("3") == ": expected a string, got 3");
}
