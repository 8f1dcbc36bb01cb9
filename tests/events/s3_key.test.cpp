#include <lambda_proc/events/s3_key.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>

using lambda_proc::events::s3_key;

TEST_CASE("s3_key: decoded() is the object's key", "[events]") {
  const auto [encoded, key] = GENERATE(table<std::string_view, std::string_view>({
      {"", ""},
      {"a/b.txt", "a/b.txt"},
      {"Happy+Face.jpg", "Happy Face.jpg"},
      {"Happy%20Face.jpg", "Happy Face.jpg"},
      {"f%C3%BCr", "f\xC3\xBCr"},
      {"f%c3%bcr", "f\xC3\xBCr"},
      {"1%2B1%3D2%25", "1+1=2%"},
      // These are not URL-encoded, so they are kept.
      {"100%", "100%"},
      {"%4", "%4"},
      {"%zz%2", "%zz%2"},
      {"%+A", "% A"},
      {"%%41", "%A"},
  }));
  CAPTURE(encoded);
  CHECK(s3_key{encoded}.decoded() == key);
}

TEST_CASE("s3_key: a zero byte is decoded like any other", "[events]") {
  CHECK(s3_key{"a%00b"}.decoded() == std::string("a\0b", 3));
}

TEST_CASE("s3_key: is written to JSON as it was read", "[events]") {
  support::json_source source("\"a+b%20c\"");
  s3_key key;
  REQUIRE(source.decode_into(key));
  CHECK(key.encoded == "a+b%20c");
  CHECK(support::encoded(key) == "\"a+b%20c\"");
  CHECK(support::why_not<s3_key>("[]") == ": expected a string, got an array");
}
