#include <lambda_proc/runtime_api/runtime_api_channel.hpp>

#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/runtime_api.hpp>

#include "mock_runtime_api.hpp"

#include <catch2/catch_all.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

// The channel without a separate process: serve() with the runtime API, in the test's own thread.

using lambda_proc::context;
using lambda_proc::endpoint;
using lambda_proc::line_reader;
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

static_assert(lambda_proc::channel<runtime_api_channel>);

const lambda_proc::any_wire& wire = lambda_proc::wire_of<lambda_proc::wire::runtime_api>;

struct order {
  std::string sku;
  std::vector<std::uint32_t> counts;
};
struct receipt {
  std::string_view sku;
  std::size_t counts;
};

}  // namespace

TEST_CASE("runtime_api_channel: in the steady state an invocation allocates nothing", "[runtime_api_channel]") {
  if (lambda_proc::detail::has_asan) SKIP("AddressSanitizer's build keeps no memory");
  constexpr int rounds = 10'000;
  const mock_runtime_api api;
  std::thread server([&] {
    mock_connection connection = api.accept();
    const std::string event = R"({"sku":"a name that is too long for a small string","counts":[1,2,3,4,5,6,7,8]})";
    for (int i = 0; i < rounds; ++i) {
      if (!connection.receive()) return;
      const std::string id = "8476a536-e9f4-11e8-9739-" + std::to_string(100'000'000'000 + i);
      connection.send(i % 2 == 0 ? invocation(id, event, "Lambda-Runtime-Deadline-Ms: 1\r\n")
                                 : support::chunked_invocation(id, event, 20));
      if (!connection.receive()) return;
      connection.send(i % 3 == 0 ? accepted : support::answer("202 Accepted", ""));
    }
    // Ends the loop: the last request for an invocation is refused.
    if (connection.receive()) connection.send(support::answer("403 Forbidden", ""));
  });

  const auto server_address = lambda_proc::parse_endpoint(api.address());
  REQUIRE(server_address);
  std::vector<std::size_t> at_handler;
  at_handler.reserve(rounds);
  const auto handler = [&](const context& ctx, const order& o) {
    at_handler.push_back(allocations);
    return receipt{ctx.aws_request_id, o.counts.size()};
  };
  lambda_proc::log_settings_in_use().level = lambda_proc::log_level::off;
  runtime_api_channel channel(wire, *server_address, {});
  const lambda_proc::stats total = lambda_proc::serve(channel, handler);
  server.join();
  CHECK(total.requests == rounds);
  CHECK(total.failures == 0);
  CHECK(total.host_gone);
  REQUIRE(at_handler.size() == rounds);
  // The first invocations make the buffers grow.
  constexpr std::size_t warm = 10;
  CHECK(at_handler.back() - at_handler[warm] == 0);
}

TEST_CASE("runtime_api_channel: an event is parsed once, while it is received", "[runtime_api_channel]") {
  const mock_runtime_api api;
  std::thread server([&] {
    mock_connection connection = api.accept();
    if (connection.receive()) connection.send(invocation("a", R"({"sku":"A7","counts":[]})"));
    if (connection.receive()) connection.send(accepted);
    if (connection.receive()) connection.send(support::answer("403 Forbidden", ""));
  });
  const auto server_address = lambda_proc::parse_endpoint("http://" + api.address());
  REQUIRE(server_address);
  lambda_proc::log_settings_in_use().level = lambda_proc::log_level::off;
  runtime_api_channel channel(wire, *server_address, {});
  const auto handler = [](const order& o) { return o.sku; };
  lambda_proc::invocation<decltype(handler)> call(handler);
  lambda_proc::request request;
  request.read_events_with(call.erased().reader);
  REQUIRE(channel.next(request));
  CHECK(request.event_was_read());
  CHECK(call(request, channel.open(request)).has_value());
  CHECK(channel.close().has_value());
  CHECK(channel.send());
  CHECK_FALSE(channel.next(request));
  CHECK_FALSE(channel.flush());
  server.join();
}
