#include <lambda_proc/json/reflect.hpp>

#include <algorithm>
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
using lambda_proc::detail::member_offsets;
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
struct arrays {
  char text[8];
  int numbers[3];
  int matrix[2][3];
  inner parts[2];
};
struct array_and_others {
  int a;
  inner nested;
  std::array<int, 3> three;
  int numbers[4];
  std::optional<int> maybe;
  std::array<inner, 2> structs;
};
struct array_of_one {
  int numbers[1];
};
struct needs_argument {
  explicit needs_argument(int);
};
struct explicitly_made {
  explicit explicitly_made(int = 0);
};
struct without_default {
  int a;
  needs_argument b;
  int c;
};
struct explicit_default {
  int a;
  explicitly_made b;
  int c;
};
struct with_initializers {
  int a = 1;
  explicitly_made b = explicitly_made(2);
  needs_argument c = needs_argument(3);
};
struct another_empty {};
struct with_empty_base : nothing {
  int own;
};
struct with_empty_bases : nothing, another_empty {
  int a;
  int b;
};
struct with_base : inner {
  int own;
};
struct with_base_only : inner {};
struct with_gaps : nothing {
  char letter;
  alignas(64) char aligned;
  [[no_unique_address]] nothing no_place;
  std::map<int, std::unique_ptr<inner>> map;
  [[no_unique_address]] another_empty no_place_either;
  const std::uint16_t fixed = 1;
  bool last;
};
struct large {
  char body[400'000];
  [[no_unique_address]] nothing no_place;
  int last;
};
struct with_reference {
  int a;
  int& b;
};
struct with_bit_fields {
  unsigned a : 20;
  unsigned b : 12;
};

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

// Whether member_offsets says where the members of an object really are.
template <class T>
bool has_true_offsets() {
  std::array<std::ptrdiff_t, member_count<T>> real{};
  T object{};
  const auto start = reinterpret_cast<const char*>(&object);
  visit_members(object, [&](auto&... member) { real = {reinterpret_cast<const char*>(&member) - start...}; });
  return std::ranges::equal(real, member_offsets<T>);
}

template <class T>
std::vector<std::string_view> names_of() {
  return {names_in_cpp<T>.begin(), names_in_cpp<T>.end()};
}
using list = std::vector<std::string_view>;

struct unnamed_namespace_member {
  int hidden;
};

// Structs with many members.
#define LAMBDA_PROC_TEST_FOUR(p) int p##0, p##1, p##2, p##3;
#define LAMBDA_PROC_TEST_SIXTEEN(p) \
  LAMBDA_PROC_TEST_FOUR(p##a) LAMBDA_PROC_TEST_FOUR(p##b) LAMBDA_PROC_TEST_FOUR(p##c) LAMBDA_PROC_TEST_FOUR(p##d)
#define LAMBDA_PROC_TEST_SIXTY_FOUR(p) \
  LAMBDA_PROC_TEST_SIXTEEN(p##a)       \
  LAMBDA_PROC_TEST_SIXTEEN(p##b) LAMBDA_PROC_TEST_SIXTEEN(p##c) LAMBDA_PROC_TEST_SIXTEEN(p##d)
struct sixty_four {
  LAMBDA_PROC_TEST_SIXTY_FOUR(a)
};
struct sixty_five {
  LAMBDA_PROC_TEST_SIXTY_FOUR(a)
  std::string last;
};
struct one_hundred_and_twenty_eight {
  LAMBDA_PROC_TEST_SIXTY_FOUR(a)
  LAMBDA_PROC_TEST_SIXTY_FOUR(b)
};
struct one_hundred_and_twenty_nine {
  LAMBDA_PROC_TEST_SIXTY_FOUR(a)
  LAMBDA_PROC_TEST_SIXTY_FOUR(b)
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
  STATIC_CHECK(member_count<sixty_five> == 65);
  STATIC_CHECK(member_count<one_hundred_and_twenty_eight> == 128);
  STATIC_CHECK(member_count<generic<generic<int>>> == 1);
}

TEST_CASE("reflect: a C array is one member, and so is a struct next to it", "[reflect]") {
  STATIC_CHECK(member_count<arrays> == 4);
  STATIC_CHECK(member_count<array_and_others> == 6);
  STATIC_CHECK(member_count<array_of_one> == 1);
}

TEST_CASE("reflect: members that {} does not initialize are counted", "[reflect]") {
  STATIC_CHECK(member_count<without_default> == 3);
  STATIC_CHECK(member_count<explicit_default> == 3);
  STATIC_CHECK(member_count<with_initializers> == 3);
}

TEST_CASE("reflect: an empty base class is not a member", "[reflect]") {
  STATIC_CHECK(member_count<with_empty_base> == 1);
  STATIC_CHECK(member_count<with_empty_bases> == 2);
  with_empty_bases object{{}, {}, 1, 2};
  CHECK(visit_members(object, [](int& a, int& b) { return a + b; }) == 3);
}

TEST_CASE("reflect: the names of members are those in C++", "[reflect]") {
  CHECK(names_of<nothing>().empty());
  CHECK(names_of<names_of_every_shape>() ==
        list{"a", "message_id", "a1_b2", "trailing_", "Already_Capital", "__double__"});
  CHECK(names_of<unnamed_namespace_member>() == list{"hidden"});
  CHECK(names_of<generic<std::vector<int>>>() == list{"value"});
  CHECK(names_of<arrays>() == list{"text", "numbers", "matrix", "parts"});
  CHECK(names_of<with_empty_base>() == list{"own"});
  CHECK(names_in_cpp<one_hundred_and_twenty_eight>[0] == "aaa0");
  CHECK(names_in_cpp<one_hundred_and_twenty_eight>[127] == "bdd3");
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
  const one_hundred_and_twenty_eight many{};
  const auto distance = visit_members(many, [](const auto&... member) {
    const std::array all{&member...};
    return all.back() - all.front();
  });
  CHECK(distance == 127);
  CHECK(visit_members(std::as_const(object), [](const auto&... member) { return sizeof...(member); }) == 2);
}

TEST_CASE("reflect: only aggregates of at most 128 members are plain structs", "[reflect]") {
  STATIC_CHECK(plain_struct<every_kind>);
  STATIC_CHECK(plain_struct<arrays>);
  STATIC_CHECK(plain_struct<one_hundred_and_twenty_eight>);
  STATIC_CHECK_FALSE(plain_struct<one_hundred_and_twenty_nine>);
  STATIC_CHECK_FALSE(plain_struct<with_base>);
  STATIC_CHECK_FALSE(plain_struct<with_base_only>);
  STATIC_CHECK_FALSE(plain_struct<with_reference>);
  STATIC_CHECK_FALSE(plain_struct<with_bit_fields>);
  STATIC_CHECK_FALSE(plain_struct<with_private>);
  STATIC_CHECK_FALSE(plain_struct<with_constructor>);
  STATIC_CHECK_FALSE(plain_struct<int>);
  STATIC_CHECK_FALSE(plain_struct<color>);
  STATIC_CHECK_FALSE(plain_struct<std::string>);
  STATIC_CHECK_FALSE(plain_struct<std::array<int, 2>>);
  STATIC_CHECK_FALSE(plain_struct<std::vector<int>>);
}

TEST_CASE("reflect: where members are is known at compile time", "[reflect]") {
  STATIC_CHECK(member_offsets<inner>[1] == offsetof(inner, b));
  STATIC_CHECK(member_offsets<with_gaps>[1] == 64);
  STATIC_CHECK(member_offsets<large>[2] == 400'000);
  CHECK(has_true_offsets<one>());
  CHECK(has_true_offsets<every_kind>());
  CHECK(has_true_offsets<arrays>());
  CHECK(has_true_offsets<array_and_others>());
  CHECK(has_true_offsets<with_empty_bases>());
  CHECK(has_true_offsets<with_gaps>());
  CHECK(has_true_offsets<generic<unnamed_namespace_member>>());
  CHECK(has_true_offsets<sixty_five>());
  CHECK(has_true_offsets<one_hundred_and_twenty_eight>());
}
