// Structs with C arrays, with empty base classes, and with more members than a word has bits.
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <catch2/catch_all.hpp>

using lambda_proc::use_default_for;
using support::decoded;
using support::encoded;
using support::why_not;

namespace unusual {

struct point {
  int x;
  int y;
};
struct arrays {
  char name[8];
  int numbers[3];
  int matrix[2][2];
  point corners[2];
  char words[2][4];
};
struct with_defaults {
  int numbers[3] = {1, 2, 3};
  char name[8] = "default";
  std::string text = "text";
  static constexpr use_default_for json_missing{"numbers", "name", "text"};
};
struct lenient {
  int numbers[2];
  char name[4];
  using json_missing = lambda_proc::leave_empty;
};
struct tag {};
struct tagged : tag {
  int a;
  std::string b;
};

#define LAMBDA_PROC_TEST_EIGHT(p) int p##0 = 0, p##1 = 0, p##2 = 0, p##3 = 0, p##4 = 0, p##5 = 0, p##6 = 0, p##7 = 0;
#define LAMBDA_PROC_TEST_THIRTY_TWO(p) \
  LAMBDA_PROC_TEST_EIGHT(p##a) LAMBDA_PROC_TEST_EIGHT(p##b) LAMBDA_PROC_TEST_EIGHT(p##c) LAMBDA_PROC_TEST_EIGHT(p##d)
struct wide {
  LAMBDA_PROC_TEST_THIRTY_TWO(a)
  LAMBDA_PROC_TEST_THIRTY_TWO(b)
  LAMBDA_PROC_TEST_THIRTY_TWO(c)
  LAMBDA_PROC_TEST_THIRTY_TWO(d)
};
struct wide_options {
  LAMBDA_PROC_TEST_THIRTY_TWO(a)
  LAMBDA_PROC_TEST_THIRTY_TWO(b)
  std::optional<int> maybe;
  int limit = 10;
  int count = 0;
  static constexpr use_default_for json_missing{"aa0", "limit"};
};

}  // namespace unusual

using namespace unusual;

TEST_CASE("unusual_structs: C arrays are arrays of exactly their size", "[unusual_structs]") {
  constexpr std::string_view json =
      R"({"name":"A7","numbers":[1,2,3],"matrix":[[1,2],[3,4]],"corners":[{"x":1,"y":2},{"x":3,"y":4}],"words":["ab","c"]})";
  const auto read = decoded<arrays>(json);
  CHECK(std::string_view(read.name) == "A7");
  CHECK(read.numbers[2] == 3);
  CHECK(read.matrix[1][0] == 3);
  CHECK(read.corners[1].y == 4);
  CHECK(encoded(read) == json);

  struct three {
    int numbers[3];
  };
  CHECK(why_not<three>(R"({"numbers":[1,2]})") == ".numbers: expected an array of 3, got one of 2");
  CHECK(why_not<three>(R"({"numbers":[1,2,3,4]})") == ".numbers: expected an array of 3, got one of 4");
  CHECK(why_not<three>(R"({"numbers":[1,"2",3]})") == R"(.numbers[1]: expected an integer, got "2")");
  CHECK(why_not<three>("{}") == ".numbers: missing");
}

TEST_CASE("unusual_structs: an array of char is text, with a zero behind it", "[unusual_structs]") {
  struct named {
    char name[4];
  };
  CHECK(std::strcmp(decoded<named>(R"({"name":"abc"})").name, "abc") == 0);
  CHECK(std::strcmp(decoded<named>(R"({"name":""})").name, "") == 0);
  CHECK(why_not<named>(R"({"name":"abcd"})") == R"(.name: expected a string of at most 3 bytes, got "abcd")");
  CHECK(why_not<named>(R"({"name":[1]})") == ".name: expected a string, got an array");
}

TEST_CASE("unusual_structs: text in an array of char ends with the array, or before it with a zero",
          "[unusual_structs]") {
  struct named {
    char name[4];
    int after;
  };
  CHECK(encoded(named{{'a', 'b', 'c', 'd'}, 0x41414141}) == R"({"name":"abcd","after":1094795585})");
  CHECK(encoded(named{{'a', '\0', 'c', 'd'}, 1}) == R"({"name":"a","after":1})");
}

TEST_CASE("unusual_structs: missing C arrays keep their defaults, or are empty", "[unusual_structs]") {
  const auto kept = decoded<with_defaults>("{}");
  CHECK(kept.numbers[2] == 3);
  CHECK(std::string_view(kept.name) == "default");
  CHECK(kept.text == "text");
  const auto empty = decoded<lenient>("{}");
  CHECK(empty.numbers[1] == 0);
  CHECK(std::string_view(empty.name).empty());
}

TEST_CASE("unusual_structs: an empty base class changes nothing", "[unusual_structs]") {
  CHECK(decoded<tagged>(R"({"a":1,"b":"two"})").b == "two");
  CHECK(encoded(tagged{{}, 1, "two"}) == R"({"a":1,"b":"two"})");
}

TEST_CASE("unusual_structs: all 128 members are read, written and required", "[unusual_structs]") {
  wide value;
  int next = 0;
  lambda_proc::visit_members(value, [&next](auto&... member) { ((member = next++), ...); });
  const std::string json = encoded(value);
  const auto read = decoded<wide>(json);
  CHECK(read.aa0 == 0);
  CHECK(read.ca0 == 64);
  CHECK(read.dd7 == 127);
  CHECK(encoded(read) == json);

  const auto without = [&json](std::string_view member) {
    std::string text = json;
    const std::size_t start = text.find(member);
    text.replace(start, member.size(), "unknown");
    return text;
  };
  CHECK(why_not<wide>(without("aa0")) == ".aa0: missing");
  CHECK(why_not<wide>(without("bd7")) == ".bd7: missing");
  CHECK(why_not<wide>(without("ca0")) == ".ca0: missing");
  CHECK(why_not<wide>(without("dd7")) == ".dd7: missing");
}

TEST_CASE("unusual_structs: members after the 64th may be missing, or have defaults", "[unusual_structs]") {
  wide_options value;
  value.maybe = 5;
  const std::string json = encoded(value);
  const std::string shorter = json.substr(0, json.find(",\"maybe\"")) + R"(,"count":7})";
  const auto read = decoded<wide_options>(shorter);
  CHECK_FALSE(read.maybe);
  CHECK(read.limit == 10);
  CHECK(read.count == 7);
  CHECK(why_not<wide_options>(json.substr(0, json.find(",\"count\"")) + "}") == ".count: missing");
}

TEST_CASE("unusual_structs: a variant tells wide structs apart by their keys", "[unusual_structs]") {
  using either = std::variant<point, wide, tagged>;
  CHECK(std::get<wide>(decoded<either>(encoded(wide{}))).dd7 == 0);
  CHECK(std::get<point>(decoded<either>(R"({"x":1,"y":2})")).y == 2);
  CHECK(std::get<tagged>(decoded<either>(R"({"a":1,"b":"two"})")).a == 1);
}
