#include <lambda_proc/json/json_names.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::json_names_of;
using lambda_proc::names;

namespace named {

struct as_in_cpp {
  int message_id;
  int Already_Capital;
};
struct camel_named {
  using json_naming = lambda_proc::camel_case;
  int id;
  int message_id;
  int the_long_name;
  int x2_y3;
  int URL_path;
};
struct pascal_named {
  using json_naming = lambda_proc::pascal_case;
  int id;
  int message_id;
};
struct kebab_named {
  using json_naming = lambda_proc::kebab_case;
  int id;
  int message_id;
};
struct renamed {
  using json_naming = lambda_proc::camel_case;
  static constexpr auto json_names = names{"detail_type", "detail-type", "class_", "class", "empty_name", ""};
  int detail_type;
  int class_;
  int other_name;
  int empty_name;
};

enum class color { red, green };
constexpr auto json_names(color) { return names{color::red, "red", color::green, "green"}; }

// 500 names: more than a list of countries needs.
enum class many : std::uint16_t {};
#define NAME(number) many{number}, "n" #number
#define TEN(n) \
  NAME(n##0), NAME(n##1), NAME(n##2), NAME(n##3), NAME(n##4), NAME(n##5), NAME(n##6), NAME(n##7), NAME(n##8), NAME(n##9)
#define HUNDRED(n) \
  TEN(n##0), TEN(n##1), TEN(n##2), TEN(n##3), TEN(n##4), TEN(n##5), TEN(n##6), TEN(n##7), TEN(n##8), TEN(n##9)
constexpr auto json_names(many) { return names{HUNDRED(1), HUNDRED(2), HUNDRED(3), HUNDRED(4), HUNDRED(5)}; }

}  // namespace named

namespace {

template <class T>
std::vector<std::string_view> names_of() {
  return {json_names_of<T>.begin(), json_names_of<T>.end()};
}
using list = std::vector<std::string_view>;

}  // namespace

using namespace named;

TEST_CASE("JSON names: by default those in C++", "[json_names]") {
  CHECK(names_of<as_in_cpp>() == list{"message_id", "Already_Capital"});
}

TEST_CASE("JSON names: a naming style derives the JSON names", "[json_names]") {
  CHECK(names_of<camel_named>() == list{"id", "messageId", "theLongName", "x2Y3", "URLPath"});
  CHECK(names_of<pascal_named>() == list{"Id", "MessageId"});
  CHECK(names_of<kebab_named>() == list{"id", "message-id"});
}

TEST_CASE("JSON names: json_names takes precedence over the style", "[json_names]") {
  CHECK(names_of<renamed>() == list{"detail-type", "class", "otherName", ""});
}

TEST_CASE("JSON names: an enum's names are pairs of a value and a name", "[json_names]") {
  constexpr auto colors = json_names(color{});
  STATIC_CHECK(colors.entries.size() == 2);
  STATIC_CHECK(colors.entries[1].first == color::green);
  STATIC_CHECK(colors.entries[1].second == "green");
}

TEST_CASE("JSON names: an enum may have many names", "[json_names]") {
  constexpr auto numbers = json_names(many{});
  STATIC_CHECK(numbers.entries.size() == 500);
  STATIC_CHECK(numbers.entries.back().first == many{599});
  STATIC_CHECK(numbers.entries.back().second == "n599");
}
