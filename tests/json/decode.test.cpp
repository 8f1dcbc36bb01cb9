#include <lambda_proc/json/decode.hpp>

#include "decoded.hpp"

#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::decodable;
using lambda_proc::failure;
using lambda_proc::names;
using lambda_proc::raw_json;
using support::decode_failure;
using support::decoded;
using support::json_source;
using support::why_not;

namespace decoding {

struct line {
  std::string sku;
  std::uint32_t count;
};
struct order {
  std::string id;
  std::vector<line> lines;
  std::map<std::string, line> by_name;
  std::optional<line> gift;
  std::pair<int, bool> pair;
};

struct wrapping {
  std::string label;
  std::vector<std::string> marks;
  using json_missing = lambda_proc::leave_empty;
};
struct parcel {
  std::string body;
  std::string note;
  std::string_view view;
  std::uint32_t count;
  double weight;
  bool fragile;
  std::optional<int> level;
  std::vector<line> lines;
  wrapping outer;
  raw_json raw;
  std::variant<int, std::string> code;
  std::chrono::sys_time<std::chrono::seconds> time;
  using json_missing = lambda_proc::leave_empty;
  static constexpr std::string_view json_required[] = {"body"};
  static constexpr auto json_aliases = names{"note", "Remark", "count", "Number"};
};
struct shipment {
  parcel first;
  std::optional<parcel> second;
  std::vector<parcel> more;
  using json_missing = lambda_proc::leave_empty;
};
struct strict_inside {
  line item;
  using json_missing = lambda_proc::leave_empty;
};

struct long_array {
  std::array<int, 10'000> values;
};
struct camel {
  using json_naming = lambda_proc::camel_case;
  static constexpr auto json_names = names{"detail_type", "detail-type"};
  int message_id;
  std::string detail_type;
};

struct relaxed {
  using json_missing = lambda_proc::use_default;
  int number = 7;
  std::string text = "default";
  std::optional<int> maybe = 5;
  std::vector<int> list{1, 2};
};

struct strict {
  int needed;
  std::optional<int> maybe;
  std::unique_ptr<int> owned;
  std::shared_ptr<int> shared;
};

enum class color { red, green };
constexpr auto json_names(color) { return names{color::red, "red", color::green, "green"}; }
enum class plain_enum : std::int8_t { low = -128, high = 127 };
enum class letter : char { a = 'a' };
enum class wide_letter : char16_t { snowman = 0x2603 };
enum class truth : bool { no, yes };

struct celsius {
  double degrees = 0;
};
simdjson::error_code from_json(simdjson::ondemand::value& value, celsius& out) {
  return value.get_double().get(out.degrees);
}

struct even {
  int number = 0;
};
lambda_proc::result<void> from_json(simdjson::ondemand::value& value, even& out) {
  if (auto done = lambda_proc::decode(value, out.number); !done) return done;
  if (out.number % 2 != 0) return failure{"anything", "not an even number"};
  return {};
}

struct box {
  std::vector<line> lines;
};
struct boxed {
  box content;
};
lambda_proc::result<void> from_json(simdjson::ondemand::value& value, box& out) {
  return lambda_proc::decode(value, out.lines);
}

struct node {
  std::string name;
  std::unique_ptr<node> next;
};
struct tree {
  std::vector<tree> children;
};
struct deep_map {
  std::map<std::string, deep_map> inner;
};

struct unicode_names {
  static constexpr auto json_names = names{"a", "na\xC3\xAFve", "b", "\xF0\x9F\x98\x80", "c", "q\"\\/\n"};
  int a;
  int b;
  int c;
};

struct no_members {};
struct long_name {
  int a_name_of_more_than_sixty_four_bytes_which_nobody_will_ever_write_;
};

struct raw_members {
  raw_json object;
  raw_json scalar;
  int after;
};

}  // namespace decoding

using namespace decoding;

// Numbers.

TEST_CASE("decode: integers are exact at both limits of every type", "[decode]") {
  CHECK(decoded<std::int8_t>("-128") == -128);
  CHECK(decoded<std::uint8_t>("255") == 255);
  CHECK(decoded<std::int16_t>("-32768") == -32768);
  CHECK(decoded<std::uint16_t>("65535") == 65535);
  CHECK(decoded<std::int32_t>("-2147483648") == std::numeric_limits<std::int32_t>::min());
  CHECK(decoded<std::uint32_t>("4294967295") == 4294967295U);
  CHECK(decoded<std::int64_t>("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK(decoded<std::int64_t>("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(decoded<std::uint64_t>("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
  CHECK(decoded<long long>("9007199254740993") == 9007199254740993);
}

TEST_CASE("decode: an integer out of range is a failure that names the range", "[decode]") {
  CHECK(why_not<std::uint8_t>("256") == ": expected an unsigned integer up to 255, got 256");
  CHECK(why_not<std::int8_t>("-129") == ": expected an integer from -128 to 127, got -129");
  CHECK(why_not<std::uint32_t>("-1") == ": expected an unsigned integer up to 4294967295, got -1");
  CHECK(why_not<std::uint32_t>("4294967296") == ": expected an unsigned integer up to 4294967295, got 4294967296");
  CHECK(why_not<std::int64_t>("9223372036854775808").starts_with(": expected an integer from -9223372036854775808"));
  CHECK(why_not<std::uint64_t>("18446744073709551616").starts_with(": expected an unsigned integer up to 1844674407"));
  CHECK(why_not<std::uint64_t>("99999999999999999999").starts_with(": expected an unsigned integer up to"));
  CHECK(why_not<std::int64_t>(std::string(400, '9')).starts_with(": expected an integer from"));
}

TEST_CASE("decode: an integral number in any notation is an integer", "[decode]") {
  CHECK(decoded<int>("60.0") == 60);
  CHECK(decoded<int>("6e1") == 60);
  CHECK(decoded<int>("6E+1") == 60);
  CHECK(decoded<int>("600e-1") == 60);
  CHECK(decoded<int>("-60.000") == -60);
  CHECK(decoded<int>("0.6e2") == 60);
  CHECK(decoded<unsigned>("-0.0") == 0);
  CHECK(decoded<unsigned>("-0") == 0);
  CHECK(decoded<int>("0e300") == 0);
  CHECK(decoded<std::uint64_t>("18446744073709551615.0") == std::numeric_limits<std::uint64_t>::max());
  CHECK(decoded<std::int64_t>("-9.223372036854775808e18") == std::numeric_limits<std::int64_t>::min());
  CHECK(decoded<std::int64_t>("9007199254740993.0") == 9007199254740993);
}

TEST_CASE("decode: a number with a fraction is not an integer", "[decode]") {
  const std::string text = GENERATE(as<std::string>{}, "60.5", "1e-1", "-0.1", "1.0e-99999999999999999999",
                                    "9007199254740992.5", "0.99999999999999999999999", "1e-9223372036854775808");
  CHECK(why_not<int>(text) == ": expected an integer, got " + text);
  CHECK(why_not<unsigned>(text) == ": expected an unsigned integer, got " + text);
}

TEST_CASE("decode: an integral number out of range is refused in any notation", "[decode]") {
  const std::string text =
      GENERATE(as<std::string>{}, "1e10", "4294967296.0", "1e300", "1e400", "1e99999999999999999999", "-1e10");
  CHECK(why_not<std::int32_t>(text) == ": expected an integer, got " + text);
  CHECK(why_not<std::uint32_t>(text) == ": expected an unsigned integer, got " + text);
}

TEST_CASE("decode: floating-point numbers are rounded to the nearest value", "[decode]") {
  CHECK(decoded<double>("0.1") == 0.1);
  CHECK(decoded<double>("1") == 1.0);
  CHECK(decoded<double>("-2.5e-3") == -2.5e-3);
  CHECK(decoded<double>("5e-324") == std::numeric_limits<double>::denorm_min());
  CHECK(decoded<double>("1.7976931348623157e308") == std::numeric_limits<double>::max());
  CHECK(decoded<double>("1e-400") == 0.0);
  CHECK(decoded<double>("123456789012345678901234567890") == 123456789012345678901234567890.0);
  CHECK(decoded<float>("0.1") == 0.1F);
  CHECK(decoded<float>("1e-50") == 0.0F);
  CHECK(std::signbit(decoded<double>("-0.0")));
  CHECK(std::signbit(decoded<double>("-0")));
}

TEST_CASE("decode: a float is not rounded twice", "[decode]") {
  // Rounded to a double this lies halfway between two floats, and would then be rounded to the wrong one.
  CHECK(decoded<float>("7.038531e-26") == 7.038531e-26F);
  CHECK(decoded<float>("-7.038531e-26") == -7.038531e-26F);
  // Halfway between 0 and the smallest float, and slightly above.
  CHECK(decoded<float>("7.006492321624085354618647916449580656401309709382578858785341419448955413429303e-46") == 0.0F);
  CHECK(decoded<float>("7.0064923216240853546186479164495806564013097093825789e-46") ==
        std::numeric_limits<float>::denorm_min());
}

TEST_CASE("decode: a number that is nearer to the largest float than to 2^128 is in range", "[decode]") {
  // Halfway is 3.40282356779733661637539395458142568448e38. The first number is rounded to that as a double, too.
  CHECK(decoded<float>("3.40282356779733661637539395458142568447e38") == std::numeric_limits<float>::max());
  CHECK(decoded<float>("-3.40282356779733661637539395458142568447e38") == -std::numeric_limits<float>::max());
  CHECK(why_not<float>("3.40282356779733661637539395458142568448e38").find("range") != std::string::npos);
  CHECK(why_not<float>("-3.40282356779733661637539395458142568448e38").find("range") != std::string::npos);
}

TEST_CASE("decode: numbers close to halfway between two floats become the nearer one", "[decode]") {
  std::size_t wrong = 0;
  for (std::uint32_t bits = 1; bits < 0x7F7FFFFF; bits += 0x10FFFD) {
    const double middle = (double{std::bit_cast<float>(bits)} + std::bit_cast<float>(bits + 1)) / 2;
    std::array<char, 200> text{};
    std::snprintf(text.data(), text.size(), "%.160e", middle);
    const std::string all = text.data();
    const std::size_t e = all.find('e');
    const std::string digits = all.substr(0, all.find_last_not_of('0', e - 1) + 1);
    const std::string exponent = all.substr(e);
    std::string below = digits + "999" + exponent;
    --below[digits.size() - 1];
    const std::string above = digits + "001" + exponent;
    for (const std::string& number : {below, digits + exponent, above}) {
      wrong += decoded<float>(number) == std::strtof(number.c_str(), nullptr) ? 0U : 1U;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("decode: a number too large for its type is refused", "[decode]") {
  CHECK(why_not<double>("1e400") == ": expected a number, got 1e400");
  CHECK(why_not<double>("-1e400") == ": expected a number, got -1e400");
  CHECK(why_not<float>("1e40") == ": expected a number in the range of its type, got 1e40");
}

TEST_CASE("decode: a non-number is refused as a number", "[decode]") {
  CHECK(why_not<int>(R"("3")") == R"(: expected an integer, got "3")");
  CHECK(why_not<unsigned>(R"("3")") == R"(: expected an unsigned integer, got "3")");
  CHECK(why_not<double>(R"("3")") == R"(: expected a number, got "3")");
  CHECK(why_not<int>("true") == ": expected an integer, got true");
  CHECK(why_not<double>("null") == ": expected a number, got null");
  CHECK(why_not<int>("{}") == ": expected an integer, got an object");
  CHECK(why_not<double>("[1]") == ": expected a number, got an array");
}

TEST_CASE("decode: a malformed number is refused", "[decode]") {
  const std::string text = GENERATE(as<std::string>{}, "01", "-", "-01", "1.", ".5", "1e", "1e+", "+1", "0x10", "1a",
                                    "--1", "1.2.3", "NaN", "-Infinity", "1_000");
  CHECK(why_not<int>(text).find(", got " + text) != std::string::npos);
  CHECK(why_not<std::uint64_t>(text).find(", got " + text) != std::string::npos);
  CHECK(why_not<double>(text).find(", got " + text) != std::string::npos);
}

// Booleans and text.

TEST_CASE("decode: a boolean is true or false and nothing else", "[decode]") {
  CHECK(decoded<bool>("true"));
  CHECK_FALSE(decoded<bool>("false"));
  CHECK(why_not<bool>("1") == ": expected a boolean, got 1");
  CHECK(why_not<bool>("null") == ": expected a boolean, got null");
  CHECK(why_not<bool>("tru") == ": expected a boolean, got tru");
  CHECK(why_not<bool>("truex") == ": expected a boolean, got truex");
  CHECK(why_not<bool>(R"("true")") == R"(: expected a boolean, got "true")");
}

TEST_CASE("decode: a string is unescaped", "[decode]") {
  CHECK(decoded<std::string>(R"("a\"\\\/\b\f\n\r\tz")") == "a\"\\/\b\f\n\r\tz");
  CHECK(decoded<std::string>(R"("\u00e9\u20ac\ud83d\ude00")") == "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  CHECK(decoded<std::string>(R"("a\u0000b")") == std::string("a\0b", 3));
  CHECK(decoded<std::string>(R"("")").empty());
  CHECK(decoded<std::string>(R"(" a ")") == " a ");
}

TEST_CASE("decode: string_views stay valid while more text is decoded", "[decode]") {
  simdjson::ondemand::parser parser;
  const simdjson::padded_string text(std::string_view(R"(["plain","esc\u0061ped" ])"));
  auto document = parser.iterate(text);
  std::vector<std::string_view> out;
  simdjson::ondemand::value value;
  REQUIRE(document.get_value().get(value) == simdjson::SUCCESS);
  REQUIRE(lambda_proc::decode(value, out));
  CHECK(out == std::vector<std::string_view>{"plain", "escaped"});
}

TEST_CASE("decode: a string with a bad escape is refused", "[decode]") {
  const std::string text = GENERATE(as<std::string>{}, R"("\q")", R"("\u12")", R"("\u12g4")", R"("\ud800")",
                                    R"("\ud800\u0041")", R"("\udc00")");
  CHECK(why_not<std::string>(text) == ": expected a string with valid escapes, got " + text);
  CHECK(why_not<std::string_view>(text) == ": expected a string with valid escapes, got " + text);
}

TEST_CASE("decode: a non-string is refused as a string", "[decode]") {
  CHECK(why_not<std::string>("1") == ": expected a string, got 1");
  CHECK(why_not<std::string>("null") == ": expected a string, got null");
  CHECK(why_not<std::string_view>("{}") == ": expected a string, got an object");
}

TEST_CASE("decode: a long value is shortened in the message, between two characters", "[decode]") {
  std::string euros;
  for (int i = 0; i < 30; ++i) euros += "\xE2\x82\xAC";
  CHECK(why_not<int>("\"" + euros + "\"") == ": expected an integer, got \"" + euros.substr(0, 39) + "...");
}

// Enums and times.

TEST_CASE("decode: a named enum is one of its names", "[decode]") {
  CHECK(decoded<color>(R"("green")") == color::green);
  CHECK(decoded<color>(R"("gr\u0065en")") == color::green);
  CHECK(why_not<color>(R"("blue")") == R"(: expected one of "red", "green", got "blue")");
  CHECK(why_not<color>("1") == ": expected a string, got 1");
}

TEST_CASE("decode: an enum without names is its number", "[decode]") {
  CHECK(decoded<plain_enum>("127") == plain_enum::high);
  CHECK(decoded<plain_enum>("-128") == plain_enum::low);
  CHECK(why_not<plain_enum>("128") == ": expected an integer from -128 to 127, got 128");
  CHECK(decoded<std::byte>("255") == std::byte{255});
  CHECK(decoded<letter>("97") == letter::a);
  CHECK(decoded<wide_letter>("9731") == wide_letter::snowman);
  CHECK(decoded<truth>("true") == truth::yes);
}

TEST_CASE("decode: a time is text as RFC 3339 writes it", "[decode]") {
  using std::chrono::sys_days;
  using seconds = std::chrono::sys_seconds;
  const seconds expected = sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{8};
  CHECK(decoded<seconds>(R"("2026-11-24T08:00:00Z")") == expected);
  CHECK(decoded<seconds>(R"("2026-11-24T09:00:00+01:00")") == expected);
  CHECK(decoded<sys_days>(R"("2026-11-24T09:00:00Z")") == sys_days{std::chrono::year{2026} / 11 / 24});
  CHECK(why_not<seconds>(R"("tomorrow")") == R"(: expected a time as RFC 3339 writes it, got "tomorrow")");
  CHECK(why_not<seconds>("1700000000") == ": expected a string, got 1700000000");
}

// Optionals, pointers and null.

TEST_CASE("decode: null is empty for optionals and smart pointers", "[decode]") {
  CHECK_FALSE(decoded<std::optional<int>>("null"));
  CHECK_FALSE(decoded<std::unique_ptr<int>>("null"));
  CHECK_FALSE(decoded<std::shared_ptr<int>>("null"));
  CHECK(decoded<std::optional<int>>("3") == 3);
  CHECK(*decoded<std::unique_ptr<int>>("3") == 3);
  CHECK(*decoded<std::shared_ptr<int>>("3") == 3);
  CHECK(decoded<std::vector<std::optional<int>>>("[1,null,3]") == std::vector<std::optional<int>>{1, {}, 3});
}

TEST_CASE("decode: null resets a value that was set before", "[decode]") {
  std::optional<int> out = 3;
  REQUIRE(json_source("null").decode_into(out));
  CHECK_FALSE(out);
}

TEST_CASE("decode: misspelt null is refused", "[decode]") {
  CHECK(why_not<std::optional<int>>("nul") == ": expected an integer, got nul");
  CHECK(why_not<std::optional<int>>("nullx") == ": expected an integer, got nullx");
  CHECK(why_not<std::unique_ptr<std::string>>("nope") == ": expected a string, got nope");
}

TEST_CASE("decode: the object that a shared_ptr had before is not changed", "[decode]") {
  auto kept = std::make_shared<int>(1);
  auto out = kept;
  REQUIRE(json_source("2").decode_into(out));
  CHECK(*out == 2);
  CHECK(*kept == 1);
}

// Containers.

TEST_CASE("decode: every kind of sequence is read in its order", "[decode]") {
  CHECK(decoded<std::vector<int>>("[3,1,2]") == std::vector{3, 1, 2});
  CHECK(decoded<std::vector<bool>>("[true,false]") == std::vector{true, false});
  CHECK(decoded<std::deque<int>>("[3,1,2]") == std::deque{3, 1, 2});
  CHECK(decoded<std::list<int>>("[3,1,2]") == std::list{3, 1, 2});
  CHECK(decoded<std::set<int>>("[3,1,3]") == std::set{1, 3});
  CHECK(decoded<std::unordered_set<std::string>>(R"(["a","b"])") == std::unordered_set<std::string>{"a", "b"});
  CHECK(decoded<std::vector<std::vector<int>>>("[[],[1],[1,2]]") == std::vector<std::vector<int>>{{}, {1}, {1, 2}});
  CHECK(decoded<std::vector<int>>("[]").empty());
}

TEST_CASE("decode: a sequence that is decoded into again has only the new elements", "[decode]") {
  std::vector<int> vector{1, 2, 3, 4};
  REQUIRE(json_source("[7,8]").decode_into(vector));
  CHECK(vector == std::vector{7, 8});
  std::vector<bool> bits{true, true, true};
  REQUIRE(json_source("[false]").decode_into(bits));
  CHECK(bits == std::vector{false});
  std::set<int> set{1, 2};
  REQUIRE(json_source("[]").decode_into(set));
  CHECK(set.empty());
  std::map<std::string, int> map{{"a", 1}};
  REQUIRE(json_source(R"({"b":2})").decode_into(map));
  CHECK(map == std::map<std::string, int>{{"b", 2}});
}

TEST_CASE("decode: an array may have many elements", "[decode]") {
  std::string text = R"({"values":[0)";
  for (int i = 1; i < 10'000; ++i) text += "," + std::to_string(i);
  const auto out = decoded<long_array>(text + "]}");
  CHECK(out.values[4711] == 4711);
  CHECK(out.values.back() == 9999);
}

TEST_CASE("decode: arrays, pairs and tuples take exactly as many elements as they have", "[decode]") {
  CHECK(decoded<std::array<int, 3>>("[1,2,3]") == std::array{1, 2, 3});
  CHECK(decoded<std::array<int, 0>>("[]").empty());
  CHECK(why_not<std::array<int, 0>>("[1]") == ": expected an array of 0, got one of 1");
  CHECK(why_not<std::array<int, 2>>("[1,2,3]") == ": expected an array of 2, got one of 3");
  CHECK(why_not<std::array<int, 2>>("[1,true]") == "[1]: expected an integer, got true");
  CHECK(decoded<std::pair<int, std::string>>(R"([1,"a"])") == std::pair{1, std::string("a")});
  CHECK(decoded<std::tuple<int, bool, double>>("[1,true,2.5]") == std::tuple{1, true, 2.5});
  CHECK(why_not<std::array<int, 2>>("[1]") == ": expected an array of 2, got one of 1");
  CHECK(why_not<std::pair<int, int>>("[1,2,3]") == ": expected an array of 2, got one of 3");
  CHECK(why_not<std::tuple<>>("[1]") == ": expected an array of 0, got one of 1");
  CHECK(why_not<std::tuple<int, bool>>("[1,2]") == "[1]: expected a boolean, got 2");
}

TEST_CASE("decode: maps have string keys, and the last of equal keys wins", "[decode]") {
  CHECK(decoded<std::map<std::string, int>>(R"({"a":1,"b":2,"a":3})") ==
        std::map<std::string, int>{{"a", 3}, {"b", 2}});
  CHECK(decoded<std::unordered_map<std::string, int>>(R"({"":1})") == std::unordered_map<std::string, int>{{"", 1}});
  CHECK(decoded<std::map<std::string, std::map<std::string, int>>>(R"({"a":{"b":1}})").at("a").at("b") == 1);
  CHECK(decoded<std::map<std::string, int, std::less<>>>(R"({"k\u0065y":1})").at("key") == 1);
  CHECK(decoded<std::map<std::string, int>>("{}").empty());
}

TEST_CASE("decode: the keys of a map may be integers", "[decode]") {
  CHECK(decoded<std::map<int, bool>>(R"({"1":true,"-2147483648":false})") ==
        std::map<int, bool>{{1, true}, {-2'147'483'648, false}});
  CHECK(decoded<std::unordered_map<std::uint64_t, int>>(R"({"18446744073709551615":1})").contains(~std::uint64_t{0}));
  CHECK(why_not<std::map<std::int8_t, int>>(R"({"127":1,"128":2})") ==
        ".128: expected an integer from -128 to 127, got 128");
  CHECK(why_not<std::map<unsigned, int>>(R"({"-1":1})") ==
        ".-1: expected an unsigned integer up to 4294967295, got -1");
  for (const std::string_view key : {"", "a", "1.0", "1e2", " 1", "+1", "0x1"}) {
    CHECK(why_not<std::map<int, int>>("{\"" + std::string(key) + "\":1}").find("expected an integer") !=
          std::string::npos);
  }
  CHECK(why_not<std::map<int, int>>(R"({"01":1})").starts_with(".01: expected an integer"));
  CHECK(why_not<std::map<int, int>>(R"({"1":"x"})") == R"(.1: expected an integer, got "x")");
}

TEST_CASE("decode: the keys of a map may be enums", "[decode]") {
  CHECK(decoded<std::map<color, int>>(R"({"red":1})") == std::map<color, int>{{color::red, 1}});
  CHECK(why_not<std::map<color, int>>(R"({"pink":1})").starts_with(".pink: expected one of "));
  CHECK(decoded<std::map<plain_enum, int>>(R"({"-128":1})") == std::map<plain_enum, int>{{plain_enum::low, 1}});
  STATIC_CHECK_FALSE(decodable<std::map<truth, int>>);
}

TEST_CASE("decode: a duration is the number of its units", "[decode]") {
  using namespace std::chrono;
  CHECK(decoded<milliseconds>("1500") == 1500ms);
  CHECK(decoded<std::optional<hours>>("-2") == -2h);
  CHECK(decoded<duration<double>>("0.25") == 250ms);
  CHECK(why_not<seconds>("1.5") == ": expected an integer, got 1.5");
  CHECK(why_not<duration<std::int8_t>>("128") == ": expected an integer from -128 to 127, got 128");
}

TEST_CASE("decode: a char is a string of one", "[decode]") {
  CHECK(decoded<char>(R"("x")") == 'x');
  CHECK(decoded<char>(R"("\u0041")") == 'A');
  for (const std::string_view text : {R"("")", R"("xy")", R"("é")", "1"}) CHECK_FALSE(why_not<char>(text).empty());
}

TEST_CASE("decode: a scalar is refused as an array or object", "[decode]") {
  CHECK(why_not<std::vector<int>>("{}") == ": expected an array, got an object");
  CHECK(why_not<std::set<int>>("1") == ": expected an array, got 1");
  CHECK(why_not<std::pair<int, int>>("null") == ": expected an array, got null");
  CHECK(why_not<std::map<std::string, int>>("[]") == ": expected an object, got an array");
  CHECK(why_not<line>("[]") == ": expected an object, got an array");
  CHECK(why_not<line>("7") == ": expected an object, got 7");
}

// Structs.

TEST_CASE("decode: a struct's members come in any order, and unknown ones are skipped", "[decode]") {
  const auto out = decoded<line>(R"({"x":{"sku":[1]},"count":3,"y":[{}],"sku":"A7","z":null})");
  CHECK(out.sku == "A7");
  CHECK(out.count == 3);
}

TEST_CASE("decode: the last of equal members wins", "[decode]") {
  CHECK(decoded<line>(R"({"sku":"a","count":1,"sku":"b"})").sku == "b");
}

TEST_CASE("decode: a struct without members accepts any object", "[decode]") {
  CHECK_NOTHROW(decoded<no_members>(R"({"a":1})"));
  CHECK(why_not<no_members>("1") == ": expected an object, got 1");
}

TEST_CASE("decode: a failure names the path to the bad field", "[decode]") {
  const std::string good = R"("id":"x","lines":[],"by_name":{},"pair":[1,true])";
  CHECK(decode_failure<order>("{" + good + R"(,"gift":{"sku":"a"}})") ==
        failure{"invalid_event", ".gift.count: missing"});
  CHECK(why_not<order>(R"({"lines":[{"sku":"a","count":1},{"sku":"b","count":"3"}]})") ==
        R"(.lines[1].count: expected an unsigned integer, got "3")");
  CHECK(why_not<order>(R"({"by_name":{"first":{"sku":1}}})") == ".by_name.first.sku: expected a string, got 1");
  CHECK(why_not<order>(R"({"by_name":{"a b":1}})") == R"(.by_name["a b"]: expected an object, got 1)");
  CHECK(why_not<order>(R"({"pair":[1,2]})") == ".pair[1]: expected a boolean, got 2");
  CHECK(why_not<std::vector<std::vector<int>>>("[[1],[2,null]]") == "[1][1]: expected an integer, got null");
  CHECK(why_not<std::map<std::string, int>>(R"({"":true})") == R"([""]: expected an integer, got true)");
}

TEST_CASE("decode: a missing member is named by its JSON name", "[decode]") {
  CHECK(why_not<line>("{}") == ".sku: missing");
  CHECK(why_not<line>(R"({"sku":"a"})") == ".count: missing");
  CHECK(why_not<camel>(R"({"detail-type":"a"})") == ".messageId: missing");
  CHECK(why_not<camel>(R"({"messageId":1})") == ".detail-type: missing");
}

TEST_CASE("decode: null is a failure for a required member", "[decode]") {
  CHECK(why_not<line>(R"({"sku":null,"count":1})") == ".sku: expected a string, got null");
}

TEST_CASE("decode: a missing optional member is empty", "[decode]") {
  strict out{1, 2, std::make_unique<int>(3), std::make_shared<int>(4)};
  REQUIRE(json_source(R"({"needed":5})").decode_into(out));
  CHECK(out.needed == 5);
  CHECK_FALSE(out.maybe);
  CHECK_FALSE(out.owned);
  CHECK_FALSE(out.shared);
}

TEST_CASE("decode: with use_default a missing member gets its default, even if the struct is reused", "[decode]") {
  relaxed out;
  REQUIRE(json_source(R"({"number":1,"text":"x","maybe":2,"list":[9,9,9]})").decode_into(out));
  REQUIRE(json_source("{}").decode_into(out));
  CHECK(out.number == 7);
  CHECK(out.text == "default");
  CHECK(out.maybe == 5);
  CHECK(out.list == std::vector{1, 2});
  REQUIRE(json_source(R"({"maybe":null})").decode_into(out));
  CHECK_FALSE(out.maybe);
}

TEST_CASE("decode: with leave_empty a member that is missing or null is empty, even if the struct is reused",
          "[decode]") {
  const std::string_view full =
      R"({"body":"b","note":"n","view":"v","count":3,"weight":1.5,"fragile":true,"level":1,"lines":[{"sku":"A","count":1}],)"
      R"("outer":{"label":"l","marks":["m"]},"raw":[1],"code":"c","time":"2026-01-07T09:14:26Z"})";
  const std::string_view bare = GENERATE(
      R"({"body":"x"})",
      R"({"body":"x","note":null,"view":null,"count":null,"weight":null,"fragile":null,"level":null,"lines":null,)"
      R"("outer":null,"raw":null,"code":null,"time":null})",
      R"({"body":"x","note":"n","note":null,"outer":{"label":null}})");
  decoding::parcel out;
  json_source before(full);
  REQUIRE(before.decode_into(out));
  CHECK(out.outer.marks == std::vector<std::string>{"m"});
  const auto capacity = out.outer.marks.capacity();
  json_source after(bare);
  REQUIRE(after.decode_into(out));
  CHECK(out.body == "x");
  CHECK(out.note.empty());
  CHECK(out.view.empty());
  CHECK(out.count == 0);
  CHECK(out.weight == 0);
  CHECK(!out.fragile);
  CHECK(!out.level);
  CHECK(out.lines.empty());
  CHECK(out.outer.label.empty());
  CHECK(out.outer.marks.empty());
  CHECK(out.outer.marks.capacity() == capacity);
  CHECK(out.raw.text().empty());
  CHECK(out.code == std::variant<int, std::string>(0));
  CHECK(out.time.time_since_epoch().count() == 0);
}

TEST_CASE("decode: with leave_empty, what json_required names and structs that have such members are required",
          "[decode]") {
  CHECK(why_not<decoding::parcel>("{}") == ".body: missing");
  CHECK(why_not<decoding::parcel>(R"({"body":null})") == ".body: missing");
  CHECK(why_not<decoding::shipment>("{}") == ".first: missing");
  CHECK(why_not<decoding::shipment>(R"({"first":{}})") == ".first.body: missing");
  CHECK(why_not<decoding::strict_inside>("{}") == ".item: missing");
  CHECK(decoded<decoding::shipment>(R"({"first":{"body":"b"},"second":null})").first.body == "b");
}

TEST_CASE("decode: with leave_empty a wrong type is still a failure with its path", "[decode]") {
  CHECK(why_not<decoding::parcel>(R"({"body":"b","count":"3"})") == ".count: expected an unsigned integer, got \"3\"");
  CHECK(why_not<decoding::parcel>(R"({"body":"b","count":nul})").starts_with(".count: "));
}

TEST_CASE("decode: json_aliases adds names that are read, but not written", "[decode]") {
  const auto out = decoded<decoding::parcel>(R"({"body":"b","Remark":"r","Number":3})");
  CHECK(out.note == "r");
  CHECK(out.count == 3);
  CHECK(decoded<decoding::parcel>(R"({"body":"b","R\u0065mark":"r"})").note == "r");
  CHECK(why_not<decoding::parcel>(R"({"body":"b","Number":"3"})") == ".count: expected an unsigned integer, got \"3\"");
}

TEST_CASE("decode: json_names and json_naming determine the keys of members", "[decode]") {
  const auto out = decoded<camel>(R"({"messageId":1,"detail-type":"x"})");
  CHECK(out.message_id == 1);
  CHECK(out.detail_type == "x");
}

TEST_CASE("decode: a key is compared after unescaping", "[decode]") {
  CHECK(decoded<line>(R"({"\u0073ku":"a","coun\u0074":1})").sku == "a");
  const auto out = decoded<unicode_names>(R"({"na\u00EFve":1,"\ud83d\ude00":2,"q\"\\\/\n":3})");
  CHECK(out.a == 1);
  CHECK(out.b == 2);
  CHECK(out.c == 3);
  CHECK(decoded<unicode_names>("{\"na\xC3\xAFve\":1,\"\xF0\x9F\x98\x80\":2,\"q\\u0022\\u005c/\\u000a\":3}").b == 2);
}

TEST_CASE("decode: a name may be longer than the padding after a line", "[decode]") {
  CHECK(decoded<long_name>(R"({"a_name_of_more_than_sixty_four_bytes_which_nobody_will_ever_write_x":1,)"
                           R"("a_name_of_more_than_sixty_four_bytes_which_nobody_will_ever_write_":2})")
            .a_name_of_more_than_sixty_four_bytes_which_nobody_will_ever_write_ == 2);
  CHECK(why_not<long_name>(R"({"a":1})") ==
        ".a_name_of_more_than_sixty_four_bytes_which_nobody_will_ever_write_: missing");
}

TEST_CASE("decode: a key that only begins with a member's name does not match it", "[decode]") {
  const auto out = decoded<line>(R"({"sku":"a","skus":"b","sk":"c","sku\u0000":"d","sku\"":"e","count":1})");
  CHECK(out.sku == "a");
}

TEST_CASE("decode: raw_json keeps the text of a member unchanged", "[decode]") {
  json_source source(R"({"object" : { "a" : [1, 2 ] } , "scalar" : "x\n" , "after":1})");
  raw_members out;
  REQUIRE(source.decode_into(out));
  CHECK(out.object.text() == R"({ "a" : [1, 2 ] })");
  CHECK(out.scalar.text() == R"("x\n")");
  CHECK(out.after == 1);
  CHECK_FALSE(out.object.is_trusted());
}

TEST_CASE("decode: malformed JSON inside a struct is a failure with a path", "[decode]") {
  CHECK(why_not<order>(R"({"lines":[{"sku":"a" "count":1}]})").starts_with(".lines[0]: malformed JSON"));
  CHECK(why_not<order>(R"({"lines":[1}})").starts_with(".lines"));
  CHECK(why_not<std::vector<int>>("[1 2]").find("malformed JSON") != std::string::npos);
  CHECK(why_not<line>(R"({"sku":"a",})").starts_with(": malformed JSON"));
  CHECK(why_not<line>(R"({"sku":"a",5:1})").starts_with(": malformed JSON"));
}

// Custom types.

TEST_CASE("decode: a from_json function may return an error code", "[decode]") {
  CHECK(decoded<celsius>("21.5").degrees == 21.5);
  CHECK(decoded<std::vector<celsius>>("[1,2]")[1].degrees == 2);
}

TEST_CASE("decode: a from_json function's error code is not reported as malformed JSON", "[decode]") {
  const auto why = why_not<std::vector<celsius>>(R"([1,"warm"])");
  CHECK(why == R"([1]: not of the expected type, got "warm")");
}

TEST_CASE("decode: a from_json function's failure keeps its type and message and gets a path", "[decode]") {
  CHECK(decoded<even>("4").number == 4);
  CHECK(decode_failure<std::vector<even>>("[2,3]") == failure{"anything", "[1]: not an even number"});
  CHECK(why_not<std::vector<even>>("[true]") == "[0]: expected an integer, got true");
}

TEST_CASE("decode: the path continues inside what a from_json function decodes", "[decode]") {
  CHECK(why_not<boxed>(R"({"content":[{"sku":"a","count":1},{"sku":"b"}]})") == ".content[1].count: missing");
}

// Depth.

TEST_CASE("decode: recursive types are decoded at any allowed depth", "[decode]") {
  const auto out = decoded<node>(R"({"name":"a","next":{"name":"b","next":{"name":"c","next":null}}})");
  CHECK(out.next->next->name == "c");
  CHECK_FALSE(out.next->next->next);
  CHECK(decoded<tree>(R"({"children":[{"children":[]},{"children":[{"children":[]}]}]})").children[1].children.size() ==
        1);
}

TEST_CASE("decode: a depth bomb is a failure for a recursive type", "[decode]") {
  const auto bomb = [](std::string_view unit, std::string_view close) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += unit;
    text += "1";
    for (int i = 0; i < 200'000; ++i) text += close;
    return text;
  };
  CHECK(why_not<node>(bomb(R"({"name":"","next":)", "}")).ends_with("nested too deeply"));
  CHECK(why_not<tree>(bomb(R"({"children":[)", "]}")).ends_with("nested too deeply"));
  CHECK(why_not<deep_map>(bomb(R"({"inner":{"a":)", "}}")).ends_with("nested too deeply"));
}

TEST_CASE("decode: a long path is cut in the middle", "[decode]") {
  std::string text = "1";
  for (int i = 0; i < 1000; ++i) text = R"({"name":"","next":)" + text + "}";
  const std::string why = why_not<node>(text);
  CHECK(why.size() < 500);
  CHECK_THAT(why, Catch::Matchers::StartsWith(".next.next.") && Catch::Matchers::ContainsSubstring("...") &&
                      Catch::Matchers::EndsWith("next.next: expected an object, got 1"));
}

// Which types can be decoded.

TEST_CASE("decode: types without a JSON form are not decodable", "[decode]") {
  STATIC_CHECK(decodable<order>);
  STATIC_CHECK(decodable<std::optional<std::vector<std::map<std::string, std::unique_ptr<line>>>>>);
  STATIC_CHECK_FALSE(decodable<wchar_t>);
  STATIC_CHECK_FALSE(decodable<const int>);
  STATIC_CHECK_FALSE(decodable<int*>);
  STATIC_CHECK_FALSE(decodable<const char*>);
  STATIC_CHECK_FALSE(decodable<void>);
  STATIC_CHECK_FALSE(decodable<std::map<bool, int>>);
  STATIC_CHECK_FALSE(decodable<std::map<double, int>>);
  STATIC_CHECK_FALSE(decodable<std::multimap<std::string, int>>);
  STATIC_CHECK_FALSE(decodable<std::vector<char>>);
  STATIC_CHECK_FALSE(decodable<std::optional<int*>>);
  STATIC_CHECK_FALSE(decodable<simdjson::ondemand::value>);
  STATIC_CHECK_FALSE(decodable<lambda_proc::result<int>>);
}
