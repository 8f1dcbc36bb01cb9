#include <lambda_proc/process/run.hpp>

#include "child.hpp"
#include "default_wire.hpp"

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using support::child;
using support::child_setup;
using support::ending;
using support::environment_with;
using support::reply;
using support::request;
using support::unique_fd;
using support::wiring;

namespace {

/// An environment with /dev/null, and one in which no file can be opened.
std::vector<std::string> files() { return GENERATE(values<std::vector<std::string>>({{}, {"WITHOUT_FILES=1"}})); }

std::string quoted(std::size_t size) { return '"' + std::string(size - 2, 'x') + '"'; }

constexpr std::size_t megabyte = 1'000'000;

/// The line limit for children/handlers.cpp in tests that need no limit.
const std::string no_limit = "100000000";

bool ended_well(const ending& end) { return end.status == 0 && end.signal == 0; }

/// A file that is removed when the test ends.
class temporary_file {
 public:
  explicit temporary_file(std::string_view text = "") {
    const int fd = ::mkstemp(path_.data());
    if (fd >= 0) ::close(fd);
    std::ofstream(path_) << text;
  }
  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;
  ~temporary_file() { std::remove(path_.c_str()); }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string text() const {
    std::ostringstream all;
    all << std::ifstream(path_).rdbuf();
    return all.str();
  }

 private:
  std::string path_ = std::filesystem::temp_directory_path() / "lambda_proc-XXXXXX";
};

}  // namespace

// The input and its end

TEST_CASE("run: the end of input ends the process with 0, after the last reply", "[run]") {
  child echo({"handlers", "echo"});
  echo.send(request("1") + request("2"));
  CHECK(ended_well(echo.finish()));
  CHECK(echo.read_all() == reply(0, "1") + reply(1, "2"));
  CHECK(echo.read_all(2).empty());
}

TEST_CASE("run: an empty input gets no replies", "[run]") {
  child echo({"handlers", "echo"});
  CHECK(ended_well(echo.finish()));
  CHECK(echo.read_all().empty());
}

TEST_CASE("run: a bad line between good ones fails once, and the process does not spin", "[run]") {
  child price({"handlers", "price"});
  const std::string order = request(R"({"sku":"A7","count":3})");
  price.send(order + "garbage\n" + order);
  const ending end = price.finish();
  CHECK(ended_well(end));
  CHECK(end.cpu < std::chrono::seconds(1));
  CHECK(price.read_line() == reply(0, R"({"sku":"A7","cents":900})"));
  CHECK_THAT(price.read_line(), Catch::Matchers::StartsWith(R"({"proc_req_id":1,"error":"invalid_request: )"));
  CHECK(price.read_line() == reply(2, R"({"sku":"A7","cents":900})"));
  CHECK(price.read_all().empty());
}

TEST_CASE("run: a reply is sent before the next request is complete", "[run]") {
  child echo({"handlers", "echo"});
  echo.send(request("1") + "{\"event\":");
  CHECK(echo.read_line() == reply(0, "1"));
  echo.send("2}\n");
  CHECK(echo.read_line() == reply(1, "2"));
  CHECK(ended_well(echo.finish()));
}

TEST_CASE("run: the last request needs no line break", "[run]") {
  child echo({"handlers", "echo"});
  echo.send(R"({"event":1})");
  CHECK(ended_well(echo.finish()));
  CHECK(echo.read_all() == reply(0, "1"));
}

// The sealed streams

TEST_CASE("run: a handler's output never appears among the replies", "[run]") {
  child print({"handlers", "print"});
  print.send(request("1") + request("2") + request("3"));
  CHECK(ended_well(print.finish()));
  CHECK(print.read_all() == reply(0, "0") + reply(1, "0") + reply(2, "0"));
  const std::string log = print.read_all(2);
  for (const char* const way : {"printf\n", "puts\"", "cout\n", "cout without flush", "write\n", "system\n"}) {
    CHECK_THAT(log, Catch::Matchers::ContainsSubstring(way));
  }
}

TEST_CASE("run: a handler that reads stdin finds end of file, and consumes no request", "[run]") {
  child reader({"handlers", "read_stdin"});
  reader.send(request("1") + request("2"));
  CHECK(ended_well(reader.finish()));
  CHECK(reader.read_all() == reply(0, "-1") + reply(1, "-1"));
}

TEST_CASE("run: programs that a handler starts inherit neither the requests nor the replies", "[run]") {
  child open_descriptors({"handlers", "open_descriptors"});
  open_descriptors.send(request("1"));
  CHECK(ended_well(open_descriptors.finish()));
  CHECK(open_descriptors.read_all() == reply(0, R"("0, 1, 2, 3")"));
}

TEST_CASE("run: a process that a handler leaves behind does not keep the replies open", "[run]") {
  child parent({"handlers", GENERATE("leave_grandchild", "leave_fork")});
  parent.send(request("1"));
  CHECK(ended_well(parent.finish()));
  CHECK(parent.read_all() == reply(0, "0"));
}

TEST_CASE("run: a forked child that returns from the handler neither replies nor takes a request", "[run]") {
  child twice({"handlers", "return_twice"}, {.environment = environment_with(files())});
  for (std::size_t i = 0; i < 20; ++i) {
    twice.send(request("1"));
    CHECK(twice.read_line() == reply(i, "0"));
  }
  CHECK(ended_well(twice.finish()));
  CHECK(twice.read_all().empty());
}

// Descriptors

TEST_CASE("run: pipes, sockets and non-blocking descriptors carry large and small lines", "[run]") {
  struct pair {
    const char* name;
    wiring in;
    wiring out;
  };
  const std::vector<pair> pairs{
      {"pipes of 4 KB", wiring::pipe(4096), wiring::pipe(4096)},
      {"pipes of 1 MB", wiring::pipe(1 << 20), wiring::pipe(1 << 20)},
      {"sockets", wiring::socket(), wiring::socket()},
      {"non-blocking pipes", wiring::pipe(4096).nonblocking(), wiring::pipe(4096).nonblocking()},
      {"non-blocking sockets", wiring::socket().nonblocking(), wiring::socket().nonblocking()},
  };
  for (const pair& chosen : pairs) {
    DYNAMIC_SECTION(chosen.name) {
      child echo({"handlers", "echo"}, {.descriptors = {{0, chosen.in}, {1, chosen.out}}});
      std::size_t number = 0;
      for (const std::size_t bytes : {std::size_t{2}, 3 * megabyte, std::size_t{4096}, std::size_t{65536}}) {
        const std::string event = quoted(bytes);
        echo.send(request(event));
        CHECK(echo.read_line() == reply(number++, event));
      }
      const ending end = echo.finish();
      CHECK(ended_well(end));
      CHECK(echo.read_all().empty());
    }
  }
}

TEST_CASE("run: waiting on a non-blocking descriptor uses no processor time", "[run]") {
  const bool socket = GENERATE(false, true);
  const wiring in = socket ? wiring::socket() : wiring::pipe();
  child idle({"handlers", "echo"}, {.descriptors = {{0, wiring(in).nonblocking()}}});
  child busy({"handlers", "echo"});
  // Waits for as long as another child needs for a lot of work.
  idle.send(request("1"));
  CHECK(idle.read_line() == reply(0, "1"));
  for (int i = 0; i < 20; ++i) {
    busy.send(request(quoted(megabyte)));
    CHECK(busy.read_line().size() > megabyte);
  }
  const ending end = idle.finish();
  CHECK(ended_well(end));
  CHECK(end.cpu <= busy.finish().cpu);
}

TEST_CASE("run: requests and replies may be files", "[run]") {
  std::string requests;
  std::string replies;
  for (std::size_t i = 0; i < 20'000; ++i) {
    requests += request(std::to_string(i));
    replies += reply(i, std::to_string(i));
  }
  const temporary_file in(requests);
  const temporary_file out;
  child echo({"handlers", "echo"},
             {.descriptors = {{0, wiring::file(in.path(), O_RDONLY)}, {1, wiring::file(out.path(), O_WRONLY)}}});
  CHECK(ended_well(echo.wait()));
  CHECK(out.text() == replies);
}

TEST_CASE("run: a host that writes 10 MB before it reads gets its reply", "[run]") {
  child echo({"handlers", "echo"}, {.descriptors = {{0, wiring::pipe(4096)}, {1, wiring::pipe(4096)}}});
  const std::string event = quoted(10 * megabyte);
  echo.hold(1);
  REQUIRE(echo.send(request(event)));
  echo.release(1);
  CHECK(echo.read_line() == reply(0, event));
  CHECK(ended_well(echo.finish()));
}

TEST_CASE("run: requests and replies are complete even if they are sent byte by byte", "[run]") {
  const bool socket = GENERATE(false, true);
  const wiring end = socket ? wiring::socket() : wiring::pipe(4096).nonblocking();
  child echo({"handlers", "echo"}, {.descriptors = {{0, end}, {1, end}}});
  echo.sip(1);
  const std::string lines = request(R"({"a":[1,"\u00e9",null]})") + "\n" + request("2");
  for (const char c : lines) REQUIRE(echo.send({&c, 1}));
  CHECK(echo.read_line() == reply(0, R"({"a":[1,"\u00e9",null]})"));
  CHECK(echo.read_line() == reply(1, "2"));
  // Larger than the pipe, so that the rest has to wait for each byte.
  echo.send(request(quoted(20'000)));
  CHECK(echo.read_line() == reply(2, quoted(20'000)));
  CHECK(ended_well(echo.finish()));
}

TEST_CASE("run: a stdin that is closed has no requests", "[run]") {
  child echo({"handlers", "echo"}, {.descriptors = {{0, wiring::closed()}}});
  CHECK(ended_well(echo.wait()));
  CHECK(echo.read_all().empty());
}

TEST_CASE("run: a stdin that is closed has no requests, even with a log file", "[run]") {
  child echo({"handlers", "echo"},
             {.descriptors = {{0, wiring::closed()}},
              .environment = environment_with({"LAMBDA_PROC_WIRE=lines", "LAMBDA_PROC_LOG_FILE=/dev/null"})});
  CHECK(ended_well(echo.wait()));
  CHECK(echo.read_all().empty());
}

TEST_CASE("run: a process whose parent ended before it started ends, too", "[run]") {
  const pid_t ended = ::fork();
  if (ended == 0) ::_exit(0);
  ::waitpid(ended, nullptr, 0);
  const std::string parent = std::to_string(ended);
  child echo({"handlers", "echo"}, {.environment = environment_with({"LAMBDA_PROC_DIE_WITH_PARENT=" + parent})});
  CHECK(echo.wait().status == lambda_proc::host_gone);
}

TEST_CASE("run: LAMBDA_PROC_DIE_WITH_PARENT is ignored if it names another process or is not a number", "[run]") {
  const std::string parent = GENERATE(as<std::string>{}, "1", std::to_string(::getpid()), "", "0", "-1", "x");
  child variable({"handlers", "parent_variable"},
                 {.environment = environment_with({"LAMBDA_PROC_DIE_WITH_PARENT=" + parent})});
  variable.send(request("1"));
  // A program that a handler starts has another parent.
  CHECK(variable.read_line() == reply(0, R"("none")"));
  CHECK(ended_well(variable.finish()));
}

TEST_CASE("run: if stdin can't be read the process exits with 1", "[run]") {
  child echo({"handlers", "echo"}, {.descriptors = {{0, wiring::file("/dev/null", O_WRONLY)}}});
  CHECK(echo.wait().status == lambda_proc::host_gone);
}

TEST_CASE("run: a closed stdout counts as a host that is gone", "[run]") {
  child echo({"handlers", "echo"}, {.descriptors = {{1, wiring::closed()}}});
  CHECK(echo.finish().status == lambda_proc::host_gone);
  CHECK(echo.read_all(2) == "lambda_proc: the descriptor for replies (1) is closed\n");
}

TEST_CASE("run: an unwritable stderr does not fail requests", "[run]") {
  struct bad_end {
    const char* name;
    wiring end;
  };
  const std::vector<bad_end> bad_ends{{"closed", wiring::closed()},
                                      {"on a full disk", wiring::file("/dev/full", O_WRONLY)},
                                      {"full", wiring::pipe(4096)},
                                      {"full and non-blocking", wiring::pipe(4096).nonblocking()},
                                      {"a full socket", wiring::socket()}};
  for (const bad_end& bad : bad_ends) {
    DYNAMIC_SECTION(bad.name) {
      child log({"handlers", "log"}, {.descriptors = {{2, bad.end}}});
      if (std::string_view(bad.name).find("full") != std::string_view::npos && bad.name[0] != 'o') log.hold(2);
      // Several records that fill stderr, and one that is larger than its buffer.
      for (std::size_t i = 0; i < 10; ++i) {
        log.send(request(quoted(i == 5 ? megabyte : 1000)));
        REQUIRE(log.read_line() == reply(i, "null"));
      }
      CHECK(ended_well(log.finish()));
    }
  }
}

TEST_CASE("run: output to descriptor 2 is never a reply, even if stderr was closed", "[run]") {
  child print({"handlers", "print"}, {.descriptors = {{2, wiring::closed()}}});
  print.send(request("1"));
  CHECK(ended_well(print.finish()));
  CHECK(print.read_all() == reply(0, "0"));
}

TEST_CASE("run: on a terminal it prints what it is waiting for", "[run]") {
  const unique_fd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  REQUIRE(master);
  REQUIRE(::grantpt(master.get()) == 0);
  REQUIRE(::unlockpt(master.get()) == 0);
  const wiring terminal = wiring::file(::ptsname(master.get()), O_RDWR | O_NOCTTY);
  child echo({"handlers", "echo"}, {.descriptors = {{0, terminal}}});
  CHECK(echo.read_line(2) ==
        "lambda_proc: waiting for requests, a line each: {\"event\":…,\"context\":…} (Ctrl-D ends)\n");
  const std::string line = request("1");
  REQUIRE(::write(master.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  CHECK(echo.read_line() == reply(0, "1"));
  REQUIRE(::write(master.get(), "\x04", 1) == 1);
  CHECK(ended_well(echo.wait()));
  CHECK(echo.read_all(2).empty());
}

// Signals

TEST_CASE("run: SIGTERM between requests ends the process with 0", "[run]") {
  const bool nonblocking = GENERATE(false, true);
  child echo({"handlers", "echo"}, {.descriptors = {{0, nonblocking ? wiring::socket().nonblocking() : wiring::pipe()}},
                                    .environment = environment_with(files())});
  echo.send(request("1"));
  CHECK(echo.read_line() == reply(0, "1"));
  echo.signal(SIGTERM);
  CHECK(ended_well(echo.wait()));
  CHECK(echo.read_all().empty());
}

TEST_CASE("run: SIGTERM and the end of input end busy polling", "[run]") {
  const bool socket = GENERATE(false, true);
  const bool stops = GENERATE(false, true);
  child echo({"handlers", "echo"}, {.descriptors = {{0, socket ? wiring::socket() : wiring::pipe()}},
                                    .environment = environment_with({"LAMBDA_PROC_BUSY_POLL=1000000"})});
  // It polls after the first few, if it may use two processors.
  for (std::size_t i = 0; i < 20; ++i) {
    echo.send(request("1"));
    CHECK(echo.read_line() == reply(i, "1"));
  }
  if (stops) echo.signal(SIGTERM);
  CHECK(ended_well(stops ? echo.wait() : echo.finish()));
  CHECK(echo.read_all().empty());
}

TEST_CASE("run: a program that a handler starts ignores SIGPIPE only if this process did from the start", "[run]") {
  child plain({"handlers", "is_sigpipe_ignored"});
  plain.send(request("1"));
  CHECK(ended_well(plain.finish()));
  CHECK(plain.read_all() == reply(0, "false"));

  child ignoring({"handlers", "is_sigpipe_ignored"}, {.environment = environment_with({"IGNORE_SIGPIPE=1"})});
  ignoring.send(request("1"));
  CHECK(ended_well(ignoring.finish()));
  CHECK(ignoring.read_all() == reply(0, "true"));
}

TEST_CASE("run: SIGTERM in a handler lets it finish, and no further request begins", "[run]") {
  child waiting({"handlers", "wait_for_byte"}, {.descriptors = {{5, wiring::pipe()}}});
  waiting.send(request("1") + request("2"));
  CHECK(waiting.read_line(2) == "in flight\n");
  waiting.signal(SIGTERM);
  waiting.send("x", 5);
  CHECK(ended_well(waiting.wait()));
  CHECK(waiting.read_all() == reply(0, "true"));
}

TEST_CASE("run: a line that is incomplete at SIGTERM is not a request", "[run]") {
  child echo({"handlers", "echo"});
  echo.send(request("1") + R"({"event":2})");
  CHECK(echo.read_line() == reply(0, "1"));
  echo.signal(SIGTERM);
  CHECK(ended_well(echo.wait()));
  CHECK(echo.read_all().empty());
}

TEST_CASE("run: SIGTERM at any moment leaves complete replies and exit status 0", "[run]") {
  std::string requests;
  std::string replies = reply(0, "0");
  for (std::size_t i = 1; i < 1000; ++i) {
    requests += request(std::to_string(i));
    replies += reply(i, std::to_string(i));
  }
  const std::string workers = GENERATE("1", "3");
  for (int i = 0; i < 30; ++i) {
    child echo({"handlers", "echo", no_limit, workers});
    echo.send(request("0"));
    std::string given = echo.read_line();
    echo.send(requests.substr(0, requests.size() * static_cast<std::size_t>(i) / 30));
    echo.signal(SIGTERM);
    CHECK(ended_well(echo.wait()));
    given += echo.read_all();
    CHECK(replies.starts_with(given));
    CHECK(given.ends_with('\n'));
  }
}

TEST_CASE("run: a host that is gone ends the process with 1", "[run]") {
  const bool socket = GENERATE(false, true);
  child echo({"handlers", "echo"}, {.descriptors = {{1, socket ? wiring::socket() : wiring::pipe()}}});
  echo.send(request("1"));
  CHECK(echo.read_line() == reply(0, "1"));
  echo.close(1);
  echo.send(request("2") + request("3"));
  const ending end = echo.wait();
  CHECK(end.status == lambda_proc::host_gone);
  CHECK(end.signal == 0);
}

TEST_CASE("run: a host that is gone at any moment is noticed", "[run]") {
  std::string requests;
  std::string replies;
  for (std::size_t i = 0; i < 1000; ++i) {
    requests += request(std::to_string(i));
    replies += reply(i, std::to_string(i));
  }
  const std::string workers = GENERATE("1", "3");
  const bool socket = GENERATE(false, true);
  const wiring end = socket ? wiring::socket() : wiring::pipe();
  for (std::size_t i = 0; i < 20; ++i) {
    const std::string sent = requests.substr(0, requests.size() * i / 20);
    child unread({"handlers", "echo", no_limit, workers}, {.descriptors = {{0, end}, {1, end}}});
    unread.send(sent);
    unread.close(1);
    unread.send(requests);
    CHECK(unread.wait().status == lambda_proc::host_gone);

    // If the host ends in the middle of a line, the received part gets a reply.
    child cut({"handlers", "echo", no_limit, workers}, {.descriptors = {{0, end}, {1, end}}});
    cut.send(sent);
    CHECK(ended_well(cut.finish()));
    const std::string given = cut.read_all();
    const std::string whole = given.substr(0, given.find("\"invalid_request"));
    CHECK(replies.starts_with(whole.substr(0, whole.rfind('\n') + 1)));
    CHECK(std::ranges::count(given, '\n') ==
          std::ranges::count(sent, '\n') + (sent.ends_with('\n') || sent.empty() ? 0 : 1));
  }
}

TEST_CASE("run: if the host ends in the middle of a reply the process exits with 1", "[run]") {
  child echo({"handlers", "echo"}, {.descriptors = {{1, wiring::pipe(4096)}}});
  echo.hold(1);
  echo.send(request(quoted(3 * megabyte)));
  echo.close(1);
  CHECK(echo.wait().status == lambda_proc::host_gone);
}

TEST_CASE("run: frequent signals change nothing", "[run]") {
  const bool nonblocking = GENERATE(false, true);
  const wiring end = nonblocking ? wiring::socket().nonblocking() : wiring::pipe(4096);
  const std::string workers = GENERATE("1", "3");
  child echo({"handlers", "interrupted_echo", no_limit, workers}, {.descriptors = {{0, end}, {1, end}}});
  std::string requests;
  std::string replies;
  for (std::size_t i = 0; i < 40; ++i) {
    const std::string event = quoted(50'000 + i);
    requests += request(event);
    replies += reply(i, event);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    echo.send(request("0"));
    CHECK(echo.read_line() == reply(i, "0"));
  }
  echo.send(requests);
  std::string given;
  for (std::size_t i = 0; i < 40; ++i) {
    const std::string line = echo.read_line();
    CHECK(line == reply(i + 3, quoted(50'000 + i)));
  }
  CHECK(ended_well(echo.finish()));
}

TEST_CASE("run: a process that is stopped and continued serves on", "[run]") {
  child echo({"handlers", "echo"});
  echo.send(request("1"));
  CHECK(echo.read_line() == reply(0, "1"));
  echo.signal(SIGSTOP);
  echo.wait_until_stopped();
  echo.send(request("2") + "{\"event\"");
  echo.signal(SIGCONT);
  CHECK(echo.read_line() == reply(1, "2"));
  echo.signal(SIGSTOP);
  echo.wait_until_stopped();
  echo.send(":3}\n");
  echo.signal(SIGCONT);
  CHECK(echo.read_line() == reply(2, "3"));
  CHECK(ended_well(echo.finish()));
}

// Limits

TEST_CASE("run: a line over the limit fails, and the next one is served", "[run]") {
  child echo({"handlers", "echo", "1000"});
  echo.send(request("1") + request(quoted(2000)) + request(quoted(991)) + request("2"));
  CHECK(ended_well(echo.finish()));
  CHECK(echo.read_line() == reply(0, "1"));
  for (const char* const number : {"1", "2"}) {
    CHECK(echo.read_line() ==
          "{\"proc_req_id\":" + std::string(number) +
              ",\"error\":\"request_too_large: the line is longer than the limit\",\"data\":null}\n");
  }
  CHECK(echo.read_line() == reply(3, "2"));
}

TEST_CASE("run: a line exactly as long as the limit is served", "[run]") {
  child size({"handlers", "size", "1000"});
  const std::string line = request(quoted(1000 - std::string_view(R"({"event":})").size()));
  REQUIRE(line.size() == 1001);
  size.send(line);
  CHECK(size.read_line() == reply(0, "990"));
  CHECK(ended_well(size.finish()));
}

#ifndef LAMBDA_PROC_ASAN  // AddressSanitizer uses extra memory
TEST_CASE("run: a line without an end is not stored", "[run]") {
  child echo({"handlers", "echo"}, {.descriptors = {{0, wiring::pipe(1 << 20)}}});
  const std::string piece(3 * megabyte, 'x');
  for (int i = 0; i < 100; ++i) REQUIRE(echo.send(piece));
  echo.send("\n" + request("1"));
  CHECK_THAT(echo.read_line(), Catch::Matchers::ContainsSubstring("request_too_large"));
  CHECK(echo.read_line() == reply(1, "1"));
  CHECK(echo.peak_memory_kib() < 100'000);
  CHECK(ended_well(echo.finish()));
}

TEST_CASE("run: the memory of a large request is freed", "[run]") {
  child size({"handlers", "size"}, {.descriptors = {{0, wiring::pipe(1 << 20)}}});
  size.send(request("0"));
  CHECK(size.read_line() == reply(0, "1"));
  const long before = size.memory_kib();
  size.send(request(quoted(60 * megabyte)));
  CHECK(size.read_line() == reply(1, "60000000"));
  CHECK(size.peak_memory_kib() > 60'000);
  size.send(request("0"));
  CHECK(size.read_line() == reply(2, "1"));
  CHECK(size.memory_kib() - before < 16'000);
  CHECK(ended_well(size.finish()));
}

namespace {

std::string out_of_memory(std::size_t number) {
  return "{\"proc_req_id\":" + std::to_string(number) +
         R"(,"error":"std::bad_alloc: out of memory","data":null})"
         "\n";
}

}  // namespace

TEST_CASE("run: a handler that can't get memory is one failure", "[run]") {
  child hungry({"handlers", "use_all_memory"});
  hungry.send(request("1"));
  CHECK(hungry.read_line() == out_of_memory(0));
  hungry.send(request("2"));
  CHECK(hungry.read_line() == out_of_memory(1));
  CHECK(ended_well(hungry.finish()));
}

TEST_CASE("run: a line for which there is no memory fails, and the next one is served", "[run]") {
  const std::string workers = GENERATE("1", "3");
  child size({"handlers", "short_of_memory", no_limit, workers}, {.descriptors = {{0, wiring::pipe(1 << 20)}}});
  std::size_t number = 0;
  // There is no room for the first line at all, and no room for the second in the parser.
  for (const std::size_t megabytes : {90U, 30U}) {
    size.send(request(quoted(megabytes * megabyte)));
    CHECK(size.read_line() == out_of_memory(number++));
    size.send(request(quoted(megabyte)));
    CHECK(size.read_line() == reply(number++, "1000000"));
  }
  CHECK(ended_well(size.finish()));
}

TEST_CASE("run: if threads can't be created, the start fails with a message", "[run]") {
  child echo({"handlers", "short_of_threads", no_limit, "1000"},
             {.descriptors = {{0, wiring::file("/dev/null", O_RDONLY)}}});
  CHECK(echo.wait().status == lambda_proc::not_started);
  CHECK(echo.read_all().empty());
  CHECK_THAT(echo.read_all(2), Catch::Matchers::StartsWith("lambda_proc: can't start: a thread for each worker: "));
}
#endif

// Failures

TEST_CASE("run: an exception is a failure of one request", "[run]") {
  child throwing({"handlers", "throw"});
  throwing.send(request("1") + request("2"));
  CHECK(ended_well(throwing.finish()));
  CHECK(throwing.read_line() == R"({"proc_req_id":0,"error":"std::runtime_error: 1","data":null})"
                                "\n");
  CHECK(throwing.read_line() == R"({"proc_req_id":1,"error":"std::runtime_error: 2","data":null})"
                                "\n");
}

// The environment

TEST_CASE("run: an unknown wire is refused with a list of the known wires", "[run]") {
  child echo({"handlers", "echo"}, {.environment = environment_with({"LAMBDA_PROC_WIRE=telegraph"})});
  CHECK(echo.wait().status == lambda_proc::not_started);
  CHECK(echo.read_all().empty());
  CHECK(echo.read_all(2) ==
        "lambda_proc: LAMBDA_PROC_WIRE is \"telegraph\"; known wires: lambda_proc, apex, lines, "
        "length_prefixed_uint32_be, netstring, openwhisk, runtime_api\n");
}

TEST_CASE("run: with too few descriptors the start fails with a message", "[run]") {
  // 0 to 2 are open. The process needs 10 and 11, and two more.
  const std::string most = GENERATE("3", "4", "10", "11");
  // LeakSanitizer needs its own descriptors.
  child echo({"handlers", "echo"},
             {.environment = environment_with({"MOST_DESCRIPTORS=" + most, "ASAN_OPTIONS=detect_leaks=0"})});
  CHECK(echo.wait().status == lambda_proc::not_started);
  CHECK(echo.read_all().empty());
  CHECK_THAT(echo.read_all(2), Catch::Matchers::StartsWith("lambda_proc: can't start: "));
}

TEST_CASE("run: twelve descriptors are enough", "[run]") {
  child echo({"handlers", "echo"}, {.environment = environment_with({"MOST_DESCRIPTORS=12"})});
  echo.send(request("1"));
  CHECK(ended_well(echo.finish()));
  CHECK(echo.read_all() == reply(0, "1"));
}

TEST_CASE("run: no environment is needed", "[run]") {
  child price({"handlers", "price"}, {.environment = std::vector<std::string>{}});
  price.send(request(R"({"sku":"A7","count":3})"));
  CHECK(ended_well(price.finish()));
  CHECK(price.read_all() == reply(0, R"({"sku":"A7","cents":900})"));
}

TEST_CASE("run: each record has the id of its request", "[run]") {
  child log({"handlers", "log"});
  log.send("{\"event\":1,\"context\":{\"awsRequestId\":\"r-1\"}}\n" + request("2"));
  CHECK(ended_well(log.finish()));
  CHECK_THAT(log.read_line(2), Catch::Matchers::EndsWith("Z INFO r-1 logged event=1\n"));
  CHECK_THAT(log.read_line(2), Catch::Matchers::EndsWith("Z INFO - logged event=2\n"));
}

TEST_CASE("run: the log level comes from the environment", "[run]") {
  struct setting {
    std::vector<std::string> environment;
    bool logs;
  };
  const setting chosen = GENERATE(values<setting>({
      {{}, true},
      {{"AWS_LAMBDA_LOG_LEVEL=DEBUG"}, true},
      {{"AWS_LAMBDA_LOG_LEVEL=INFO"}, true},
      {{"AWS_LAMBDA_LOG_LEVEL=info"}, true},
      {{"AWS_LAMBDA_LOG_LEVEL=WARN"}, false},
      {{"LAMBDA_PROC_LOG=off"}, false},
      {{"LAMBDA_PROC_LOG=error"}, false},
      {{"AWS_LAMBDA_LOG_LEVEL=FATAL", "LAMBDA_PROC_LOG=trace"}, true},
      {{"AWS_LAMBDA_LOG_LEVEL=TRACE", "LAMBDA_PROC_LOG=fatal"}, false},
  }));
  CAPTURE(chosen.environment);
  child log({"handlers", "log"}, {.environment = environment_with(chosen.environment)});
  log.send(request("1"));
  CHECK(ended_well(log.finish()));
  CHECK(log.read_all() == reply(0, "null"));
  CHECK(!log.read_all(2).empty() == chosen.logs);
}

TEST_CASE("run: an unknown value of a variable is reported once and ignored", "[run]") {
  const auto [variable, sentence] = GENERATE(table<std::string, std::string>({
      {"LAMBDA_PROC_LOG=verbose",
       "LAMBDA_PROC_LOG: unknown value \"verbose\" ignored; known: TRACE, DEBUG, INFO, WARN, ERROR, "
       "FATAL, OFF\n"},
      {"AWS_LAMBDA_LOG_LEVEL=WARNING",
       "AWS_LAMBDA_LOG_LEVEL: unknown value \"WARNING\" ignored; known: TRACE, DEBUG, INFO, "
       "WARN, ERROR, FATAL, OFF\n"},
      {"AWS_LAMBDA_LOG_FORMAT=XML", "AWS_LAMBDA_LOG_FORMAT: unknown value \"XML\" ignored; known: JSON, Text\n"},
      {"LAMBDA_PROC_BULK=yes", "LAMBDA_PROC_BULK: unknown value \"yes\" ignored; known: 0, 1\n"},
      {"LAMBDA_PROC_BUSY_POLL=often",
       "LAMBDA_PROC_BUSY_POLL: unknown value \"often\" ignored; known: 0 to 1000000, in microseconds\n"},
  }));
  child log({"handlers", "log"}, {.environment = environment_with({variable})});
  log.send(request("1") + request("2"));
  CHECK(ended_well(log.finish()));
  CHECK(log.read_all() == reply(0, "null") + reply(1, "null"));
  CHECK(log.read_line(2) == "lambda_proc: " + sentence);
  CHECK_THAT(log.read_line(2), Catch::Matchers::EndsWith("Z INFO - logged event=1\n"));
  CHECK_THAT(log.read_line(2), Catch::Matchers::EndsWith("Z INFO - logged event=2\n"));
  CHECK(log.read_all(2).empty());
}

TEST_CASE("run: LAMBDA_PROC_BULK decides whether replies are collected, whatever the input is", "[run]") {
  struct setting {
    std::vector<std::string> environment;
    bool from_file;
    bool collects;
  };
  const setting chosen = GENERATE(values<setting>({
      {{}, false, false},
      {{}, true, true},
      {{"LAMBDA_PROC_BULK=1"}, false, true},
      {{"LAMBDA_PROC_BULK=1"}, true, true},
      {{"LAMBDA_PROC_BULK=0"}, false, false},
      {{"LAMBDA_PROC_BULK=0"}, true, false},
      {{"LAMBDA_PROC_BULK="}, false, false},
  }));
  CAPTURE(chosen.environment, chosen.from_file);
  const std::string requests = request("\"a\"") + request("\"wait\"");
  const temporary_file in(requests);
  const temporary_file out;
  child count({"handlers", "count_slowly"},
              {.descriptors = {{0, chosen.from_file ? wiring::file(in.path(), O_RDONLY) : wiring::pipe()},
                               {1, wiring::file(out.path(), O_WRONLY)},
                               {2, wiring::pipe()},
                               {5, wiring::pipe()}},
               .environment = environment_with(chosen.environment)});
  if (!chosen.from_file) count.send(requests);
  // The second handler runs now.
  CHECK(count.read_until("in flight\n", 2) == "given a\ngiven wait\nin flight\n");
  CHECK(out.text() == (chosen.collects ? "" : reply(0, "0")));
  count.send("!", 5);
  if (!chosen.from_file) count.close(0);
  CHECK(ended_well(count.wait()));
  CHECK(out.text() == reply(0, "0") + reply(1, "1"));
}

TEST_CASE("run: in bulk mode a host that waits for a reply gets it once the lines that it sent are handled", "[run]") {
  child echo({"handlers", "echo"}, {.environment = environment_with({"LAMBDA_PROC_BULK=1"})});
  for (std::size_t i = 0; i < 3; ++i) {
    echo.send(request("1"));
    CHECK(echo.read_line() == reply(4 * i, "1"));
    // Two requests and a half. The reply to the third can only come after the rest of it.
    const std::string third = request("4");
    echo.send(request("2") + request("3") + third.substr(0, 5));
    CHECK(echo.read_line() == reply(4 * i + 1, "2"));
    CHECK(echo.read_line() == reply(4 * i + 2, "3"));
    echo.send(third.substr(5));
    CHECK(echo.read_line() == reply(4 * i + 3, "4"));
  }
  CHECK(ended_well(echo.finish()));
}

TEST_CASE("run: SIGTERM in a handler sends the replies that bulk mode has collected", "[run]") {
  child count({"handlers", "count_slowly"},
              {.descriptors = {{0, wiring::pipe()}, {1, wiring::pipe()}, {2, wiring::pipe()}, {5, wiring::pipe()}},
               .environment = environment_with({"LAMBDA_PROC_BULK=1"})});
  count.send(request("\"a\"") + request("\"wait\"") + request("\"never\""));
  count.read_until("in flight\n", 2);
  count.signal(SIGTERM);
  count.send("!", 5);
  CHECK(ended_well(count.wait()));
  CHECK(count.read_all() == reply(0, "0") + reply(1, "1"));
}

TEST_CASE("run: AWS_LAMBDA_LOG_FORMAT asks for records in JSON", "[run]") {
  child log({"handlers", "log"}, {.environment = environment_with({"AWS_LAMBDA_LOG_FORMAT=JSON"})});
  log.send("{\"event\":{\"a\":1},\"context\":{\"awsRequestId\":\"r-1\"}}\n");
  CHECK(ended_well(log.finish()));
  CHECK_THAT(
      log.read_all(2),
      Catch::Matchers::Matches(
          R"re(\{"timestamp":"[^"]*Z","level":"INFO","requestId":"r-1","message":"logged","event":"\{\\"a\\":1\}"\}\n)re"));
}

TEST_CASE("run: LAMBDA_PROC_REPORT asks for a record of each request, before its reply", "[run]") {
  child echo({"handlers", "echo"}, {.environment = environment_with({"LAMBDA_PROC_REPORT=1"})});
  const std::string line = R"({"event":1,"context":{"awsRequestId":"r-1","memoryLimitInMB":"128"}})"
                           "\n";
  echo.send(line + line);
  CHECK(ended_well(echo.finish()));
  const std::string numbers =
      "REPORT RequestId: r-1\tDuration: [0-9]+\\.[0-9]{2} ms\tBilled Duration: [0-9]+ ms"
      "\tMemory Size: 128 MB\tMax Memory Used: [1-9][0-9]* MB";
  CHECK_THAT(echo.read_line(2), Catch::Matchers::Matches(numbers + "\tInit Duration: [0-9]+\\.[0-9]{2} ms\n"));
  CHECK_THAT(echo.read_line(2), Catch::Matchers::Matches(numbers + "\n"));
  CHECK(echo.read_all(2).empty());
}
