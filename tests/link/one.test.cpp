// Together with two.cpp: two translation units that include everything link to one program.
#include "everything.hpp"

#include <catch2/catch_all.hpp>

std::string reply_of_unit_two(std::string_view line);

TEST_CASE("link: two translation units that include everything link to one program", "[link]") {
  const auto twice = [](int n) { return 2 * n; };
  CHECK(lambda_proc::reply_to(twice, R"({"event":21})") == R"({"proc_req_id":0,"error":null,"data":42})");
  CHECK(reply_of_unit_two(R"({"event":21})") == R"({"proc_req_id":0,"error":null,"data":63})");
}
