#include <lambda_proc/events/headers.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <optional>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

namespace events = lambda_proc::events;

namespace {

struct message {
  std::optional<events::header_map> headers;
  std::optional<events::multi_header_map> multi_value_headers;
  std::optional<events::string_map> parameters;
  using json_naming = lambda_proc::camel_case;
};

using strings = std::vector<std::string_view>;

}  // namespace

TEST_CASE("headers: names of headers are case-insensitive, names of parameters are not", "[events]") {
  support::json_source source(
      R"({"headers":{"Content-Type":"a","X-\u00dc":"b","x":"c"},"parameters":{"Id":"1","id":"2"}})");
  message m;
  REQUIRE(source.decode_into(m));
  REQUIRE(m.headers);
  CHECK(m.headers->size() == 3);
  for (const std::string_view name : {"Content-Type", "content-type", "CONTENT-TYPE"}) {
    CAPTURE(name);
    REQUIRE(m.headers->find(name) != nullptr);
    CHECK(*m.headers->find(name) == "a");
  }
  CHECK(m.headers->contains("x-\xC3\x9C"));
  CHECK_FALSE(m.headers->contains("x-\xC3\xBC"));  // case-insensitive only for ASCII
  CHECK_FALSE(m.headers->contains("content_type"));
  CHECK_FALSE(m.headers->contains("content-typ"));
  CHECK_FALSE(m.headers->contains(""));
  CHECK(first_value(m.parameters, "Id") == "1");
  CHECK(first_value(m.parameters, "id") == "2");
  CHECK(first_value(m.parameters, "ID") == std::nullopt);
}

TEST_CASE("headers: repeated values keep their order, and look-ups return the first", "[events]") {
  support::json_source source(R"({"multiValueHeaders":{"Accept":["a","b"],"none":[]}})");
  message m;
  REQUIRE(source.decode_into(m));
  REQUIRE(m.multi_value_headers);
  REQUIRE(m.multi_value_headers->find("accept") != nullptr);
  CHECK(*m.multi_value_headers->find("accept") == strings{"a", "b"});
  CHECK(first_value(m.multi_value_headers, "accept") == "a");
  CHECK(first_value(m.multi_value_headers, "none") == std::nullopt);
  CHECK(first_value(m.headers, "accept") == std::nullopt);
}

TEST_CASE("headers: a null value is the same as a missing one", "[events]") {
  support::json_source source(R"({"headers":{"a":null,"b":"1"},"multiValueHeaders":{"a":null}})");
  message m;
  REQUIRE(source.decode_into(m));
  CHECK(m.headers->size() == 1);
  CHECK(first_value(m.headers, "a") == std::nullopt);
  CHECK(m.multi_value_headers->empty());
}

TEST_CASE("headers: a second event replaces the first and reuses its memory", "[events]") {
  events::multi_header_map map;
  support::json_source first(R"({"a":["1","2"],"b":["3"]})");
  REQUIRE(first.decode_into(map));
  const auto* const memory = map.find("a")->data();
  support::json_source second(R"({"c":["4"]})");
  REQUIRE(second.decode_into(map));
  CHECK(map.size() == 1);
  CHECK_FALSE(map.contains("b"));
  CHECK(*map.find("c") == strings{"4"});
  CHECK(map.find("c")->data() == memory);
}

TEST_CASE("headers: a failure names the header", "[events]") {
  CHECK(support::why_not<message>(R"({"headers":{"a":"b","x-id":17}})") == ".headers.x-id: expected a string, got 17");
  CHECK(support::why_not<message>(R"({"multiValueHeaders":{"a":["b",null]}})") ==
        ".multiValueHeaders.a[1]: expected a string, got null");
  CHECK(support::why_not<message>(R"({"headers":[]})") == ".headers: expected an object, got an array");
}

TEST_CASE("headers: are written in their original form", "[events]") {
  const std::string_view text = R"({"headers":{"B":"1","a":"2"},"multiValueHeaders":{"C":["3","4"],"d":[]}})";
  support::json_source source(text);
  message m;
  REQUIRE(source.decode_into(m));
  CHECK(support::encoded(m) == text);
}
