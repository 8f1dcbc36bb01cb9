#include <lambda_proc/testing.hpp>

#include "decoded.hpp"
#include "default_wire.hpp"

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

using support::request;

// In the steady state nothing is allocated. This program counts allocations in operator new.

namespace {

std::size_t allocations = 0;
std::size_t live_bytes = 0;
// Allocations of larger blocks fail.
std::size_t largest_block = static_cast<std::size_t>(-1);

// The size is stored in front of each block.
constexpr std::size_t header = alignof(std::max_align_t);

void* allocate(std::size_t size) noexcept {
  if (size > largest_block) return nullptr;
  auto* const block = static_cast<char*>(std::malloc(size + header));
  if (block == nullptr) return nullptr;
  *reinterpret_cast<std::size_t*>(block) = size;
  ++allocations;
  live_bytes += size;
  return block + header;
}
void* allocate_or_throw(std::size_t size) {
  void* const block = allocate(size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}
void release(void* pointer) noexcept {
  if (pointer == nullptr) return;
  auto* const block = static_cast<char*>(pointer) - header;
  live_bytes -= *reinterpret_cast<std::size_t*>(block);
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return allocate_or_throw(size); }
void* operator new[](std::size_t size) { return allocate_or_throw(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* pointer) noexcept { release(pointer); }
void operator delete[](void* pointer) noexcept { release(pointer); }
void operator delete(void* pointer, std::size_t) noexcept { release(pointer); }
void operator delete[](void* pointer, std::size_t) noexcept { release(pointer); }

namespace {

using lambda_proc::event;
using lambda_proc::raw_json;

// Under AddressSanitizer each request deliberately gets new memory.
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

// How many allocations the last of `rounds` requests makes.
template <class Handler>
std::size_t allocations_of_last(Handler handler, std::string_view event, int rounds = 10) {
  const std::string line = "{\"event\":" + std::string(event) + ",\"context\":{\"awsRequestId\":\"a\\u0062\"}}\n";
  std::string input;
  for (int i = 0; i < rounds; ++i) input += line;
  std::vector<std::size_t> at_start;
  at_start.reserve(static_cast<std::size_t>(rounds) + 1);

  // A handler runs at the same point of each request, so the counts taken there are one request apart.
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

TEST_CASE("memory: the memory of an unusually large event is freed", "[memory]") {
  const simdjson::padded_string text("[[\"" + std::string(std::size_t{16} << 20U, 'x') + "\"]]");
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  REQUIRE(parser.iterate(text).get(document) == simdjson::SUCCESS);
  simdjson::ondemand::value value;
  REQUIRE(document.at(0).get(value) == simdjson::SUCCESS);
  lambda_proc::detail::deferred_value held;
  const std::size_t before = live_bytes;
  REQUIRE(held.hold(value) == simdjson::SUCCESS);
  for (int i = 0; i < 3; ++i) REQUIRE(held.value().error() == simdjson::SUCCESS);
  CHECK(live_bytes > before + text.size());
  held.release();
  CHECK(live_bytes < before + 1024);
}

// What happens when memory runs out.

namespace {

/// While it lives, allocations of larger blocks fail.
class memory_limit {
 public:
  explicit memory_limit(std::size_t largest) { largest_block = largest; }
  memory_limit(const memory_limit&) = delete;
  memory_limit& operator=(const memory_limit&) = delete;
  ~memory_limit() { largest_block = static_cast<std::size_t>(-1); }
};

constexpr std::size_t megabyte = std::size_t{1} << 20U;

std::string quoted(std::size_t size) { return '"' + std::string(size, 'x') + '"'; }

std::string reply(int number, std::string_view data) {
  return R"({"proc_req_id":)" + std::to_string(number) + R"(,"error":null,"data":)" + std::string(data) + "}\n";
}
std::string out_of_memory(int number) {
  return R"({"proc_req_id":)" + std::to_string(number) + R"(,"error":"std::bad_alloc: out of memory","data":null})" +
         "\n";
}

/// A handler's replies while the size of blocks is limited. They go through a pipe, which needs no memory from this
/// process.
template <class Handler>
std::string replies_within(std::size_t largest, const std::string& input, Handler handler) {
  std::array<int, 2> pipe{-1, -1};
  REQUIRE(::pipe2(pipe.data(), O_CLOEXEC) == 0);
  lambda_proc::line_reader reader{std::string_view(input)};
  lambda_proc::reply_writer writer(pipe[1]);
  lambda_proc::line_channel channel(lambda_proc::wire_of<lambda_proc::wire::lambda_proc>, reader, writer);
  {
    const memory_limit limit(largest);
    lambda_proc::serve(channel, handler);
  }
  ::close(pipe[1]);
  std::string replies(65536, '\0');
  const auto size = ::read(pipe[0], replies.data(), replies.size());
  ::close(pipe[0]);
  return replies.substr(0, size < 0 ? 0 : static_cast<std::size_t>(size));
}

std::string framed(lambda_proc::framing kind, std::string_view line) {
  lambda_proc::json_writer out;
  out.append(line);
  lambda_proc::detail::add_frame(kind, out, 0);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("memory: a line for which there is no memory is drained, and the next one is found", "[memory]") {
  using lambda_proc::framing;
  using lambda_proc::line_reader;
  const framing kind = GENERATE(framing::newline, framing::length_prefix, framing::netstring);
  const std::size_t before = GENERATE(as<std::size_t>{}, 0, 1, 40'000, 200'000);
  const std::string first(before, 'a');
  const std::string text =
      framed(kind, first) + framed(kind, std::string(3 * megabyte, 'b')) + framed(kind, "c") + framed(kind, "d");
  line_reader reader(text, line_reader::default_max_line_bytes, kind);
  const memory_limit limit(megabyte);
  CHECK(reader.next() == line_reader::status::line);
  CHECK(reader.line() == first);
  CHECK(reader.next() == line_reader::status::no_memory);
  CHECK(reader.next() == line_reader::status::line);
  CHECK(reader.line() == "c");
  CHECK(reader.next() == line_reader::status::line);
  CHECK(reader.line() == "d");
  CHECK(reader.next() == line_reader::status::end);
}

TEST_CASE("memory: a line for which there is no memory may be the last, without a newline", "[memory]") {
  using lambda_proc::framing;
  using lambda_proc::line_reader;
  const framing kind = GENERATE(framing::newline, framing::length_prefix, framing::netstring);
  const std::string text = framed(kind, std::string(3 * megabyte, 'b')).substr(0, 2 * megabyte);
  line_reader reader(text, line_reader::default_max_line_bytes, kind);
  const memory_limit limit(megabyte);
  CHECK(reader.next() == line_reader::status::no_memory);
  CHECK(reader.next() == line_reader::status::end);
}

TEST_CASE("memory: without memory for the first buffer, reading fails", "[memory]") {
  lambda_proc::line_reader reader{std::string_view("a\n")};
  const memory_limit limit(1000);
  CHECK(reader.next() == lambda_proc::line_reader::status::failed);
  CHECK(reader.error() == ENOMEM);
}

TEST_CASE("memory: a request that runs out of memory is one failure, and the next one is served", "[memory]") {
  const std::string small = request("\"a\"");
  SECTION("in the reader") {
    const auto size = [](event e) { return e.text().size(); };
    CHECK(replies_within(megabyte, small + request(quoted(3 * megabyte)) + small, size) ==
          reply(0, "3") + out_of_memory(1) + reply(2, "3"));
  }
  SECTION("in the parser") {
    const auto size = [](event e) { return e.text().size(); };
    CHECK(replies_within(megabyte, small + request(quoted(400'000)) + small, size) ==
          reply(0, "3") + out_of_memory(1) + reply(2, "3"));
  }
  SECTION("in the second parser of an event that is read twice") {
    const auto size = [&](event e) {
      const auto once = e.as<std::string_view>();
      std::optional<memory_limit> limit;
      if (once && once->size() > 1) limit.emplace(1000);
      const auto twice = e.as<std::string_view>();
      return twice ? lambda_proc::result<std::size_t>(twice->size()) : twice.error();
    };
    CHECK(replies_within(megabyte, small + request(quoted(10'000)) + small, size) ==
          reply(0, "1") + out_of_memory(1) + reply(2, "1"));
  }
  SECTION("in the decoded event") {
    const auto size = [](const std::vector<std::string>& all) { return all.size(); };
    std::string many = "[\"\"";
    for (int i = 0; i < 50'000; ++i) many += ",\"\"";
    CHECK(replies_within(megabyte, request("[\"\"]") + request(many + "]") + request("[]"), size) ==
          reply(0, "1") + out_of_memory(1) + reply(2, "0"));
  }
  SECTION("in the handler") {
    const auto grow = [](std::size_t bytes) { return std::string(bytes, 'x').size(); };
    CHECK(replies_within(megabyte, request("5") + request("3000000") + request("7"), grow) ==
          reply(0, "5") + out_of_memory(1) + reply(2, "7"));
  }
  SECTION("in the reply") {
    const std::string text(megabyte / 2, 'x');
    const auto repeat = [&](std::size_t count) { return std::vector<std::string_view>(count, text); };
    CHECK(replies_within(megabyte, request("0") + request("3") + request("0"), repeat) ==
          reply(0, "[]") + out_of_memory(1) + reply(2, "[]"));
  }
  SECTION("in the message of a failure") {
    const auto refuse = [](std::size_t count) { return lambda_proc::failure{"no", std::string(count, '\1')}; };
    CHECK(replies_within(megabyte, request("1") + request("500000"), refuse) ==
          R"({"proc_req_id":0,"error":"no: \u0001","data":null})"
          "\n" +
              out_of_memory(1));
  }
}

TEST_CASE("memory: with no memory left, requests that need none are served and the others fail", "[memory]") {
  skip_under_asan();
  bool used_up = false;
  const auto handler = [&](std::int64_t bytes) {
    // There is memory for the first request.
    if (std::exchange(used_up, true)) largest_block = 0;
    return std::string(static_cast<std::size_t>(bytes), 'x').size();
  };
  // The first line is as long as any later one, so that the buffer need not grow.
  std::string input = request("1" + std::string(100, ' '));
  std::string expected = reply(0, "1");
  for (int number = 1; number < 30; number += 3) {
    input += request("7") + request("7000") + "garbage\n";
    expected += reply(number, "7") + out_of_memory(number + 1) + out_of_memory(number + 2);
  }
  CHECK(replies_within(megabyte, input, handler) == expected);
}
