// What a struct says about itself: json_aliases, json_missing, json_empty, json_unknown; and the trait for types of
// others.
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::failure;
using lambda_proc::names;
using lambda_proc::refuse;
using lambda_proc::use_default_for;
using lambda_proc::write_null;
using lambda_proc::write_null_for;
using support::decode_failure;
using support::decoded;
using support::encoded;
using support::why_not;

namespace vendor {

// Neither an aggregate nor in a namespace of ours.
class money {
 public:
  money() : cents_(0) {}
  explicit money(std::int64_t cents) : cents_(cents) {}
  std::int64_t cents() const { return cents_; }

 private:
  std::int64_t cents_;
};

struct point {
  int x;
  int y;
};

}  // namespace vendor

template <>
struct lambda_proc::json<vendor::money> {
  static lambda_proc::result<void> from_json(simdjson::ondemand::value& value, vendor::money& out) {
    std::int64_t cents = 0;
    if (value.get_int64().get(cents)) return lambda_proc::failure{"bad_money", "not an amount"};
    out = vendor::money(cents);
    return {};
  }
  static void to_json(lambda_proc::json_writer& writer, const vendor::money& value) { writer.number(value.cents()); }
};

// A plain struct, but written as an array.
template <>
struct lambda_proc::json<vendor::point> {
  static simdjson::error_code from_json(simdjson::ondemand::value& value, vendor::point& out) {
    std::vector<int> both;
    if (!lambda_proc::decode(value, both) || both.size() != 2) return simdjson::INCORRECT_TYPE;
    out = {both[0], both[1]};
    return simdjson::SUCCESS;
  }
  static void to_json(lambda_proc::json_writer& writer, const vendor::point& value) {
    lambda_proc::encode(writer, std::vector<int>{value.x, value.y});
  }
};

namespace {

struct user {
  std::string user_id;
  std::optional<int> age;
  static constexpr names json_aliases{"user_id", "userId", "user_id", "uid", "age", "years"};
};
struct page {
  std::string query;
  int limit = 10;
  std::vector<int> offsets{1, 2};
  std::optional<int> next = 5;
  static constexpr use_default_for json_missing{"limit", "offsets"};
};
struct strict {
  int a;
  std::optional<int> b;
  using json_unknown = refuse;
};
struct with_nulls {
  std::optional<int> a;
  std::unique_ptr<int> b;
  using json_empty = write_null;
};
struct with_a_null {
  std::optional<int> a;
  std::optional<int> b;
  static constexpr write_null_for json_empty{"b"};
};
struct payment {
  vendor::money price;
  std::optional<vendor::point> place;
};

}  // namespace

TEST_CASE("struct_options: a member is read from its name or any alias", "[struct_options]") {
  const std::string key = GENERATE("user_id", "userId", "uid", "us\\u0065rId");
  CHECK(decoded<user>("{\"" + key + "\":\"a\"}").user_id == "a");
}

TEST_CASE("struct_options: the last of a member's keys wins, and a failure has the member's own name",
          "[struct_options]") {
  CHECK(decoded<user>(R"({"uid":"a","user_id":"b","userId":"c"})").user_id == "c");
  CHECK(decoded<user>(R"({"uid":"a","years":3})").age == 3);
  CHECK(why_not<user>(R"({"uid":1})") == ".user_id: expected a string, got 1");
  CHECK(why_not<user>(R"({})") == ".user_id: missing");
}

TEST_CASE("struct_options: aliases are not written", "[struct_options]") {
  CHECK(encoded(user{"a", 3}) == R"({"user_id":"a","age":3})");
}

TEST_CASE("struct_options: a variant is chosen by aliases, too", "[struct_options]") {
  using either = std::variant<strict, user>;
  CHECK(std::get<user>(decoded<either>(R"({"uid":"a"})")).user_id == "a");
}

TEST_CASE("struct_options: use_default_for holds for its members only, even if the struct is reused",
          "[struct_options]") {
  page reused{"old", 1, {9}, 7};
  REQUIRE(support::json_source(R"({"query":"q"})").decode_into(reused));
  CHECK(reused.query == "q");
  CHECK(reused.limit == 10);
  CHECK(reused.offsets == std::vector{1, 2});
  CHECK(reused.next == std::nullopt);
  CHECK(why_not<page>(R"({"limit":1})") == ".query: missing");
  CHECK(why_not<page>(R"({"query":"q","limit":null})") == ".limit: expected an integer, got null");
}

TEST_CASE("struct_options: with refuse an unknown key is a failure that names it", "[struct_options]") {
  CHECK(decoded<strict>(R"({"a":1})").a == 1);
  CHECK(why_not<strict>(R"({"a":1,"c":2})") == ".c: unknown");
  CHECK(why_not<strict>(R"({"a":1,"x y":{}})") == R"(["x y"]: unknown)");
  CHECK(why_not<std::vector<strict>>(R"([{"a":1},{"\u0063":2}])") == "[1].c: unknown");
}

TEST_CASE("struct_options: empty members are null where the struct says so", "[struct_options]") {
  CHECK(encoded(with_nulls{}) == R"({"a":null,"b":null})");
  CHECK(encoded(with_nulls{1, std::make_unique<int>(2)}) == R"({"a":1,"b":2})");
  CHECK(encoded(with_a_null{}) == R"({"b":null})");
}

TEST_CASE("struct_options: a specialization of json works for types that are not yours, and takes precedence",
          "[struct_options]") {
  const auto read = decoded<payment>(R"({"price":99,"place":[1,2]})");
  CHECK(read.price.cents() == 99);
  CHECK(read.place->y == 2);
  CHECK(encoded(read) == R"({"price":99,"place":[1,2]})");
}

TEST_CASE("struct_options: a from_json function's failure keeps its type, and an error code says what was found",
          "[struct_options]") {
  CHECK(decode_failure<payment>(R"({"price":"x"})") == failure{"bad_money", ".price: not an amount"});
  CHECK(decode_failure<payment>(R"({"price":1,"place":[1]})") ==
        failure{"invalid_event", ".place: not of the expected type, got an array"});
}
