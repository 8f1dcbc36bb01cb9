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

using lambda_proc::member_count;
using lambda_proc::plain_struct;
using lambda_proc::visit_members;
using lambda_proc::detail::names_in_cpp;

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
template <class T>
struct generic {
  T value;
};

enum class color { red, green };
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
  return {names_in_cpp<T>.begin(), names_in_cpp<T>.end()};
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

TEST_CASE("reflect: the names of members are those in C++", "[reflect]") {
  CHECK(names_of<nothing>().empty());
  CHECK(names_of<names_of_every_shape>() ==
        list{"a", "message_id", "a1_b2", "trailing_", "Already_Capital", "__double__"});
  CHECK(names_of<unnamed_namespace_member>() == list{"hidden"});
  CHECK(names_of<generic<std::vector<int>>>() == list{"value"});
  CHECK(names_in_cpp<sixty_four>[0] == "aa0");
  CHECK(names_in_cpp<sixty_four>[63] == "dd3");
}

TEST_CASE("reflect: a local struct has names, too", "[reflect]") {
  struct local {
    int here;
  };
  CHECK(names_of<local>() == list{"here"});
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
