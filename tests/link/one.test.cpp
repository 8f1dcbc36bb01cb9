// With two.cpp: two units that include everything make one program.
#include "everything.hpp"

#include <catch2/catch_all.hpp>

std::string reply_of_unit_two(std::string_view line);

TEST_CASE("link: two units that include everything are one program", "[link]") {
  const auto twice = [](int n) { return 2 * n; };
  CHECK(lambda_proc::reply_to(twice, R"({"event":21})") == R"({"proc_req_id":0,"error":null,"data":42})");
  CHECK(reply_of_unit_two(R"({"event":21})") == R"({"proc_req_id":0,"error":null,"data":63})");
}
