#include <lambda_proc/json/reflect.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::json_names_of;
using lambda_proc::member_count;
using lambda_proc::names;
using lambda_proc::plain_struct;
using lambda_proc::visit_members;

namespace reflected {

struct nothing {};
struct one {
  int only;
};
struct inner {
  int a;
  double b;
};
struct every_kind {
  bool truth;
  char letter;
  std::int64_t integer;
  double real;
  std::string text;
  std::string_view view;
  std::optional<int> maybe;
  std::optional<std::string> maybe_text;
  std::vector<std::string> list;
  std::vector<inner> structs;
  std::array<int, 3> three;
  std::map<std::string, int> map;
  std::pair<int, std::string> pair;
  std::tuple<int, double, std::string> tuple;
  std::variant<std::monostate, int, std::string> either;
  std::unique_ptr<inner> unique;
  std::shared_ptr<inner> shared;
  std::chrono::sys_seconds time;
  inner nested;
  nothing empty;
};
struct with_defaults {
  int a = 1;
  std::string b = "b";
};

struct names_of_every_shape {
  int a;
  int message_id;
  int a1_b2;
  int trailing_;
  int Already_Capital;
  int __double__;
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

template <class T>
struct generic {
  T value;
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

class with_private {
 public:
  int a;

 private:
  [[maybe_unused]] int b;
};
struct with_constructor {
  with_constructor();
  int a;
};

}  // namespace reflected

namespace {

template <class T>
std::vector<std::string_view> names_of() {
  return {json_names_of<T>.begin(), json_names_of<T>.end()};
}
using list = std::vector<std::string_view>;

struct unnamed_namespace_member {
  int hidden;
};

// Structs with sixty-four and sixty-five members.
#define LAMBDA_PROC_TEST_FOUR(p) int p##0, p##1, p##2, p##3;
#define LAMBDA_PROC_TEST_SIXTEEN(p) \
  LAMBDA_PROC_TEST_FOUR(p##a) LAMBDA_PROC_TEST_FOUR(p##b) LAMBDA_PROC_TEST_FOUR(p##c) LAMBDA_PROC_TEST_FOUR(p##d)
struct sixty_four {
  LAMBDA_PROC_TEST_SIXTEEN(a)
  LAMBDA_PROC_TEST_SIXTEEN(b)
  LAMBDA_PROC_TEST_SIXTEEN(c)
  LAMBDA_PROC_TEST_SIXTEEN(d)
};
struct sixty_five {
  LAMBDA_PROC_TEST_SIXTEEN(a)
  LAMBDA_PROC_TEST_SIXTEEN(b)
  LAMBDA_PROC_TEST_SIXTEEN(c)
  LAMBDA_PROC_TEST_SIXTEEN(d)
  int too_many;
};

}  // namespace

using namespace reflected;

TEST_CASE("reflect: members of any type are counted", "[reflect]") {
  STATIC_CHECK(member_count<nothing> == 0);
  STATIC_CHECK(member_count<one> == 1);
  STATIC_CHECK(member_count<inner> == 2);
  STATIC_CHECK(member_count<every_kind> == 20);
  STATIC_CHECK(member_count<with_defaults> == 2);
  STATIC_CHECK(member_count<sixty_four> == 64);
  STATIC_CHECK(member_count<generic<generic<int>>> == 1);
}

TEST_CASE("reflect: by default the names of members are those in C++", "[reflect]") {
  CHECK(names_of<nothing>().empty());
  CHECK(names_of<names_of_every_shape>() ==
        list{"a", "message_id", "a1_b2", "trailing_", "Already_Capital", "__double__"});
  CHECK(names_of<unnamed_namespace_member>() == list{"hidden"});
  CHECK(names_of<generic<std::vector<int>>>() == list{"value"});
  CHECK(json_names_of<sixty_four>[0] == "aa0");
  CHECK(json_names_of<sixty_four>[63] == "dd3");
}

TEST_CASE("reflect: a local struct has names, too", "[reflect]") {
  struct local {
    int here;
  };
  CHECK(names_of<local>() == list{"here"});
}

TEST_CASE("reflect: a naming style derives the JSON names", "[reflect]") {
  CHECK(names_of<camel_named>() == list{"id", "messageId", "theLongName", "x2Y3", "URLPath"});
  CHECK(names_of<pascal_named>() == list{"Id", "MessageId"});
  CHECK(names_of<kebab_named>() == list{"id", "message-id"});
}

TEST_CASE("reflect: json_names takes precedence over the style", "[reflect]") {
  CHECK(names_of<renamed>() == list{"detail-type", "class", "otherName", ""});
}

TEST_CASE("reflect: an enum's names are pairs of a value and a name", "[reflect]") {
  constexpr auto colors = json_names(color{});
  STATIC_CHECK(colors.entries.size() == 2);
  STATIC_CHECK(colors.entries[1].first == color::green);
  STATIC_CHECK(colors.entries[1].second == "green");
}

TEST_CASE("reflect: an enum may have many names", "[reflect]") {
  constexpr auto numbers = json_names(many{});
  STATIC_CHECK(numbers.entries.size() == 500);
  STATIC_CHECK(numbers.entries.back().first == many{599});
  STATIC_CHECK(numbers.entries.back().second == "n599");
}

TEST_CASE("reflect: visiting passes references to all members in order", "[reflect]") {
  inner object{1, 2.5};
  visit_members(object, [](int& a, double& b) {
    a = 3;
    b = 4.5;
  });
  CHECK(object.a == 3);
  CHECK(object.b == 4.5);
  const sixty_four many{};
  const auto distance = visit_members(many, [](const auto&... member) {
    const std::array all{&member...};
    return all.back() - all.front();
  });
  CHECK(distance == 63);
  CHECK(visit_members(std::as_const(object), [](const auto&... member) { return sizeof...(member); }) == 2);
}

TEST_CASE("reflect: only aggregates of at most 64 members are plain structs", "[reflect]") {
  STATIC_CHECK(plain_struct<every_kind>);
  STATIC_CHECK(plain_struct<sixty_four>);
  STATIC_CHECK_FALSE(plain_struct<sixty_five>);
  STATIC_CHECK_FALSE(plain_struct<with_private>);
  STATIC_CHECK_FALSE(plain_struct<with_constructor>);
  STATIC_CHECK_FALSE(plain_struct<int>);
  STATIC_CHECK_FALSE(plain_struct<color>);
  STATIC_CHECK_FALSE(plain_struct<std::string>);
  STATIC_CHECK_FALSE(plain_struct<std::array<int, 2>>);
  STATIC_CHECK_FALSE(plain_struct<std::vector<int>>);
}
