#include <lambda_proc/events/embedded_json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::events::embedded_json;

namespace {

struct line {
  std::string_view sku;
  std::uint32_t count;
};
struct order {
  std::vector<line> lines;
};

}  // namespace

TEST_CASE("embedded_json: decodes a text that need not outlive the call", "[events]") {
  embedded_json body;
  const auto decoded = body.as<order>(std::string(R"( {"lines":[{"sku":"f\u00fcr","count":3}],"new":1} )"));
  REQUIRE(decoded);
  CHECK(decoded->lines.at(0).sku == "f\xC3\xBCr");
  CHECK(decoded->lines.at(0).count == 3);
}

TEST_CASE("embedded_json: each text may have a different type, including scalars", "[events]") {
  embedded_json body;
  CHECK(*body.as<int>("42") == 42);
  CHECK(*body.as<std::string>("\"x\"") == "x");
  CHECK(*body.as<std::vector<int>>("[1,2]") == std::vector{1, 2});
  CHECK(*body.as<bool>(" true ") == true);
}

TEST_CASE("embedded_json: a longer text may follow a shorter one", "[events]") {
  embedded_json body;
  std::vector<std::string> words;
  for (std::size_t size : {1U, 10U, 1000U, 100'000U, 3U}) {
    REQUIRE(body.read_into("[\"" + std::string(size, 'x') + "\"]", words));
    CHECK(words == std::vector{std::string(size, 'x')});
  }
}

TEST_CASE("embedded_json: a failure names the path", "[events]") {
  embedded_json body;
  const auto why = [&](std::string_view text) {
    const auto done = body.as<order>(text);
    REQUIRE(!done);
    CHECK(done.error().type == "invalid_event");
    return done.error().message;
  };
  CHECK(why(R"({"lines":[{"sku":"A7","count":"3"}]})") ==
        "embedded.lines[0].count: expected an unsigned integer, got \"3\"");
  CHECK(why("{}") == "embedded.lines: missing");
  CHECK(why("plain text").starts_with("embedded: expected an object"));
}

TEST_CASE("embedded_json: a text that is not exactly one value is a failure", "[events]") {
  embedded_json body;
  const std::string_view text = GENERATE("", " ", "1 2", "1,2", "1],[2", "1]", "[1", "1}", "{}", "nul");
  CAPTURE(text);
  CHECK(!body.as<int>(text));
  // A failure does not affect the next text.
  CHECK(*body.as<int>("7") == 7);
}
