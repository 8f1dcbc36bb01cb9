#include <lambda_proc/events/attribute_value.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include <catch2/catch_all.hpp>

using lambda_proc::events::attribute_map;
using lambda_proc::events::attribute_value;
using lambda_proc::events::base64;
using lambda_proc::events::text_number;
using support::json_source;
using support::why_not;

TEST_CASE("attribute_value: each of DynamoDB's types is decoded and encoded", "[events]") {
  const auto [text, index] = GENERATE(table<std::string_view, std::size_t>({
      {R"({"NULL":true})", 0},
      {R"({"S":"für"})", 1},
      {R"({"N":"-12345678901234567890123456789012345678"})", 2},
      {R"({"B":"AAEqQQ=="})", 3},
      {R"({"BOOL":false})", 4},
      {R"({"L":[{"S":"x"},{"L":[]},{"NULL":true}]})", 5},
      {R"({"M":{"a":{"M":{}},"b":{"N":"1"}}})", 6},
      {R"({"SS":["a","b"]})", 7},
      {R"({"NS":["1","2.50"]})", 8},
      {R"({"BS":["YQ==","YmM="]})", 9},
  }));
  CAPTURE(text);
  json_source source(text);
  attribute_value value;
  REQUIRE(source.decode_into(value));
  CHECK(value.value.index() == index);
  CHECK(value.is_null() == (index == 0));
  CHECK(support::encoded(value) == text);
}

TEST_CASE("attribute_value: get_if finds the value of one type, and of no other", "[events]") {
  json_source source(R"({"price":{"N":"300"},"tags":{"SS":["heavy"]},"deep":{"M":{"seal":{"B":"YQ=="}}}})");
  attribute_map item;
  REQUIRE(source.decode_into(item));
  REQUIRE(item.size() == 3);
  const attribute_value* price = item.find("price");
  REQUIRE(price != nullptr);
  REQUIRE(price->get_if<text_number>() != nullptr);
  CHECK(price->get_if<text_number>()->as<std::int64_t>() == 300);
  CHECK(price->get_if<std::string_view>() == nullptr);
  CHECK(item.find("tags")->get_if<attribute_value::string_set>()->at(0) == "heavy");
  const attribute_map* deep = item.find("deep")->get_if<attribute_map>();
  REQUIRE(deep != nullptr);
  std::string bytes;
  CHECK(*deep->find("seal")->get_if<base64>()->decode(bytes) == "a");
  CHECK(item.find("cost") == nullptr);
}

TEST_CASE("attribute_value: an unknown key is skipped", "[events]") {
  const std::string_view text = GENERATE(R"({"S":"x","new":{"a":[1]}})", R"({"new":null,"S":"x"})");
  json_source source(text);
  attribute_value value;
  REQUIRE(source.decode_into(value));
  CHECK(*value.get_if<std::string_view>() == "x");
}

TEST_CASE("attribute_value: an unknown key must be valid JSON, too", "[events]") {
  const std::string key = GENERATE(R"(\q)", R"(ab\q)", R"(abc\q)");
  CHECK(why_not<attribute_value>(R"({")" + key + R"(":{"S":"x"},"S":"a"})") != "");
}

TEST_CASE("attribute_value: an invalid value is a failure with its path", "[events]") {
  CHECK(why_not<attribute_value>("\"x\"") == ": expected an object, got \"x\"");
  CHECK(why_not<attribute_value>("{}") == ": expected a DynamoDB value, got an object without one of its types");
  CHECK(why_not<attribute_value>(R"({"X":"x"})") ==
        ": expected a DynamoDB value, got an object without one of its types");
  CHECK(why_not<attribute_value>(R"({"N":3})") == ".N: expected a string, got 3");
  CHECK(why_not<attribute_value>(R"({"L":[{"S":"x"},{"M":{"a b":{"BOOL":"no"}}}]})") ==
        ".L[1].M[\"a b\"].BOOL: expected a boolean, got \"no\"");
}

TEST_CASE("attribute_value: unlimited nesting is a failure", "[events]") {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += R"({"L":[)";
  CHECK_THAT(why_not<attribute_value>(text), Catch::Matchers::EndsWith(": nested too deeply"));
}

TEST_CASE("attribute_value: one value may be decoded into repeatedly", "[events]") {
  attribute_map item;
  for (const std::string_view text :
       {R"({"a":{"L":[{"S":"x"},{"S":"y"}]}})", R"({"a":{"L":[{"N":"1"}]},"b":{"S":"z"}})", R"({"c":{"M":{}}})",
        R"({"a":{"L":[{"S":"x"},{"S":"y"}]}})"}) {
    json_source source(text);
    REQUIRE(source.decode_into(item));
    CHECK(support::encoded(item) == text);
  }
}
