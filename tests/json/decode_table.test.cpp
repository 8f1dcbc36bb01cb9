// Structs of more than 16 members, and those with leave_empty, are read and written by tables.
#include <lambda_proc/json/decode_table.hpp>

#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

using support::decoded;
using support::encoded;
using support::why_not;

namespace {

struct part {
  std::string_view name;
  std::optional<std::string_view> note;

  using json_missing = lambda_proc::leave_empty;
  static constexpr std::string_view json_required[] = {"name"};
};

struct wide {
  int a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8, i = 9, j = 10, k = 11, l = 12, m = 13, n = 14;
  std::string text = "default";
  std::optional<std::string_view> maybe = "default";
  std::vector<part> parts;
  std::uint8_t the_last_member_has_a_name_of_more_than_sixty_four_bytes_with_underscores = 18;

  static constexpr lambda_proc::use_default_for json_missing{"a", "b", "c", "d", "e", "f", "g",    "h",
                                                             "i", "j", "k", "l", "m", "n", "text", "parts"};
  static constexpr auto json_aliases =
      lambda_proc::names{"k", "kay", "the_last_member_has_a_name_of_more_than_sixty_four_bytes_with_underscores", "z"};
  using json_unknown = lambda_proc::refuse;
};
static_assert(lambda_proc::detail::by_table<wide> && lambda_proc::detail::by_table<part>);

struct unusual {
  int a;
  int b;
  using json_missing = lambda_proc::leave_empty;
  static constexpr auto json_names = lambda_proc::names{"a", "\"a\"", "b", "a\":"};
};

}  // namespace

TEST_CASE("decode_table: members come in any order, by aliases and with escapes", "[json]") {
  support::json_source source(
      R"({"z":1,"parts":[{"note":"n","name":"x"},{"n\u0061me":"y"}],"kay":2,"\u0061":3,"text":"t","maybe":null})");
  wide one;
  REQUIRE(source.decode_into(one));
  CHECK(one.the_last_member_has_a_name_of_more_than_sixty_four_bytes_with_underscores == 1);
  CHECK(one.k == 2);
  CHECK(one.a == 3);
  CHECK(one.b == 2);
  CHECK(one.text == "t");
  CHECK(!one.maybe);
  REQUIRE(one.parts.size() == 2);
  CHECK(one.parts[0].note == "n");
  CHECK(one.parts[1].name == "y");
  CHECK(!one.parts[1].note);
}

TEST_CASE("decode_table: failures name the path", "[json]") {
  CHECK(why_not<wide>(R"({"a":1})") ==
        ".the_last_member_has_a_name_of_more_than_sixty_four_bytes_with_underscores: missing");
  CHECK(why_not<wide>(R"({"z":300})")
            .starts_with(".the_last_member_has_a_name_of_more_than_sixty_four_bytes_with_underscores: expected an "
                         "unsigned integer"));
  CHECK(why_not<wide>(R"({"z":1,"parts":[{"name":"x"},{"name":1}]})") == ".parts[1].name: expected a string, got 1");
  CHECK(why_not<wide>(R"({"z":1,"parts":[{"name":null}]})") == ".parts[0].name: missing");
  CHECK(why_not<wide>(R"({"z":1,"y":2})") == ".y: unknown");
  CHECK(why_not<wide>(R"([])") == ": expected an object, got an array");
}

TEST_CASE("decode_table: a struct that is used again keeps nothing of the last value", "[json]") {
  support::json_source first(R"({"z":1,"a":9,"maybe":"m","parts":[{"name":"x","note":"n"},{"name":"y"}]})");
  support::json_source second(R"({"z":2,"parts":[{"name":"x"}]})");
  wide one;
  REQUIRE(first.decode_into(one));
  REQUIRE(second.decode_into(one));
  CHECK(one.a == 1);
  CHECK(!one.maybe);
  REQUIRE(one.parts.size() == 1);
  CHECK(!one.parts[0].note);
}

TEST_CASE("decode_table: names that JSON has to escape are matched and written", "[json]") {
  CHECK(decoded<unusual>(R"({"\"a\"":1})").a == 1);
  CHECK(encoded(unusual{1, 2}) == R"({"\"a\"":1,"a\":":2})");
  // These bytes begin like the name of b, but the key ends earlier.
  CHECK(decoded<unusual>(R"({"a":"x"})").b == 0);
}

TEST_CASE("decode_table: encoding leaves out what is empty", "[json]") {
  CHECK(encoded(part{}) == "{}");
  CHECK(encoded(part{"", ""}) == R"({"name":"","note":""})");
  wide one;
  one.maybe.reset();
  CHECK(encoded(one).starts_with(R"({"a":1,"b":2,)"));
  CHECK(encoded(one).ends_with(
      R"("text":"default","parts":[],"the_last_member_has_a_name_of_more_than_sixty_four_bytes_with_underscores":18})"));
}
