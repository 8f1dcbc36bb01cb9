#include <lambda_proc/json/decode_variant.hpp>

#include "decoded.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::names;
using support::decoded;
using support::why_not;

namespace variants {

struct circle {
  double radius;
};
struct rectangle {
  double width;
  double height;
};
struct square {
  double width;
};
using shape = std::variant<circle, square, rectangle>;

struct lenient {
  using json_missing = lambda_proc::use_default;
  int number = 7;
};

enum class color { red, green };
constexpr auto json_names(color) { return names{color::red, "red", color::green, "green"}; }

// An alternative whose failure has a path.
struct pair_of_ints {
  int first = 0;
  int second = 0;
};
lambda_proc::result<void> from_json(simdjson::ondemand::value& value, pair_of_ints& out) {
  std::array<int, 2> numbers{};
  if (auto done = lambda_proc::decode(value, numbers); !done) return std::move(done).error();
  out = {numbers[0], numbers[1]};
  return {};
}

struct holder {
  shape first;
  std::vector<std::variant<int, std::string>> rest;
};

struct reading {
  std::variant<std::int64_t, pair_of_ints, double, std::string> value;
  int count;
};

struct custom {
  std::string text;
};
simdjson::error_code from_json(simdjson::ondemand::value& value, custom& out) {
  std::string_view text;
  if (const auto code = value.get_string().get(text)) return code;
  out.text = text;
  return simdjson::SUCCESS;
}

struct letter_a {
  std::string alpha;
};
struct letter_b {
  std::string beta;
};
struct letter_c {
  std::string gamma;
};
struct letter_d {
  std::map<std::string, std::string> delta;
};

struct lenient_a {
  std::string alpha;
  int count;
  using json_missing = lambda_proc::leave_empty;
};
struct lenient_b {
  std::string beta;
  int count;
  using json_missing = lambda_proc::leave_empty;
};

}  // namespace variants

using namespace variants;

TEST_CASE("variant: an alternative is chosen by its JSON type", "[variant]") {
  using any = std::variant<std::monostate, bool, double, std::string, std::vector<int>, std::map<std::string, int>>;
  CHECK(decoded<any>("null").index() == 0);
  CHECK(decoded<any>("true") == any{true});
  CHECK(decoded<any>("1.5") == any{1.5});
  CHECK(decoded<any>(R"("a")") == any{std::string("a")});
  CHECK(decoded<any>("[1,2]") == any{std::vector{1, 2}});
  CHECK(decoded<any>(R"({"a":1})") == any{std::map<std::string, int>{{"a", 1}}});
}

TEST_CASE("variant: a number goes to the first alternative that can represent it", "[variant]") {
  using number = std::variant<std::int8_t, std::uint64_t, double>;
  CHECK(decoded<number>("-128").index() == 0);
  CHECK(decoded<number>("128").index() == 1);
  CHECK(decoded<number>("18446744073709551615").index() == 1);
  CHECK(decoded<number>("-129").index() == 2);
  CHECK(decoded<number>("1.5").index() == 2);
  CHECK(decoded<number>("60.0") == number{std::int8_t{60}});
  CHECK(why_not<number>("1e400").find("got 1e400") != std::string::npos);
}

TEST_CASE("variant: a string goes to the first alternative that accepts it", "[variant]") {
  using text = std::variant<color, std::chrono::sys_seconds, std::string>;
  CHECK(decoded<text>(R"("red")").index() == 0);
  CHECK(decoded<text>(R"("2026-11-24T00:00:00Z")").index() == 1);
  CHECK(decoded<text>(R"("\u0072ed")").index() == 0);
  CHECK(decoded<text>(R"("blue")") == text{std::string("blue")});
  using no_strings = std::variant<color, std::chrono::sys_seconds>;
  CHECK(why_not<no_strings>(R"("blue")") == R"(: expected a string that one of the alternatives takes, got "blue")");
}

TEST_CASE("variant: of the structs whose required members are present, an object goes to the one that knows most keys",
          "[variant]") {
  CHECK(std::get<circle>(decoded<shape>(R"({"radius":1})")).radius == 1);
  CHECK(std::get<square>(decoded<shape>(R"({"width":2})")).width == 2);
  CHECK(std::get<rectangle>(decoded<shape>(R"({"width":2,"height":3})")).height == 3);
  CHECK(std::get<rectangle>(decoded<shape>(R"({"x":{"radius":1},"\u0068eight":3,"width":2})")).height == 3);
  CHECK(why_not<shape>(R"({"height":2})") ==
        ": expected an object that one of the alternatives takes, got other members");
  CHECK(why_not<shape>("{}") == ": expected an object that one of the alternatives takes, got other members");
}

TEST_CASE("variant: an object goes to the only struct, or to the first alternative of any kind", "[variant]") {
  using either = std::variant<std::string, circle>;
  CHECK(std::get<circle>(decoded<either>(R"({"radius":1})")).radius == 1);
  CHECK(why_not<either>(R"({"width":1})") == ".radius: missing");
  using mixed = std::variant<std::map<std::string, double>, circle>;
  CHECK(std::get<0>(decoded<mixed>(R"({"radius":1})")).at("radius") == 1);
}

TEST_CASE("variant: an empty object goes to a struct without required members", "[variant]") {
  using maybe = std::variant<circle, lenient>;
  const auto out = decoded<std::vector<maybe>>("[{},{ },{}]");
  REQUIRE(out.size() == 3);
  CHECK(std::get<lenient>(out[1]).number == 7);
}

TEST_CASE("variant: the failure of the chosen alternative is reported", "[variant]") {
  CHECK(why_not<holder>(R"({"first":{"radius":"x"}})") == R"(.first.radius: expected a number, got "x")");
  CHECK(why_not<holder>(R"({"first":{"radius":1},"rest":[1,"a",true]})") ==
        ".rest[2]: expected a value that one of the alternatives takes, got true");
  CHECK(why_not<std::variant<std::string, std::vector<int>>>("[1,null]") == "[1]: expected an integer, got null");
}

TEST_CASE("variant: the failure of a rejected alternative is not reported", "[variant]") {
  CHECK(why_not<reading>(R"({"value":1.5,"count" 1})") == ": malformed JSON");
  CHECK(why_not<reading>(R"({"value":1.5,"count":"x"})") == R"(.count: expected an integer, got "x")");
  CHECK(why_not<reading>(R"({"value":1.5})") == ".count: missing");
  CHECK(why_not<reading>(R"({"value":1e400,"count":1})") == ".value: expected a number, got 1e400");
}

TEST_CASE("variant: malformed JSON matches no alternative", "[variant]") {
  using any = std::variant<std::monostate, bool, double, std::string, shape>;
  const std::string text =
      GENERATE(as<std::string>{}, "nul", "nullx", "tru", "1x", R"("\q")", R"({"radius" 1})", R"({"radius":1 2})", "x");
  INFO(text);
  CHECK_FALSE(why_not<any>(text).empty());
}

TEST_CASE("variant: null goes to an alternative that accepts null", "[variant]") {
  using maybe = std::variant<std::optional<int>, std::string>;
  const auto out = decoded<maybe>("null");
  REQUIRE(out.index() == 0);
  CHECK_FALSE(std::get<0>(out));
}

TEST_CASE("variant: a variant may be an alternative", "[variant]") {
  using nested = std::variant<std::variant<int, bool>, std::string>;
  CHECK(std::get<0>(decoded<nested>("1")) == std::variant<int, bool>{1});
}

TEST_CASE("variant: a type with from_json may be an alternative", "[variant]") {
  using either = std::variant<int, custom>;
  CHECK(std::get<custom>(decoded<either>(R"("a")")).text == "a");
  CHECK(decoded<either>("1").index() == 0);
}

TEST_CASE("variant: the previous value is replaced or reused, never mixed", "[variant]") {
  std::variant<int, std::vector<int>> out = std::vector{1, 2, 3};
  REQUIRE(support::json_source("[4]").decode_into(out));
  CHECK(std::get<1>(out) == std::vector{4});
  REQUIRE(support::json_source("5").decode_into(out));
  CHECK(std::get<0>(out) == 5);

  std::variant<letter_a, letter_b> letter = letter_b{std::string(100, 'x')};
  const char* const memory = std::get<letter_b>(letter).beta.data();
  REQUIRE(support::json_source(R"({"beta":"y"})").decode_into(letter));
  CHECK(std::get<letter_b>(letter).beta == "y");
  CHECK(std::get<letter_b>(letter).beta.data() == memory);
}

TEST_CASE("variant: keys with escapes that are examined twice don't overflow the parser's string buffer", "[variant]") {
  // The parser's string buffer has room for each string once. AddressSanitizer detects writes beyond it.
  const std::string long_key = "\\u0061" + std::string(20'000, 'k');
  std::string text = R"({"delta":{},)";
  for (int i = 0; i < 20; ++i) text += "\"" + long_key + std::to_string(i) + "\":1,";
  text += R"("\u0064elta":{"\u0061":"\u0062"}})";
  const auto out = decoded<std::variant<letter_a, letter_b, letter_c, letter_d>>(text);
  CHECK(std::get<letter_d>(out).delta.at("a") == "b");
}

TEST_CASE("variant: structs whose members may be missing are told apart by their keys, too", "[variant]") {
  using lenient = std::variant<lenient_a, lenient_b>;
  CHECK(std::get<lenient_a>(decoded<lenient>(R"({"count":1,"alpha":"a"})")).alpha == "a");
  CHECK(std::get<lenient_b>(decoded<lenient>(R"({"other":[],"beta":"b"})")).beta == "b");
}
