#include <lambda_proc/json/json_writer.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using lambda_proc::json_writer;
using lambda_proc::raw_json;

namespace {

std::string written(auto&& write) {
  json_writer writer;
  write(writer);
  CHECK(writer.error() == nullptr);
  return std::string(writer.view());
}

std::string number(auto value) {
  return written([&](json_writer& w) { w.number(value); });
}

std::string string(std::string_view text) {
  return written([&](json_writer& w) { w.string(text); });
}

}  // namespace

TEST_CASE("json_writer: commas are written in the right places", "[json_writer]") {
  const std::string text = written([](json_writer& w) {
    w.begin_object();
    w.key("a");
    w.begin_array();
    w.end_array();
    w.key("b");
    w.begin_array();
    w.number(1);
    w.string("x");
    w.null();
    w.boolean(true);
    w.raw(raw_json{"{}"});
    w.begin_object();
    w.end_object();
    w.begin_array();
    w.end_array();
    w.boolean(false);
    w.end_array();
    w.key("c");
    w.null();
    w.end_object();
  });
  CHECK(text == R"({"a":[],"b":[1,"x",null,true,{},{},[],false],"c":null})");
}

TEST_CASE("json_writer: after text that ends with a bracket a comma is still written", "[json_writer]") {
  const std::string text = written([](json_writer& w) {
    w.begin_array();
    w.string("[");
    w.string("{");
    w.string(":");
    w.string("=");
    w.string("\n");
    w.end_array();
  });
  CHECK(text == R"(["[","{",":","=","\n"])");
}

TEST_CASE("json_writer: integers are exact at both limits of every type", "[json_writer]") {
  CHECK(number(std::numeric_limits<std::int8_t>::min()) == "-128");
  CHECK(number(std::numeric_limits<std::uint8_t>::max()) == "255");
  CHECK(number(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(number(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");
  CHECK(number(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
}

TEST_CASE("json_writer: a floating-point number is the shortest text that reads back the same", "[json_writer]") {
  CHECK(number(0.1) == "0.1");
  CHECK(number(0.1F) == "0.1");
  CHECK(number(1.0) == "1");
  CHECK(number(-0.0) == "-0");
  CHECK(number(1e300) == "1e+300");
  CHECK(number(5e-324) == "5e-324");
  CHECK(number(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
}

TEST_CASE("json_writer: non-finite numbers are null", "[json_writer]") {
  CHECK(number(std::numeric_limits<double>::quiet_NaN()) == "null");
  CHECK(number(std::numeric_limits<double>::infinity()) == "null");
  CHECK(number(-std::numeric_limits<double>::infinity()) == "null");
  CHECK(number(std::numeric_limits<float>::infinity()) == "null");
}

TEST_CASE("json_writer: characters that JSON forbids in strings are escaped", "[json_writer]") {
  CHECK(string("a\"b\\c/d") == R"("a\"b\\c/d")");
  CHECK(string("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(string({"\0\x01\x1F\x7F", 4}) == "\"\\u0000\\u0001\\u001f\x7F\"");
}

TEST_CASE("json_writer: well-formed UTF-8 is written unchanged", "[json_writer]") {
  const std::string_view text = "\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80 \xE2\x80\xA8 \xE2\x80\xA9";
  CHECK(string(text) == "\"" + std::string(text) + "\"");
}

TEST_CASE("json_writer: each byte that is not UTF-8 becomes U+FFFD", "[json_writer]") {
  const std::string sign = "\xEF\xBF\xBD";
  CHECK(string("a\xFFz") == "\"a" + sign + "z\"");
  CHECK(string("\xC3") == "\"" + sign + "\"");
  CHECK(string("\xC3(") == "\"" + sign + "(\"");
  CHECK(string("\xC0\xAF") == "\"" + sign + sign + "\"");
  CHECK(string("\xED\xA0\x80") == "\"" + sign + sign + sign + "\"");             // half a surrogate pair
  CHECK(string("\xF4\x90\x80\x80") == "\"" + sign + sign + sign + sign + "\"");  // beyond U+10FFFF
  CHECK(string("\xE2\x82\xC3\xA9") == "\"" + sign + sign + "\xC3\xA9\"");
}

TEST_CASE("json_writer: any bytes become a string that reads back, at every alignment", "[json_writer]") {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t place = 0; place < 17; ++place) {
      std::string text(17, 'x');
      text[place] = static_cast<char>(byte);
      const std::string json = string(text);
      REQUIRE(json.find('\n') == std::string::npos);
      const auto back = nlohmann::json::parse(json).get<std::string>();
      if (byte < 0x80) {
        REQUIRE(back == text);
      } else {
        REQUIRE(back == text.replace(place, 1, "\xEF\xBF\xBD"));
      }
    }
  }
}

TEST_CASE("json_writer: a key is escaped like any string", "[json_writer]") {
  const std::string text = written([](json_writer& w) {
    w.begin_object();
    w.key("a\"\n\xFF");
    w.number(1);
    w.end_object();
  });
  CHECK(text == "{\"a\\\"\\n\xEF\xBF\xBD\":1}");
}

TEST_CASE("json_writer: raw JSON is written on one line", "[json_writer]") {
  CHECK(written([](json_writer& w) { w.raw(raw_json{"{\"a\":\r\n[1,\n2]}\n"}); }) == "{\"a\":  [1, 2]} ");
  CHECK(written([](json_writer& w) { w.raw(raw_json::trusted("[1,\n2]")); }) == "[1, 2]");
}

TEST_CASE("json_writer: raw text that is not JSON fails the writer", "[json_writer]") {
  const std::string_view text =
      GENERATE(as<std::string_view>{}, "", " ", "{\"a\":tru}", "1,2", "[", "\xFF", "\"\xFF\"");
  json_writer writer;
  writer.raw(raw_json{text});
  CHECK(writer.error() != nullptr);
}

TEST_CASE("json_writer: the first error is kept until the text is truncated", "[json_writer]") {
  json_writer writer;
  writer.number(1);
  writer.fail("first");
  writer.fail("second");
  CHECK(std::string(writer.error()) == "first");
  writer.truncate(0);
  CHECK(writer.error() == nullptr);
  CHECK(writer.view().empty());
}

TEST_CASE("json_writer: clear keeps memory up to the given size", "[json_writer]") {
  json_writer writer;
  writer.string(std::string(10'000, 'x'));
  const std::size_t capacity = writer.capacity();
  writer.clear(capacity);
  CHECK(writer.capacity() == capacity);
  writer.clear(capacity - 1);
  CHECK(writer.capacity() == 0);
  writer.string("again");
  CHECK(writer.view() == "\"again\"");
}

TEST_CASE("json_writer: a few bytes around a large text don't double its memory", "[json_writer]") {
  const std::string large(6'000'000, 'x');
  json_writer writer;
  writer.append("{\"data\":");
  writer.string(large);
  writer.append("}");
  CHECK(writer.capacity() < 8'000'000);
}

TEST_CASE("json_writer: text that outgrows every buffer is complete", "[json_writer]") {
  json_writer writer;
  std::string expected = "[";
  writer.begin_array();
  for (int i = 0; i < 5000; ++i) {
    writer.number(i);
    expected += (i == 0 ? "" : ",") + std::to_string(i);
  }
  writer.end_array();
  CHECK(writer.view() == expected + "]");
}

TEST_CASE("raw_json: it views lvalues and owns string rvalues", "[json_writer]") {
  std::string menu = "[1]";
  const raw_json view{menu};
  CHECK(view.text().data() == menu.data());
  const raw_json owner{std::string("[2]")};
  const raw_json copy = owner;
  CHECK(copy.text() == "[2]");
  CHECK(copy.text().data() != owner.text().data());
  raw_json moved = raw_json{std::string(100, '1')};
  const raw_json target = std::move(moved);
  CHECK(target.text() == std::string(100, '1'));
}

TEST_CASE("raw_json: only raw_json::trusted is not checked", "[json_writer]") {
  CHECK_FALSE(raw_json{"1"}.is_trusted());
  CHECK(raw_json::trusted("1").is_trusted());
  CHECK(raw_json::trusted(std::string("1")).text() == "1");
}
