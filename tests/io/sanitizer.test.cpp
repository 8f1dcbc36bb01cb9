#include <lambda_proc/io/sanitizer.hpp>

#include "child.hpp"

#include <catch2/catch_all.hpp>

static_assert(lambda_proc::detail::has_asan, "this test is for builds with AddressSanitizer");

TEST_CASE("sanitizer: a view that is kept past its request is caught", "[sanitizer]") {
  const char* const what = GENERATE("event", "string");
  support::child keeping({"kept_view", what});
  keeping.send("{\"event\":\"a\\u0062c\"}\n");
  CHECK(keeping.read_line() == "{\"proc_req_id\":0,\"error\":null,\"data\":\"\"}\n");
  keeping.send("{\"event\":\"another\"}\n");
  const support::ending end = keeping.finish();
  CHECK((end.status != 0 || end.signal != 0));
  CHECK_THAT(keeping.read_all(2), Catch::Matchers::ContainsSubstring("ERROR: AddressSanitizer: "));
}
