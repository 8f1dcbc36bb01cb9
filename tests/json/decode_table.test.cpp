// Structs of more than 16 members, and those with leave_empty, are read and written by tables.
#include <lambda_proc/json/decode_table.hpp>

#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
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

// The keys have each length that is compared in its own way.
struct mixed {
  std::string_view a;
  std::optional<std::string_view> four;
  int of_seven = 0;
  std::vector<int> of_eight_b;
  std::string_view more_than_sixteen_bytes;

  using json_missing = lambda_proc::leave_empty;
};

struct of_seventy {
  std::string_view m0, m1, m2, m3, m4, m5, m6, m7, m8, m9;
  std::string_view m10, m11, m12, m13, m14, m15, m16, m17, m18, m19;
  std::string_view m20, m21, m22, m23, m24, m25, m26, m27, m28, m29;
  std::string_view m30, m31, m32, m33, m34, m35, m36, m37, m38, m39;
  std::string_view m40, m41, m42, m43, m44, m45, m46, m47, m48, m49;
  std::string_view m50, m51, m52, m53, m54, m55, m56, m57, m58, m59;
  std::string_view m60, m61, m62, m63, m64, m65, m66, m67, m68, m69;

  using json_missing = lambda_proc::leave_empty;
};
static_assert(lambda_proc::plain_struct<of_seventy> && lambda_proc::member_count<of_seventy> == 70);

struct of_sixty_five {
  bool m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15;
  bool m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31;
  bool m32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43, m44, m45, m46, m47;
  bool m48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58, m59, m60, m61, m62, m63;
  int last;

  using json_missing = lambda_proc::leave_empty;
  static constexpr std::string_view json_required[] = {"last"};
};

// It refers to itself in each way that a type can.
struct tree {
  int id;
  std::vector<tree> children;
  std::unique_ptr<tree> one;
  std::shared_ptr<tree> shared;
  std::optional<std::vector<tree>> maybe;
  std::deque<tree> queue;
  std::map<std::string, tree> named;

  using json_missing = lambda_proc::leave_empty;
};

// Read by a table because it is wide; one of its members can't be assigned, so it can't be made empty.
class counter {
 public:
  counter() = default;
  counter(const counter&) = delete;
  counter& operator=(const counter&) = delete;

  int count = 0;

  friend simdjson::error_code from_json(simdjson::ondemand::value& value, counter& out) {
    ++out.count;
    return value.is_null().error();
  }
};
struct not_assignable {
  std::optional<int> a, b, c, d, e, f, g, h, i, j, k, l, m, n;
  counter reads;
  std::unique_ptr<part> p;
  std::array<part, 2> q;
  part r[2];
};
// A nullable type with a from_json of its own.
struct money {
  int cents;

  friend simdjson::error_code from_json(simdjson::ondemand::value& value, std::optional<money>& out) {
    std::int64_t number = 0;
    const auto code = value.get(number);
    out = money{static_cast<int>(number)};
    return code;
  }
};
struct priced {
  std::optional<int> a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p;
  std::optional<money> price;
};

// A vector that can only grow by one.
class stack : private std::vector<part> {
 public:
  using vector::back, vector::begin, vector::clear, vector::data, vector::emplace_back, vector::end, vector::insert,
      vector::pop_back, vector::size, vector::value_type, vector::operator[];
};
struct with_stack {
  stack parts;
  using json_missing = lambda_proc::leave_empty;
};
static_assert(lambda_proc::detail::by_table<tree> && lambda_proc::detail::by_table<not_assignable>);

}  // namespace

TEST_CASE("decode_table: exactly the members that the JSON has are read, whatever their order", "[json]") {
  const std::array<std::string, 5> fields{R"("a":"1")", R"("four":"2\n")", R"("of_seven":3)", R"("of_eight_b":[4])",
                                          R"("more_than_sixteen_bytes":"5")"};
  std::array<std::size_t, 5> order{0, 1, 2, 3, 4};
  do {
    for (std::size_t count = 0; count <= fields.size(); ++count) {
      for (const bool after_null : {false, true}) {
        std::string text = after_null ? R"({"a":"0","four":null,"x":[],"a":null)" : R"({"x":0)";
        std::array<bool, 5> has{};
        for (std::size_t i = 0; i < count; ++i) {
          text.append(",").append(fields[order[i]]);
          has[order[i]] = true;
        }
        CAPTURE(text);
        support::json_source source(text + "}");
        mixed one{"old", "old", 9, {9, 9}, "old"};
        REQUIRE(source.decode_into(one));
        CHECK(one.a == (has[0] ? "1" : ""));
        CHECK(one.four == (has[1] ? std::optional<std::string_view>("2\n") : std::nullopt));
        CHECK(one.of_seven == (has[2] ? 3 : 0));
        CHECK(one.of_eight_b == (has[3] ? std::vector{4} : std::vector<int>{}));
        CHECK(one.more_than_sixteen_bytes == (has[4] ? "5" : ""));
      }
    }
  } while (std::ranges::next_permutation(order).found);
}

TEST_CASE("decode_table: keys that differ in one byte are other keys", "[json]") {
  for (const auto* key : {"b", "", "fous", "foux", "fou", "fours", "of_sevem", "pf_seven", "of_eight_c", "og_eight_b",
                          "more_than_sixteen_bytet", "more_than_tixteen_bytes", "nore_than_sixteen_bytes"}) {
    CAPTURE(key);
    support::json_source source(std::string(R"({")") + key + R"(":[7]})");
    mixed one;
    REQUIRE(source.decode_into(one));
    CHECK(encoded(one) == encoded(mixed{}));
  }
}

TEST_CASE("decode_table: structs of more than 64 members lose none of them", "[json]") {
  for (std::size_t missing = 0; missing <= 70; ++missing) {
    std::string text = "{";
    std::string reversed = "}";
    for (std::size_t i = 0; i < 70; ++i) {
      if (i == missing) continue;
      const std::string field = "\"m" + std::to_string(i) + "\":\"" + std::to_string(i) + "\"";
      text.append(text.size() > 1 ? "," : "").append(field);
      reversed.insert(0, (reversed.size() > 1 ? field + "," : field));
    }
    text.append("}");
    CAPTURE(missing);
    of_seventy one;
    support::json_source in_order(text);
    REQUIRE(in_order.decode_into(one));
    CHECK(encoded(one) == text);
    one.m0 = one.m69 = "old";
    support::json_source from_the_end("{" + reversed);
    REQUIRE(from_the_end.decode_into(one));
    CHECK(encoded(one) == text);
  }
}

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

TEST_CASE("decode_table: a member behind the 64th can be required", "[json]") {
  using either = std::variant<part, of_sixty_five>;
  CHECK(why_not<of_sixty_five>(R"({"m0":true,"m5":true})") == ".last: missing");
  CHECK(decoded<of_sixty_five>(R"({"last":7})").last == 7);
  CHECK(decoded<either>(R"({"last":7})").index() == 1);
  CHECK_THAT(why_not<either>(R"({"m0":true})"), Catch::Matchers::ContainsSubstring("expected"));
}

TEST_CASE("decode_table: a struct can have members of its own type", "[json]") {
  const std::string leaf = R"({"id":1,"children":[],"queue":[],"named":{}})";
  const std::string text = R"({"id":2,"children":[)" + leaf + "," + leaf + R"(],"one":)" + leaf + R"(,"shared":)" +
                           leaf + R"(,"maybe":[)" + leaf + R"(],"queue":[)" + leaf + R"(],"named":{"a":)" + leaf + "}}";
  support::json_source source(text);
  tree one;
  REQUIRE(source.decode_into(one));
  CHECK(encoded(one) == text);
  const auto kept = one.shared;
  support::json_source again(R"({"shared":{"id":3},"children":[{"id":4},{"one":{}}],"one":null,"maybe":null})");
  REQUIRE(again.decode_into(one));
  CHECK(kept->id == 1);
  CHECK(one.shared->id == 3);
  REQUIRE(one.children.size() == 2);
  CHECK(one.children[0].id == 4);
  CHECK(one.children[1].id == 0);
  CHECK(one.children[1].one != nullptr);
  CHECK_FALSE(one.one);
  CHECK_FALSE(one.maybe);
  CHECK(one.queue.empty());
  CHECK(one.named.empty());
  CHECK(why_not<tree>(R"({"maybe":[{},{"one":{"named":{"x":{"id":"1"}}}}]})") ==
        R"(.maybe[1].one.named.x.id: expected an integer, got "1")");
}

TEST_CASE("decode_table: a wide struct can have members that can't be assigned", "[json]") {
  support::json_source source(
      R"({"a":1,"n":2,"reads":{},"p":{"name":"p"},"q":[{"name":"x"},{"name":"y"}],"r":[{"name":"z"},{"name":""}]})");
  const auto one = std::make_unique<not_assignable>();
  REQUIRE(source.decode_into(*one));
  CHECK(one->a == 1);
  CHECK(one->n == 2);
  CHECK_FALSE(one->m);
  CHECK(one->reads.count == 1);
  CHECK(one->p->name == "p");
  CHECK(one->q[1].name == "y");
  CHECK(one->r[0].name == "z");
  CHECK(why_not<not_assignable>(R"({"reads":0,"q":[{"name":""},{"name":""}]})") == ".r: missing");
}

TEST_CASE("decode_table: a missing member with a from_json of its own is empty", "[json]") {
  support::json_source first(R"({"price":5})");
  support::json_source second(R"({"a":1})");
  priced one;
  REQUIRE(first.decode_into(one));
  CHECK(one.price->cents == 5);
  REQUIRE(second.decode_into(one));
  CHECK_FALSE(one.price);
}

TEST_CASE("decode_table: a container need not have all functions of a vector", "[json]") {
  support::json_source first(R"({"parts":[{"name":"a"},{"name":"b"}]})");
  support::json_source second(R"({"parts":[{"name":"c"}]})");
  with_stack one;
  REQUIRE(first.decode_into(one));
  CHECK(one.parts.size() == 2);
  REQUIRE(second.decode_into(one));
  REQUIRE(one.parts.size() == 1);
  CHECK(one.parts[0].name == "c");
}
