#include <lambda_proc/testing.hpp>

#include "decoded.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch_all.hpp>

// What the steady state allocates: nothing. This program counts in operator new.

namespace {

std::size_t allocations = 0;
std::size_t live_bytes = 0;

// The size is kept in front of each block.
constexpr std::size_t header = alignof(std::max_align_t);

void* allocate(std::size_t size) {
  auto* const block = static_cast<char*>(std::malloc(size + header));
  if (block == nullptr) throw std::bad_alloc();
  *reinterpret_cast<std::size_t*>(block) = size;
  ++allocations;
  live_bytes += size;
  return block + header;
}
void release(void* pointer) noexcept {
  if (pointer == nullptr) return;
  auto* const block = static_cast<char*>(pointer) - header;
  live_bytes -= *reinterpret_cast<std::size_t*>(block);
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* pointer) noexcept { release(pointer); }
void operator delete[](void* pointer) noexcept { release(pointer); }
void operator delete(void* pointer, std::size_t) noexcept { release(pointer); }
void operator delete[](void* pointer, std::size_t) noexcept { release(pointer); }

namespace {

using lambda_proc::event;
using lambda_proc::raw_json;

// Under AddressSanitizer each request gets fresh memory on purpose.
void skip_under_asan() {
  if (lambda_proc::detail::has_asan) SKIP("AddressSanitizer's build keeps no memory");
}

struct line {
  std::string sku;
  std::vector<std::uint32_t> counts;
  std::optional<std::string> note;
};
struct order {
  std::string id;
  std::vector<line> lines;
  std::unique_ptr<line> best;
  std::variant<std::monostate, std::string, std::vector<double>> either;
  std::tuple<std::string, std::int64_t> pair;
  std::array<std::string, 2> both;
  std::string_view view;
};
struct receipt {
  std::string_view id;
  std::size_t lines;
};

const std::string_view order_json =
    R"({"id":"an id that is too long for a small string","lines":[)"
    R"({"sku":"a name that is too long for a small string","counts":[1,2,3,4,5,6,7,8],"note":"also rather a long one"},)"
    R"({"sku":"another that is too long for a small string","counts":[9],"note":"also rather a long one"}],)"
    R"("best":{"sku":"the best that is too long for a small string","counts":[1,2],"note":null},)"
    R"("either":[1.5,2.5,3.5],"pair":["a first that is too long for a small string",-1],)"
    R"("both":["one that is too long for a small string","two that is too long for a small string"],)"
    R"("view":"with \u0061n escape"})";

// How many allocations the last of `rounds` requests made.
template <class Handler>
std::size_t allocations_of_last(Handler handler, std::string_view event, int rounds = 10) {
  const std::string line = "{\"event\":" + std::string(event) + ",\"context\":{\"awsRequestId\":\"a\\u0062\"}}\n";
  std::string input;
  for (int i = 0; i < rounds; ++i) input += line;
  std::vector<std::size_t> at_start;
  at_start.reserve(static_cast<std::size_t>(rounds) + 1);

  // A handler runs at the same moment of each request.
  const auto count = [&] { at_start.push_back(allocations); };
  const auto counted = handler(count);
  lambda_proc::line_reader reader{std::string_view(input)};
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  lambda_proc::reply_writer writer(null);
  lambda_proc::line_channel channel(lambda_proc::wire_of<lambda_proc::wire::lambda_proc>, reader, writer);
  CHECK(lambda_proc::serve(channel, counted).failures == 0);
  ::close(null);
  REQUIRE(at_start.size() == static_cast<std::size_t>(rounds));
  return at_start.back() - at_start[at_start.size() - 2];
}

}  // namespace

TEST_CASE("memory: decoding the same shape again allocates nothing", "[memory]") {
  const std::string text = "[" + std::string(order_json) + "]";
  const simdjson::padded_string padded(text);
  simdjson::ondemand::parser parser;
  order out;
  const auto decode = [&] {
    simdjson::ondemand::document document;
    if (parser.iterate(padded).get(document)) return false;
    simdjson::ondemand::value value;
    if (document.at(0).get(value)) return false;
    return lambda_proc::decode(value, out).has_value();
  };
  REQUIRE(decode());
  const std::size_t before = allocations;
  const bool again = decode();
  CHECK(allocations == before);
  CHECK(again);
  CHECK(out.lines[1].counts == std::vector<std::uint32_t>{9});
}

TEST_CASE("memory: encoding into a writer that was cleared allocates nothing", "[memory]") {
  order value{"an id", std::vector<line>(3), nullptr, "x", {"a", 1}, {}, "v"};
  lambda_proc::json_writer writer;
  lambda_proc::encode(writer, value);
  const std::size_t before = allocations;
  writer.clear();
  lambda_proc::encode(writer, value);
  CHECK(allocations == before);
}

TEST_CASE("memory: in the steady state a request allocates nothing", "[memory]") {
  skip_under_asan();
  SECTION("for a struct by reference") {
    CHECK(allocations_of_last([](auto& count) { return [&](const order& o) { return count(), o.lines.size(); }; },
                              order_json) == 0);
  }
  SECTION("for a struct of views by value, with context") {
    struct view {
      std::string_view id;
    };
    const auto handler = [](auto& count) {
      return [&](const lambda_proc::context& ctx, view v) { return count(), receipt{v.id, ctx.aws_request_id.size()}; };
    };
    CHECK(allocations_of_last(handler, order_json) == 0);
  }
  SECTION("for a raw echo") {
    CHECK(allocations_of_last([](auto& count) { return [&](raw_json e) { return count(), e; }; }, order_json) == 0);
  }
  SECTION("for an event that is read three times") {
    order kept;
    const auto handler = [&kept](auto& count) {
      return [&](event e) {
        count();
        bool good = true;
        for (int i = 0; i < 3; ++i) good = e.read_into(kept) && good;
        return good;
      };
    };
    CHECK(allocations_of_last(handler, order_json) == 0);
  }
  SECTION("for simdjson's own view") {
    const auto handler = [](auto& count) {
      return [&](simdjson::ondemand::object o) -> simdjson::simdjson_result<std::string_view> {
        count();
        return o["view"].get_string();
      };
    };
    CHECK(allocations_of_last(handler, order_json) == 0);
  }
}

TEST_CASE("memory: what an unusually large event needed is given back", "[memory]") {
  const simdjson::padded_string text("[[\"" + std::string(std::size_t{16} << 20U, 'x') + "\"]]");
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  REQUIRE(parser.iterate(text).get(document) == simdjson::SUCCESS);
  simdjson::ondemand::value value;
  REQUIRE(document.at(0).get(value) == simdjson::SUCCESS);
  lambda_proc::detail::held_value held;
  const std::size_t before = live_bytes;
  REQUIRE(held.hold(value) == simdjson::SUCCESS);
  for (int i = 0; i < 3; ++i) REQUIRE(held.value().error() == simdjson::SUCCESS);
  CHECK(live_bytes > before + text.size());
  held.release();
  CHECK(live_bytes < before + 1024);
}
