#include <lambda_proc/handler/handler.hpp>

#include <lambda_proc/testing.hpp>

#include <catch2/catch_all.hpp>

#include <string>
#include <string_view>
#include <system_error>

#if __has_include(<expected>)
#include <expected>
#endif

// Compiled with the newest standard that the compiler supports. Types like std::expected are tested in
// handler.test.cpp.

TEST_CASE("expected: a handler may return std::expected: its value, or its error as a failure", "[handler]") {
#ifdef __cpp_lib_expected
  const auto reply = [](auto handler) { return lambda_proc::reply_to(handler, R"({"event":7})"); };
  const auto good = [](std::string_view data) {
    return R"({"proc_req_id":0,"error":null,"data":)" + std::string(data) + "}";
  };
  const auto bad = [](std::string_view message) {
    return R"({"proc_req_id":0,"error":")" + std::string(message) + R"(","data":null})";
  };
  using lambda_proc::failure;
  CHECK(reply([](int n) -> std::expected<int, std::string> { return n; }) == good("7"));
  CHECK(reply([](int) -> std::expected<void, failure> { return {}; }) == good("null"));
  CHECK(reply([](int) -> std::expected<int, failure> {
          return std::unexpected(failure{"no_stock", "none left"});
        }) == bad("no_stock: none left"));
  CHECK(reply([](int) -> std::expected<int, std::string> { return std::unexpected("none left"); }) ==
        bad("handler_error: none left"));
  CHECK(reply([](int) -> std::expected<void, std::error_code> {
          return std::unexpected(std::make_error_code(std::errc::timed_out));
        }) == bad("generic: " + std::make_error_code(std::errc::timed_out).message()));
#else
  SKIP("this library has no std::expected");
#endif
}
