#include <lambda_proc/failure.hpp>

#include <catch2/catch_all.hpp>

TEST_CASE("failure: a result is a value or a failure", "[failure]") {
  const lambda_proc::result<int> good = 7;
  CHECK(good.has_value());
  CHECK(*good == 7);
}
