#include <lambda_proc/events/text_number.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>

#include <catch2/catch_test_macros.hpp>

#ifndef __FAST_MATH__
#error "the compiler has to take all numbers for finite here"
#endif

using lambda_proc::events::text_number;

namespace {

// Made from bit patterns, because with -ffast-math the compiler assumes that such constants don't occur.
template <class Number, class Bits>
std::array<Number, 4> not_finite(Bits infinity) {
  const Bits sign = Bits{1} << (8 * sizeof(Bits) - 1);
  return {std::bit_cast<Number>(infinity), std::bit_cast<Number>(infinity | sign), std::bit_cast<Number>(infinity + 1),
          std::bit_cast<Number>(static_cast<Bits>(~Bits{0}))};
}

}  // namespace

TEST_CASE("fast math: non-finite numbers are null", "[json]") {
  CHECK(support::encoded(not_finite<double>(std::uint64_t{0x7FF0000000000000})) == "[null,null,null,null]");
  CHECK(support::encoded(not_finite<float>(std::uint32_t{0x7F800000})) == "[null,null,null,null]");
  CHECK(support::encoded(std::array{1.7976931348623157e+308, -0.5}) == "[1.7976931348623157e+308,-0.5]");
  CHECK(support::encoded(std::array{3.4028235e+38F, -0.5F}) == "[3.4028235e+38,-0.5]");
}

TEST_CASE("fast math: a number out of its type's range is a failure", "[json]") {
  CHECK(support::why_not<float>("1e39") == ": expected a number in the range of its type, got 1e39");
  CHECK(support::why_not<float>("-1e39") == ": expected a number in the range of its type, got -1e39");
  CHECK(support::why_not<double>("1e400").find("got 1e400") != std::string::npos);
  CHECK(support::decoded<float>("1e38") == 1e38F);
  CHECK(support::decoded<double>("1e300") == 1e300);
  CHECK(text_number{"1e39"}.as<float>() == std::nullopt);
  CHECK(text_number{"1e400"}.as<double>() == std::nullopt);
  CHECK(text_number{"1e300"}.as<double>() == 1e300);
}
