#include <lambda_proc/json/encode.hpp>

#include "encoded.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <forward_list>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

using lambda_proc::encodable;
using lambda_proc::json_writer;
using lambda_proc::names;
using lambda_proc::raw_json;
using support::encoded;
using support::why_not_encoded;
using namespace std::string_literals;

namespace encoding {

struct line {
  std::string_view sku;
  std::uint32_t cents;
};
struct receipt {
  using json_naming = lambda_proc::camel_case;
  static constexpr auto json_names = names{"kind", "receipt-kind"};
  std::string_view kind;
  std::vector<line> all_lines;
  std::optional<std::string> free_gift;
  std::unique_ptr<line> best_line;
};
struct no_members {};
struct odd_names {
  static constexpr auto json_names = names{"first", "\xFF", "second", "\xC3\xA9", "third", "a\"b"};
  int first = 1;
  int second = 2;
  int third = 3;
};

enum class color { red, green, blue };
constexpr auto json_names(color) { return names{color::red, "red", color::green, "green"}; }
enum class plain_enum : std::uint8_t { high = 255 };
enum class letter : char { a = 'a' };
enum class truth : bool { no, yes };

struct celsius {
  double degrees;
};
void to_json(json_writer& writer, const celsius& value) { writer.number(value.degrees); }

// A type whose to_json function writes the given text, byte for byte.
struct verbatim {
  std::string_view text;
};
void to_json(json_writer& writer, const verbatim& value) { writer.append(value.text); }

struct unfinished {
  int unused = 0;
};
void to_json(json_writer& writer, const unfinished&) {
  writer.begin_object();
  writer.key("a");
}
struct throwing {};
void to_json(json_writer& writer, const throwing&) {
  writer.begin_array();
  writer.string("half");
  throw std::runtime_error("no more");
}
struct erasing {};
void to_json(json_writer& writer, const erasing&) { writer.truncate(0); }

struct tree {
  std::vector<tree> children;
};

}  // namespace encoding

using namespace encoding;

TEST_CASE("encode: every kind of scalar is encoded", "[encode]") {
  CHECK(encoded(true) == "true");
  CHECK(encoded(-3) == "-3");
  CHECK(encoded(std::uint8_t{200}) == "200");
  CHECK(encoded(2.5) == "2.5");
  CHECK(encoded("text") == R"("text")");
  CHECK(encoded("text"s) == R"("text")");
  CHECK(encoded(std::string_view("text")) == R"("text")");
  CHECK(encoded(std::optional<int>{}) == "null");
  CHECK(encoded(std::optional<int>{3}) == "3");
  CHECK(encoded(std::make_unique<int>(3)) == "3");
  CHECK(encoded(std::shared_ptr<int>{}) == "null");
  CHECK(encoded(std::monostate{}) == "null");
  CHECK(encoded(raw_json{"[1]"}) == "[1]");
}

TEST_CASE("encode: a null pointer to text is null", "[encode]") {
  const char* const nothing = nullptr;
  CHECK(encoded(nothing) == "null");
}

TEST_CASE("encode: sequences, sets, arrays, pairs and tuples are arrays", "[encode]") {
  CHECK(encoded(std::vector{1, 2}) == "[1,2]");
  CHECK(encoded(std::vector<bool>{true, false}) == "[true,false]");
  CHECK(encoded(std::deque{1, 2}) == "[1,2]");
  CHECK(encoded(std::list{1, 2}) == "[1,2]");
  CHECK(encoded(std::set{2, 1}) == "[1,2]");
  CHECK(encoded(std::array{1, 2}) == "[1,2]");
  CHECK(encoded(std::array<int, 0>{}) == "[]");
  CHECK(encoded(std::pair{1, "a"s}) == R"([1,"a"])");
  CHECK(encoded(std::tuple{1, true, std::optional<int>{}}) == "[1,true,null]");
  CHECK(encoded(std::tuple{}) == "[]");
  CHECK(encoded(std::vector<std::vector<int>>{{}, {1}}) == "[[],[1]]");
  CHECK(encoded(std::vector<std::byte>{std::byte{1}, std::byte{255}}) == "[1,255]");
}

TEST_CASE("encode: maps are objects", "[encode]") {
  CHECK(encoded(std::map<std::string, int>{{"a", 1}, {"b\n", 2}}) == R"({"a":1,"b\n":2})");
  CHECK(encoded(std::unordered_map<std::string_view, bool>{{"a", true}}) == R"({"a":true})");
  CHECK(encoded(std::map<std::string, std::optional<int>>{{"a", {}}}) == R"({"a":null})");
  CHECK(encoded(std::map<std::string, int>{}) == "{}");
}

TEST_CASE("encode: the keys of maps may be numbers, enums and any text", "[encode]") {
  CHECK(encoded(std::map<int, bool>{{-1, true}, {20, false}}) == R"({"-1":true,"20":false})");
  CHECK(encoded(std::map<std::uint64_t, int>{{~std::uint64_t{0}, 1}}) == R"({"18446744073709551615":1})");
  CHECK(encoded(std::map<const char*, int>{{"a", 1}}) == R"({"a":1})");
  CHECK(encoded(std::map<color, int>{{color::red, 1}, {color::green, 2}}) == R"({"red":1,"green":2})");
  CHECK(encoded(std::map<plain_enum, int>{{plain_enum::high, 1}}) == R"({"255":1})");
  CHECK(encoded(std::map<int, std::map<int, int>>{{1, {{2, 3}, {4, 5}}}}) == R"({"1":{"2":3,"4":5}})");
}

TEST_CASE("encode: a duration is the number of its units, and a char a string of one", "[encode]") {
  using namespace std::chrono_literals;
  CHECK(encoded(1500ms) == "1500");
  CHECK(encoded(std::chrono::duration<double>(0.25)) == "0.25");
  CHECK(encoded('x') == R"("x")");
  CHECK(encoded('"') == R"("\"")");
}

TEST_CASE("encode: any range is an array", "[encode]") {
  std::vector numbers{1, 2, 3};
  CHECK(encoded(std::span<const int>(numbers)) == "[1,2,3]");
  CHECK(encoded(std::forward_list{1, 2}) == "[1,2]");
#ifndef __clang__  // clang 14 can't compile libstdc++ 12's views
  CHECK(encoded(std::views::iota(1, 4)) == "[1,2,3]");
  CHECK(encoded(numbers | std::views::filter([](int i) { return i != 2; })) == "[1,3]");
  CHECK(encoded(numbers | std::views::transform([](int i) { return std::to_string(i); })) == R"(["1","2","3"])");
#endif
  const int array[] = {1, 2};
  CHECK(encoded(array) == "[1,2]");
  CHECK(encoded("literal") == R"("literal")");
}

TEST_CASE("encode: a variant is encoded as its current alternative", "[encode]") {
  using any = std::variant<std::monostate, int, std::string, std::vector<int>>;
  CHECK(encoded(any{}) == "null");
  CHECK(encoded(any{3}) == "3");
  CHECK(encoded(any{"a"s}) == R"("a")");
  CHECK(encoded(std::vector<any>{any{std::vector{1}}, any{}}) == "[[1],null]");
}

TEST_CASE("encode: a struct is an object with the JSON names of its members", "[encode]") {
  receipt value{"paper", {{"A7", 900}}, "pen", nullptr};
  CHECK(encoded(value) == R"({"receipt-kind":"paper","allLines":[{"sku":"A7","cents":900}],"freeGift":"pen"})");
  CHECK(encoded(no_members{}) == "{}");
}

TEST_CASE("encode: the names of a struct's members are escaped like any string", "[encode]") {
  CHECK(encoded(odd_names{}) == "{\"\uFFFD\":1,\"\u00E9\":2,\"a\\\"b\":3}");
}

TEST_CASE("encode: empty members are omitted from structs", "[encode]") {
  const receipt value{"paper", {}, std::nullopt, nullptr};
  CHECK(encoded(value) == R"({"receipt-kind":"paper","allLines":[]})");
}

TEST_CASE("encode: an enum is its name, or its number if it has no names", "[encode]") {
  CHECK(encoded(color::green) == R"("green")");
  CHECK(encoded(plain_enum::high) == "255");
  CHECK(encoded(letter::a) == "97");
  CHECK(encoded(truth::yes) == "true");
}

TEST_CASE("encode: a value without a name in an enum with names can't be encoded", "[encode]") {
  CHECK(why_not_encoded(color::blue) == "an enum has a value that json_names does not name");
  CHECK_FALSE(why_not_encoded(std::vector{color::red, color::blue}).empty());
}

TEST_CASE("encode: a time is text as RFC 3339 writes it", "[encode]") {
  const std::chrono::sys_seconds time = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24};
  CHECK(encoded(time) == R"("2026-11-24T00:00:00Z")");
  CHECK(why_not_encoded(std::chrono::sys_seconds::max()) == "a time lies outside of the years 0 to 9999");
}

TEST_CASE("encode: a to_json function is used for its type", "[encode]") {
  CHECK(encoded(std::vector{celsius{1.5}, celsius{2}}) == "[1.5,2]");
  CHECK(encoded(verbatim{"{\"a\" : [ ] }"}) == "{\"a\" : [ ] }");
}

TEST_CASE("encode: a to_json function that writes invalid JSON, or nothing, fails the writer", "[encode]") {
  const std::string_view text = GENERATE(as<std::string_view>{}, "", " ", "1,2", ",1", "tru", "{", "]", "\"\xFF\"",
                                         "1\n", "[1,\n2]", "[1,\r2]", "1}", "\"a\"\"b\"");
  INFO(text);
  CHECK_FALSE(why_not_encoded(verbatim{text}).empty());
  CHECK_FALSE(why_not_encoded(std::vector{verbatim{text}}).empty());
}

TEST_CASE("encode: a to_json function can't omit or double a comma", "[encode]") {
  CHECK_FALSE(why_not_encoded(std::vector{verbatim{"1"}, verbatim{"2"}}).empty());
  CHECK_FALSE(why_not_encoded(std::vector{verbatim{",1"}}).empty());
  CHECK_FALSE(why_not_encoded(std::pair{1, verbatim{",,2"}}).empty());
  CHECK(encoded(std::pair{1, verbatim{",2"}}) == "[1,2]");
}

TEST_CASE("encode: a to_json function that leaves a value open, or removes text, fails the writer", "[encode]") {
  CHECK_FALSE(why_not_encoded(unfinished{}).empty());
  CHECK_FALSE(why_not_encoded(std::pair{1, unfinished{}}).empty());
  CHECK_FALSE(why_not_encoded(std::pair{1, erasing{}}).empty());
}

TEST_CASE("encode: an exception from a to_json function is passed on", "[encode]") {
  json_writer writer;
  CHECK_THROWS_WITH(lambda_proc::encode(writer, std::vector<throwing>(1)), "no more");
}

TEST_CASE("encode: raw text that is not JSON fails the writer in any place", "[encode]") {
  CHECK_FALSE(why_not_encoded(raw_json{"{\"a\":tru}"}).empty());
  CHECK_FALSE(why_not_encoded(std::vector{raw_json{"1"}, raw_json{""}}).empty());
  CHECK_FALSE(why_not_encoded(std::map<std::string, raw_json>{{"a", raw_json{}}}).empty());
}

TEST_CASE("encode: a deeply nested value is written in full", "[encode]") {
  tree root;
  for (int i = 0; i < 400; ++i) {
    tree parent;
    parent.children.push_back(std::move(root));
    root = std::move(parent);
  }
  CHECK(nlohmann::json::accept(encoded(root)));
}

TEST_CASE("encode: types without a JSON form are not encodable", "[encode]") {
  STATIC_CHECK(encodable<receipt>);
  STATIC_CHECK(encodable<const receipt&>);
  STATIC_CHECK(encodable<const char*>);
  STATIC_CHECK_FALSE(encodable<char16_t>);
  STATIC_CHECK_FALSE(encodable<int*>);
  STATIC_CHECK_FALSE(encodable<std::nullptr_t>);
  STATIC_CHECK_FALSE(encodable<void>);
  STATIC_CHECK_FALSE(encodable<std::vector<char>>);
  STATIC_CHECK_FALSE(encodable<std::map<double, int>>);
  STATIC_CHECK_FALSE(encodable<std::filesystem::path>);
  STATIC_CHECK_FALSE(encodable<std::multimap<std::string, int>>);
  STATIC_CHECK_FALSE(encodable<std::variant<int, int*>>);
}
