#include <lambda_proc/core/failure.hpp>

#include <memory>
#include <string>
#include <type_traits>

#include <catch2/catch_all.hpp>

using lambda_proc::failure;
using lambda_proc::result;

TEST_CASE("failure: failures are equal if their types and messages are", "[failure]") {
  CHECK(failure{"a", "b"} == failure{"a", "b"});
  CHECK(failure{"a", "b"} != failure{"a", "c"});
  CHECK(failure{"a", "b"} != failure{"c", "b"});
}

TEST_CASE("failure: a value and a failure both convert to a result", "[failure]") {
  const auto halve = [](int n) -> result<int> {
    if (n % 2 != 0) return failure{"odd", "not even"};
    return n / 2;
  };
  REQUIRE(halve(8).has_value());
  CHECK(*halve(8) == 4);
  REQUIRE_FALSE(halve(7));
  CHECK(halve(7).error() == failure{"odd", "not even"});
}

TEST_CASE("failure: a result converts to another if its value does", "[failure]") {
  const result<std::string> text = "abc";
  CHECK(*text == "abc");
  STATIC_CHECK(std::is_convertible_v<int, result<double>>);
  STATIC_CHECK(std::is_constructible_v<result<std::unique_ptr<int>>, int*>);
  STATIC_CHECK_FALSE(std::is_convertible_v<int*, result<std::unique_ptr<int>>>);
  STATIC_CHECK_FALSE(std::is_constructible_v<result<int>, std::string>);
}

TEST_CASE("failure: a failure stays a failure even if the value type accepts anything", "[failure]") {
  struct greedy {
    greedy(const failure&) {}
    greedy(int) {}
  };
  const result<greedy> bad = failure{"a", "b"};
  CHECK_FALSE(bad);
}

TEST_CASE("failure: a result returns its value by every kind of reference", "[failure]") {
  result<std::unique_ptr<int>> owner = std::make_unique<int>(3);
  CHECK(**owner == 3);
  CHECK(owner->get() == (*owner).get());
  const std::unique_ptr<int> taken = *std::move(owner);
  CHECK(*taken == 3);
}

TEST_CASE("failure: value_or returns the value, or else the argument", "[failure]") {
  CHECK(result<int>(3).value_or(4) == 3);
  CHECK(result<int>(failure{"a", "b"}).value_or(4) == 4);
}

TEST_CASE("failure: a result<void> is a success or a failure", "[failure]") {
  const result<void> good;
  CHECK(good.has_value());
  result<void> bad = failure{"a", "b"};
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().type == "a");
  const failure taken = std::move(bad).error();
  CHECK(taken == failure{"a", "b"});
}
