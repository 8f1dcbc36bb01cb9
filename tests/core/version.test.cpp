#include <lambda_proc/core/version.hpp>

#include <string>

#include <catch2/catch_all.hpp>

TEST_CASE("version: it equals the version that CMake read from the header", "[version]") {
  constexpr auto version = lambda_proc::version;
  const std::string text =
      std::to_string(version.major) + "." + std::to_string(version.minor) + "." + std::to_string(version.patch);
  CHECK(text == LAMBDA_PROC_TEST_PROJECT_VERSION);
}
