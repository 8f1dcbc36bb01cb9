#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/process/run.hpp>

#include "child.hpp"
#include "default_wire.hpp"

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
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

// Sanitizers need memory of their own.
#ifdef __SANITIZE_THREAD__
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = lambda_proc::detail::has_asan;
#endif

/// A text in a file, which is removed when the test ends.
class input_file {
 public:
  explicit input_file(const std::string& text) { std::ofstream(path_) << text; }
  input_file(const input_file&) = delete;
  input_file& operator=(const input_file&) = delete;
  ~input_file() { std::filesystem::remove(path_); }

  [[nodiscard]] wiring open() const { return wiring::file(path_, O_RDONLY); }

 private:
  std::string path_ = std::filesystem::temp_directory_path() / ("lambda_proc_workers." + std::to_string(::getpid()));
};

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// Each handler counts its own requests, and waits if the request says so. A byte on descriptor 5 lets one of them
/// continue.
child counting(const std::string& workers) {
  return child({"handlers", "count_slowly", no_limit, workers}, {.descriptors = {{5, wiring::pipe()}}});
}

/// The same after many quick requests in one write, so that workers now take many lines at once. The next request has
/// the number quick_requests.
constexpr std::size_t quick_requests = 3000;
void make_batches_large(child& two) {
  two.send(repeated(request(R"("x")"), quick_requests));
  for (std::size_t i = 0; i < quick_requests; ++i)
    CHECK_THAT(two.read_line(), Catch::Matchers::StartsWith("{\"proc_req_id\":" + std::to_string(i) + ","));
}

/// Waits until the child, which was sent SIGTERM, has replaced its input.
void wait_until_input_is_replaced(const child& stopping, const std::filesystem::path& before) {
  const auto deadline = std::chrono::steady_clock::now() + child::time_limit;
  const std::string input = "/proc/" + std::to_string(stopping.pid()) + "/fd/10";
  while (std::filesystem::read_symlink(input) == before) {
    REQUIRE(std::chrono::steady_clock::now() < deadline);
    std::this_thread::yield();
  }
}

/// Whether these are the first replies, in order: proc_req_id counts from `number`.
bool are_numbered_from(std::size_t number, const std::string& replies) {
  std::istringstream lines(replies);
  for (std::string line; std::getline(lines, line); ++number) {
    if (!line.starts_with("{\"proc_req_id\":" + std::to_string(number) + ",")) return false;
  }
  return true;
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

TEST_CASE("workers: slow requests that arrive in one read are shared out one by one", "[workers]") {
  const bool after_quick_ones = GENERATE(false, true);
  child two = counting("2");
  if (after_quick_ones) make_batches_large(two);
  constexpr std::size_t count = 64;
  // With ids, so that no reply is kept until an earlier one was sent.
  two.send(repeated(request("slow", R"("wait")"), count));
  two.read_until("given wait\n", 2);
  // While one of two waits, whichever it is, the other gets all other requests.
  for (std::size_t i = 1; i < count; ++i) {
    two.read_until("given wait\n", 2);
    two.send("x", 5);
  }
  two.send("x", 5);
  for (std::size_t i = 0; i < count; ++i) CHECK_THAT(two.read_line(), Catch::Matchers::StartsWith(R"({"id":"slow",)"));
  CHECK(two.finish().status == 0);
}

TEST_CASE("workers: lines that were taken together with a slow one are handled by a free worker", "[workers]") {
  child two = counting("2");
  make_batches_large(two);
  SECTION("and wait for its reply") {
    // Few enough that the replies can be kept even if each line is taken by itself.
    two.send(request(R"("wait")") + repeated(request(R"("late")"), 6));
    for (int i = 0; i < 6; ++i) two.read_until("given late\n", 2);
    two.send("x", 5);
    std::string replies;
    for (std::size_t i = 0; i < 7; ++i) replies += two.read_line();
    CHECK(are_numbered_from(quick_requests, replies));
  }
  SECTION("or overtake it if they have ids") {
    two.send(request(R"("wait")") + request("a", R"("x")") + request("b", R"("x")"));
    std::set<std::string> ids;
    for (int i = 0; i < 2; ++i) ids.insert(two.read_line().substr(0, 10));
    CHECK(ids == std::set<std::string>{R"({"id":"a",)", R"({"id":"b",)"});
    two.send("x", 5);
    CHECK(are_numbered_from(quick_requests, two.read_line()));
  }
  SECTION("or overtake it if it has an id") {
    two.send(request("slow", R"("wait")") + repeated(request(R"("late")"), 50));
    std::string replies;
    for (int i = 0; i < 50; ++i) replies += two.read_line();
    CHECK(are_numbered_from(quick_requests + 1, replies));
    two.send("x", 5);
    CHECK_THAT(two.read_line(), Catch::Matchers::StartsWith(R"({"id":"slow",)"));
  }
  CHECK(two.finish().status == 0);
}

TEST_CASE("workers: a free worker takes lines from another one even if there is more input", "[workers]") {
  child two = counting("2");
  make_batches_large(two);
  // The second request waits for a byte that a handler of a later one could send: there must be one that is free for
  // it.
  two.send(request("a", R"("wait")") + request("b", R"("late")"));
  two.read_until("given wait\n", 2);
  for (int i = 0; i < 200; ++i) two.send(request("c", R"("x")"));
  std::string replies;
  for (int i = 0; i < 201; ++i) replies += two.read_line();
  CHECK_THAT(replies, Catch::Matchers::ContainsSubstring(R"({"id":"b",)"));
  two.send("x", 5);
  CHECK(two.finish().status == 0);
}

TEST_CASE("workers: SIGTERM ends a batch after the current requests", "[workers]") {
  child two = counting("2");
  make_batches_large(two);
  const auto input = std::filesystem::read_symlink("/proc/" + std::to_string(two.pid()) + "/fd/10");
  two.send(repeated(request(R"("poll")"), 200));
  for (int i = 0; i < 2; ++i) two.read_until("given poll\n", 2);
  two.signal(SIGTERM);
  wait_until_input_is_replaced(two, input);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // long enough to interrupt a handler, if it did
  two.send(std::string(200, 'x'), 5);
  CHECK(two.wait().status == 0);
  const std::string replies = two.read_all();
  CHECK(are_numbered_from(quick_requests, replies));
  CHECK_THAT(replies, !Catch::Matchers::ContainsSubstring("interrupted"));
  const auto count = std::ranges::count(replies, '\n');
  CHECK(count >= 2);
  CHECK(count < 200);
}

TEST_CASE("workers: replies to a file of requests keep their order", "[workers]") {
  std::string requests;
  std::string replies;
  for (std::size_t i = 0; i < 20'000; ++i) {
    requests += request(std::to_string(i));
    replies += reply(i, std::to_string(i));
  }
  const input_file file(requests);
  const std::string workers = GENERATE("2", "4");
  child echo({"handlers", "echo", no_limit, workers}, {.descriptors = {{0, file.open()}}});
  CHECK(echo.read_all() == replies);
  CHECK(echo.wait().status == 0);
}

TEST_CASE("workers: only a few lines are queued, not all input", "[workers]") {
  const input_file file(repeated(request(R"("wait")"), 2) +
                        repeated(request('"' + std::string(100'000, 'x') + '"'), 300));
  child two({"handlers", "count_slowly", no_limit, "2"}, {.descriptors = {{0, file.open()}, {5, wiring::pipe()}}});
  for (int i = 0; i < 2; ++i) two.read_until("given wait\n", 2);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // long enough to read all input
  if (!is_sanitized) CHECK(two.peak_memory_kib() < 20'000);
  two.send("xx", 5);
  const std::string replies = two.read_all();
  CHECK(std::ranges::count(replies, '\n') == 302);
  CHECK(two.wait().status == 0);
}

TEST_CASE("workers: only a few replies wait for a slow one, not all", "[workers]") {
  const std::size_t size = GENERATE(as<std::size_t>{}, 100'000, 1'000'000);
  const std::size_t count = 60'000'000 / size;
  const input_file file(request("null") + repeated(request(std::to_string(size)), count));
  child two({"handlers", "stretch_slowly", no_limit, "2"}, {.descriptors = {{0, file.open()}, {5, wiring::pipe()}}});
  two.read_until("in flight\n", 2);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // long enough to handle all input
  if (!is_sanitized) CHECK(two.peak_memory_kib() < 30'000);
  two.send("x", 5);
  const std::string replies = two.read_all();
  CHECK(std::ranges::count(replies, '\n') == static_cast<std::ptrdiff_t>(count) + 1);
  CHECK(are_numbered_from(0, replies));
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
