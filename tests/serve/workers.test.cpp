#include <lambda_proc/process/run.hpp>

#include "child.hpp"
#include "default_wire.hpp"

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

// options::workers in normal operation. run.test.cpp and hosts/ test what happens to workers when something fails.

using support::child;
using support::reply;
using support::request;
using support::wiring;

namespace {

const std::string no_limit = "100000000";

/// Each handler counts its own requests, and waits if the request says so. A byte on descriptor 5 lets one of them
/// continue.
child counting(const std::string& workers) {
  return child({"handlers", "count_slowly", no_limit, workers}, {.descriptors = {{5, wiring::pipe()}}});
}

}  // namespace

TEST_CASE("workers: a slow request does not delay others with ids", "[workers]") {
  child two = counting("2");
  two.send(request("slow", R"("wait")"));
  two.read_until("given wait\n", 2);
  for (std::size_t i = 0; i < 20; ++i) {
    two.send(request("quick", R"("x")"));
    CHECK(two.read_line() == reply("quick", i + 1, std::to_string(i)));
  }
  two.send("x", 5);
  CHECK(two.read_line() == reply("slow", 0, "0"));
  CHECK(two.finish().status == 0);
}

TEST_CASE("workers: without ids replies keep the order of their requests, while later requests are already handled",
          "[workers]") {
  child two = counting("2");
  two.send(request(R"("wait")") + request(R"("b")") + request(R"("c")"));
  two.read_until("given c\n", 2);
  two.send("x", 5);
  CHECK(two.read_line() == reply(0, "0"));
  CHECK(two.read_line() == reply(1, "0"));
  CHECK(two.read_line() == reply(2, "1"));
  CHECK(two.finish().status == 0);
}

TEST_CASE("workers: a reply with an id may overtake one without", "[workers]") {
  child two = counting("2");
  two.send(request(R"("wait")") + request("a", R"("x")"));
  CHECK(two.read_line() == reply("a", 1, "0"));
  two.send("x", 5);
  CHECK(two.read_line() == reply(0, "0"));
  CHECK(two.finish().status == 0);
}

TEST_CASE("workers: each worker has its own handler", "[workers]") {
  child three = counting("3");
  for (const char* const id : {"a", "b", "c"}) three.send(request(id, R"("wait")"));
  for (int i = 0; i < 3; ++i) three.read_until("given wait\n", 2);
  three.send("xxx", 5);
  std::set<std::string> replies;
  for (int i = 0; i < 3; ++i) replies.insert(three.read_line());
  CHECK(replies == std::set{reply("a", 0, "0"), reply("b", 1, "0"), reply("c", 2, "0")});
  CHECK(three.finish().status == 0);
}

TEST_CASE("workers: only a few lines are queued, not all input", "[workers]") {
  const auto path = std::filesystem::temp_directory_path() / ("lambda_proc_workers." + std::to_string(::getpid()));
  {
    std::ofstream file(path);
    file << request(R"("wait")") << request(R"("wait")");
    for (int i = 0; i < 300; ++i) file << request('"' + std::string(100'000, 'x') + '"');
  }
  child two({"handlers", "count_slowly", no_limit, "2"},
            {.descriptors = {{0, wiring::file(path, O_RDONLY)}, {5, wiring::pipe()}}});
  std::filesystem::remove(path);
  for (int i = 0; i < 2; ++i) two.read_until("given wait\n", 2);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // long enough to read all input
  CHECK(two.peak_memory_kib() < 20'000);
  two.send("xx", 5);
  const std::string replies = two.read_all();
  CHECK(std::ranges::count(replies, '\n') == 302);
  CHECK(two.wait().status == 0);
}

TEST_CASE("workers: every request gets its reply, valid or not", "[workers]") {
  const std::string workers = GENERATE("2", "5");
  const bool ids = GENERATE(false, true);
  child echo({"handlers", "echo", no_limit, workers});
  std::string requests;
  std::multiset<std::string> wanted;
  std::string in_order;
  for (std::size_t i = 0; i < 2000; ++i) {
    const std::string event = i % 3 == 0 ? '"' + std::string(i, 'x') + '"' : std::to_string(i);
    const std::string id = std::to_string(i);
    if (i % 7 == 3) {
      requests += "garbage\n";
      const std::string failure = "{\"proc_req_id\":" + id +
                                  ",\"error\":\"invalid_request: expected an object with an event\",\"data\":null}\n";
      wanted.insert(failure);
      in_order += failure;
      continue;
    }
    requests += ids ? request(id, event) : request(event);
    wanted.insert(ids ? reply(id, i, event) : reply(i, event));
    in_order += reply(i, event);
  }
  echo.send(requests);
  CHECK(echo.finish().status == 0);
  const std::string replies = echo.read_all();
  std::multiset<std::string> given;
  std::istringstream lines(replies);
  for (std::string line; std::getline(lines, line);) given.insert(line + "\n");
  CHECK(given == wanted);
  if (!ids) CHECK(replies == in_order);
}

TEST_CASE("workers: a forked child does not wait for a record that another worker was writing", "[workers]") {
  if (lambda_proc::detail::has_asan) SKIP("AddressSanitizer's own locks do not survive a fork beside another thread");
  // Several processes, because the first record of each is written while the other worker forks.
  for (int process = 0; process < 40; ++process) {
    child two({"handlers", "fork_and_log", no_limit, "2"});
    for (std::size_t i = 0; i < 4; ++i) two.send(request("1") + request("2"));
    REQUIRE(two.finish().status == 0);
    for (std::size_t i = 0; i < 8; ++i) CHECK(two.read_line() == reply(i, "true"));
  }
}

TEST_CASE("workers: a forked child that returns from a handler ends without a reply", "[workers]") {
  child two({"handlers", "return_twice", no_limit, "2"});
  for (std::size_t i = 0; i < 100; ++i) two.send(request("1") + request("2"));
  CHECK(two.finish().status == 0);
  for (std::size_t i = 0; i < 200; ++i) CHECK(two.read_line() == reply(i, "0"));
  // No forked copy keeps stderr open any more.
  CHECK(two.read_all(2).empty());
}
