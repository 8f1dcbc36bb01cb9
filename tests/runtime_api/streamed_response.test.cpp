#include <lambda_proc/runtime_api/streamed_response.hpp>

#include <lambda_proc/runtime_api/runtime_api_channel.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/runtime_api.hpp>

#include "mock_runtime_api.hpp"

#include <catch2/catch_all.hpp>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

// Streamed replies without a separate process: serve() with the runtime API, in the test's own thread.

using lambda_proc::context;
using lambda_proc::failure;
using lambda_proc::http_head;
using lambda_proc::response_stream;
using lambda_proc::result;
using lambda_proc::runtime_api_channel;
using support::accepted;
using support::invocation;
using support::mock_connection;
using support::mock_runtime_api;

namespace {

// Counted only for this thread, because the mock may allocate.
thread_local std::size_t allocations = 0;

void* allocate(std::size_t size) noexcept {
  ++allocations;
  return std::malloc(size);
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* const block = allocate(size)) return block;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete[](void* block, std::size_t) noexcept { std::free(block); }

namespace {

const lambda_proc::any_wire& wire = lambda_proc::wire_of<lambda_proc::wire::runtime_api>;

/// Serves `rounds` invocations, and returns what the mock received.
template <class Handler>
std::vector<support::http_request> replies_to(Handler&& handler, int rounds, std::size_t* connections = nullptr) {
  const mock_runtime_api api;
  std::vector<support::http_request> replies;
  replies.reserve(static_cast<std::size_t>(rounds));
  std::thread server([&] {
    mock_connection connection = api.accept();
    if (connections != nullptr) ++*connections;
    for (int i = 0; i < rounds; ++i) {
      if (!connection.receive()) return;
      connection.send(invocation("8476a536-e9f4-11e8-9739-" + std::to_string(100'000'000'000 + i), "7"));
      auto reply = connection.receive();
      if (!reply) return;
      replies.push_back(*std::move(reply));
      connection.send(accepted);
    }
    // Ends the loop: the last request for an invocation is refused.
    if (connection.receive()) connection.send(support::answer("403 Forbidden", ""));
  });
  lambda_proc::log_settings_in_use().level = lambda_proc::log_level::off;
  const auto address = lambda_proc::parse_endpoint(api.address());
  REQUIRE(address);
  runtime_api_channel channel(wire, *address, {});
  lambda_proc::serve(channel, handler);
  server.join();
  REQUIRE(replies.size() == static_cast<std::size_t>(rounds));
  return replies;
}

}  // namespace

TEST_CASE("streamed_response: in the steady state a streamed reply allocates nothing", "[runtime_api]") {
  if (lambda_proc::detail::has_asan) SKIP("AddressSanitizer's build keeps no memory");
  constexpr int rounds = 1000;
  std::vector<std::size_t> at_handler;
  at_handler.reserve(rounds);
  const std::string large(200'000, 'x');
  const auto handler = [&](const context&, int, response_stream& out) {
    at_handler.push_back(allocations);
    for (int i = 0; i < 20; ++i) out.write("a part, ");
    out.flush();
    if (at_handler.size() % 50 == 0) out.write(large);
    out.write("the end");
  };
  std::size_t connections = 0;
  const auto replies = replies_to(handler, rounds, &connections);
  CHECK(replies.front().body.ends_with("a part, the end"));
  // One connection serves all.
  CHECK(connections == 1);
  constexpr std::size_t warm = 10;
  CHECK(at_handler.back() - at_handler[warm] == 0);
}

TEST_CASE("streamed_response: a reply of many parts is the concatenation of them", "[runtime_api]") {
  std::string all;
  const auto handler = [&](int, response_stream& out) {
    for (std::size_t size = 1; size < 300'000; size = size * 3 + 1) {
      const std::string part(size, static_cast<char>('a' + size % 26));
      CHECK(out.write(part));
      all += part;
      if (size % 2 == 0) CHECK(out.flush());
    }
  };
  CHECK(replies_to(handler, 1).front().body == all);
}

TEST_CASE("streamed_response: bytes are sent as they are", "[runtime_api]") {
  const auto handler = [](response_stream& out) {
    constexpr std::array bytes{std::byte{0}, std::byte{0xFF}, std::byte{'\n'}};
    CHECK(out.write(bytes));
    CHECK_FALSE(out.closed());
  };
  CHECK(replies_to(handler, 1).front().body == std::string("\0\xFF\n", 3));
}

TEST_CASE("streamed_response: the limit of a whole reply does not apply to a streamed one", "[runtime_api]") {
  const std::string part(1'000'000, 'x');
  const auto handler = [&](response_stream& out) {
    for (int i = 0; i < 10; ++i) CHECK(out.write(part));
  };
  CHECK(replies_to(handler, 1).front().body.size() == 10'000'000);
}

TEST_CASE("streamed_response: failures and replies alternate on one connection", "[runtime_api]") {
  int number = 0;
  const auto handler = [&](response_stream& out) -> result<void> {
    switch (number++ % 3) {
      case 0: out.write("good"); return {};
      case 1: out.write("dropped"); return failure{"early", "nothing was sent"};
      default:
        out.write("sent");
        out.flush();
        return failure{"late", "something was sent"};
    }
  };
  std::size_t connections = 0;
  const auto replies = replies_to(handler, 6, &connections);
  CHECK(connections == 1);
  for (std::size_t i = 0; i < 6; i += 3) {
    CHECK(replies[i].body == "good");
    CHECK(replies[i].trailers.empty());
    CHECK(replies[i + 1].path.ends_with("/error"));
    CHECK(replies[i + 1].headers.at("lambda-runtime-function-error-type") == "Function.Early");
    CHECK(replies[i + 2].body == "sent");
    CHECK(replies[i + 2].trailers.at("lambda-runtime-function-error-type") == "Function.Late");
  }
}
