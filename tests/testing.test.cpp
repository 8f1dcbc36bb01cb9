#include <lambda_proc/testing.hpp>

#include <lambda_proc/wire/lines.hpp>

#include <catch2/catch_all.hpp>

#include <cstdint>
#include <string_view>

namespace {

struct order {
  std::string_view sku;
  std::uint32_t count;
};
struct receipt {
  std::string_view sku;
  std::uint32_t cents;
};

receipt price(const order& o) { return {o.sku, o.count * 300}; }

}  // namespace

TEST_CASE("testing: reply_to returns the reply that a process would send, without its line break", "[testing]") {
  CHECK(lambda_proc::reply_to(price, R"({"event":{"sku":"A7","count":3}})") ==
        R"({"proc_req_id":0,"error":null,"data":{"sku":"A7","cents":900}})");
}

TEST_CASE("testing: each reply_to counts as a first request", "[testing]") {
  auto cold = [](const lambda_proc::context& ctx) { return ctx.cold_start(); };
  for (int i = 0; i < 2; ++i)
    CHECK(lambda_proc::reply_to(cold, "{}") == R"({"proc_req_id":0,"error":null,"data":true})");
}

TEST_CASE("testing: reply_to works with any wire", "[testing]") {
  CHECK(lambda_proc::reply_to<lambda_proc::wire::lines>(price, R"({"sku":"A7","count":3})") ==
        R"({"sku":"A7","cents":900})");
}

TEST_CASE("testing: several lines get several replies, a blank line gets none", "[testing]") {
  auto nothing = [] {};
  CHECK(lambda_proc::reply_to(nothing, "{}\n{}") == R"({"proc_req_id":0,"error":null,"data":null})"
                                                    "\n"
                                                    R"({"proc_req_id":1,"error":null,"data":null})");
  CHECK(lambda_proc::reply_to(nothing, "").empty());
}

TEST_CASE("testing: a handler may call reply_to with another handler", "[testing]") {
  const auto asks = [](const lambda_proc::event& event) {
    const std::string inner = lambda_proc::reply_to(price, R"({"event":{"sku":"A7","count":3}})");
    return std::to_string(inner.size()) + std::string(event.text());
  };
  CHECK(lambda_proc::reply_to(asks, R"({"event":[1]})") == R"({"proc_req_id":0,"error":null,"data":"62[1]"})");
}
