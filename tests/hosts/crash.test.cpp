// SPDX-License-Identifier: MIT
// What a host receives from a process that crashes, tested with real processes.

#include "host_process.hpp"
#include "is_json.hpp"
#include "wire_words.hpp"

#include <catch2/catch_all.hpp>

#include <csignal>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <simdjson.h>

namespace {

using Catch::Matchers::ContainsSubstring;
using hosts::wire_words;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool has_asan = true;
#else
constexpr bool has_asan = false;
#endif

struct crash_case {
  std::string task;
  /// The text that the message must contain.
  std::string message;
  /// The signal that ends the process; 0 if it exits with status 7.
  int signal;
  /// Whether AddressSanitizer handles the signal after our handler, with a report and exit status 1.
  bool fault = false;

  friend std::ostream& operator<<(std::ostream& out, const crash_case& crash) { return out << crash.task; }
};

const std::vector<crash_case> crashes = {
    {"null", "the process crashed: SIGSEGV at address 0x0", SIGSEGV, true},
    {"wild", "the process crashed: SIGSEGV at address 0x12345000", SIGSEGV, true},
    {"non_canonical", "the process crashed: SIGSEGV", SIGSEGV, true},
    {"overflow", "the process crashed: SIGSEGV at address 0x", SIGSEGV, true},
    {"bus", "the process crashed: SIGBUS at address 0x", SIGBUS, true},
    {"fpe", "the process crashed: SIGFPE", SIGFPE, true},
    {"ill", "the process crashed: SIGILL at address 0x", SIGILL},
    {"breakpoint", "the process crashed: SIGTRAP", SIGTRAP},
    {"refused_call", "the process crashed: SIGSYS", SIGSYS},
    {"abort", "the process crashed: SIGABRT", SIGABRT},
    {"assert", "the process crashed: SIGABRT", SIGABRT},
    {"malloc", "the process crashed: SIGABRT", SIGABRT},
    {"raise", "the process crashed: SIGFPE", SIGFPE, true},
    {"noexcept", R"(std::terminate was called for std::runtime_error: out\nof luck)", SIGABRT},
    {"thread_throw", "std::terminate was called for std::out_of_range: far", SIGABRT},
    {"thread_null", "the process crashed: SIGSEGV at address 0x0", SIGSEGV, true},
    {"thread_int", "std::terminate was called for an exception of unknown type", SIGABRT},
    // libstdc++'s terminate handler, which runs next, prints what() without checking for null.
    {"thread_silent", "silent: ", SIGSEGV, true},
    {"no_words", R"(\u0001\u0002\u0003 )", SIGABRT},
    {"terminate", "the process crashed: std::terminate was called", SIGABRT},
    {"exit", "the process ended: exit was called", 0},
    {"quick_exit", "the process ended: exit was called", 0},
    {"thread_exit", "the process ended: exit was called", 0},
    {"exit_then_crash", "the process ended: exit was called", SIGSEGV, true},
};

std::string task(const std::string& name) { return R"({"task":")" + name + "\"}"; }
std::string text(const std::string& words) { return R"({"text":")" + words + "\"}"; }

hosts::host_process::settings settings_for(const wire_words& wire, hosts::environment extra = {}) {
  extra.emplace_back("LAMBDA_PROC_WIRE", wire.name);
  return {.program = LAMBDA_PROC_CHILD, .environment = std::move(extra), .reply_fd = wire.reply_fd()};
}

bool ended_as(const hosts::ending& ending, const crash_case& crash) {
  if (crash.signal == 0) return ending.exited_with(7);
  return has_asan && crash.fault ? ending.exited_with(1) : ending.killed_by(crash.signal);
}

std::vector<std::string> records(const std::string& log) {
  std::vector<std::string> found;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(" FATAL ") != std::string::npos || line.find("\"FATAL\"") != std::string::npos) found.push_back(line);
  }
  return found;
}

/// Two normal requests, one that crashes, and two more.
std::string five_requests(const wire_words& wire, const std::string& crash) {
  return wire.request(0, text("a")) + wire.request(1, text("b")) + wire.request(2, task(crash)) +
         wire.request(3, text("d")) + wire.request(4, text("e"));
}

/// The replies to these requests, up to the message of the failure.
std::string three_replies(const wire_words& wire, const std::string& message) {
  return wire.reply(0, text("a")) + wire.reply(1, text("b")) + wire.failure(2, "crash", message);
}

/// The message of the failure, escaped as in the reply; passed to three_replies().
std::string message_in(const std::string& replies) {
  const std::size_t start = replies.find("the process ");
  return start == std::string::npos ? "" : replies.substr(start, replies.find_first_of("\"", start) - start);
}

}  // namespace

TEST_CASE("crash: the in-flight request gets a reply, after earlier ones, and the signal ends the process", "[crash]") {
  const wire_words wire = GENERATE(Catch::Generators::from_range(hosts::all_wires));
  for (const crash_case& crash : crashes) {
    CAPTURE(wire, crash);
    hosts::host_process process(settings_for(wire));
    process.write(five_requests(wire, crash.task));
    const std::string replies = process.read_all();
    // message_in() would stop at a quote in the message.
    const std::string message = crash.task == "no_words"
                                    ? replies.substr(replies.find("the process "),
                                                     replies.find("quoted\\\"") + 8 - replies.find("the process "))
                                    : message_in(replies);
    CHECK_THAT(message, ContainsSubstring(crash.message));
    CHECK(replies == three_replies(wire, message));
    CHECK(ended_as(process.wait(), crash));
  }
}

TEST_CASE("crash: a request that crashes while its event is decoded gets a reply, too", "[crash]") {
  const std::string id(300, 'x');
  hosts::host_process process(settings_for({"lambda_proc"}, {{"EAGER", "1"}}));
  const bool is_first = GENERATE(true, false);
  std::string expected;
  if (!is_first) {
    process.write("{\"id\":\"a\",\"event\":{\"task\":\"none\"}}\n");
    expected = "{\"id\":\"a\",\"proc_req_id\":0,\"error\":null,\"data\":null}\n";
  }
  process.write(R"({"event":{"task":"null"},"id":")" + id + "\"}\n");
  expected += R"({"id":")" + id + R"(","proc_req_id":)" + (is_first ? "0" : "1");
  CHECK(process.read_all().starts_with(expected + R"(,"error":"the process crashed: SIGSEGV)"));
  process.wait();
}

TEST_CASE("crash: one record names the signal, the place and the request", "[crash]") {
  const wire_words wire = GENERATE(Catch::Generators::from_range(hosts::all_wires));
  const crash_case crash = GENERATE(Catch::Generators::from_range(crashes));
  if (!wire.logs()) return;
  CAPTURE(wire, crash);
  hosts::host_process process(settings_for(wire));
  process.write(five_requests(wire, crash.task));
  const std::string message = message_in(process.read_all());
  process.wait();
  const std::string log = process.read_log();
  const auto found = records(log);
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0], ContainsSubstring(" FATAL r2 the process "));
  CHECK_THAT(found[0], ContainsSubstring(" request=2 "));
  if (crash.task != "no_words") CHECK_THAT(found[0], ContainsSubstring(message));
  if (!crash.message.starts_with("the process ended")) CHECK_THAT(found[0], ContainsSubstring(" signal=SIG"));
  CHECK_THAT(found[0], ContainsSubstring(" backtrace=0x"));
  // Reports by others follow our record.
  if (has_asan && crash.fault) CHECK(log.find("AddressSanitizer") > log.find(found[0]));
}

TEST_CASE("crash: a record in JSON is one object", "[crash]") {
  hosts::host_process process(settings_for({"lambda_proc"}, {{"AWS_LAMBDA_LOG_FORMAT", "JSON"}}));
  process.write(five_requests({"lambda_proc"}, "null"));
  process.read_all();
  process.wait();
  const auto found = records(process.read_log());
  REQUIRE(found.size() == 1);
  simdjson::dom::parser parser;
  simdjson::dom::element record;
  REQUIRE(parser.parse(simdjson::padded_string(found[0])).get(record) == simdjson::SUCCESS);
  const auto member = [&](const char* key) { return std::string(std::string_view(record[key])); };
  CHECK(member("level") == "FATAL");
  CHECK(member("requestId") == "r2");
  CHECK(member("message") == "the process crashed: SIGSEGV at address 0x0");
  CHECK(member("signal") == "SIGSEGV");
  CHECK(std::uint64_t(record["request"]) == 2);
  CHECK(member("backtrace").starts_with("0x"));
}

TEST_CASE("crash: a log that is turned off stays empty", "[crash]") {
  hosts::host_process process(settings_for({"lambda_proc"}, {{"LAMBDA_PROC_LOG", "off"}}));
  process.write(five_requests({"lambda_proc"}, "abort"));
  process.read_all();
  process.wait();
  CHECK(process.read_log().empty());
}

TEST_CASE("crash: under a wire without stderr the record is in the log file", "[crash]") {
  const auto path = std::filesystem::temp_directory_path() / ("lambda_proc_crash." + std::to_string(::getpid()));
  hosts::host_process process(settings_for({"lines"}, {{"LAMBDA_PROC_LOG_FILE", path}}));
  process.write(five_requests({"lines"}, "noexcept"));
  process.read_all();
  process.wait();
  CHECK(process.read_log().empty());
  std::ostringstream log;
  log << std::ifstream(path).rdbuf();
  std::filesystem::remove(path);
  CHECK(records(log.str()).size() == 1);
}

TEST_CASE("crash: OpenWhisk's proxy finds the record before the reply", "[crash]") {
  const wire_words wire{"openwhisk"};
  hosts::host_process process(settings_for(wire));
  process.write(wire.request(0, task("abort")));
  process.read_line();
  CHECK(records(process.mark_logs("END\n").second).size() == 1);
}

TEST_CASE("crash: replies that bulk mode has collected are sent first", "[crash]") {
  const wire_words wire = GENERATE(Catch::Generators::from_range(hosts::all_wires));
  CAPTURE(wire);
  hosts::host_process process(settings_for(wire, {{"BULK", "1"}}));
  std::string requests;
  std::string replies;
  constexpr int count = 300;
  for (int i = 0; i < count; ++i) {
    requests += wire.request(i, text("t"));
    replies += wire.reply(i, text("t"));
  }
  process.write(requests + wire.request(count, task("abort")) + wire.request(count + 1, text("never")));
  CHECK(process.read_all() == replies + wire.failure(count, "crash", "the process crashed: SIGABRT"));
  CHECK(process.wait().killed_by(SIGABRT));
}

TEST_CASE("crash: a process that can't reply sends nothing", "[crash]") {
  const wire_words wire{"lambda_proc"};
  hosts::host_process process(settings_for(wire));
  const bool kill = GENERATE(true, false);
  process.write(five_requests(wire, kill ? "kill" : "_exit"));
  CHECK(process.read_all() == wire.reply(0, text("a")) + wire.reply(1, text("b")));
  const hosts::ending ending = process.wait();
  CHECK((kill ? ending.killed_by(SIGKILL) : ending.exited_with(7)));
}

TEST_CASE("crash: a forked child sends no reply, however it ends", "[crash]") {
  const wire_words wire = GENERATE(Catch::Generators::from_range(hosts::all_wires));
  const std::string name = GENERATE("fork_exit", "fork_null", "fork_terminate", "fork_abort");
  CAPTURE(wire, name);
  hosts::host_process process(settings_for(wire));
  process.write(wire.request(0, text("a")) + wire.request(1, task(name)) + wire.request(2, text("c")));
  process.close_input();
  CHECK(process.read_all() == wire.reply(0, text("a")) + wire.reply(1, text("")) + wire.reply(2, text("c")));
  CHECK(process.wait().exited_with(0));
  CHECK(records(process.read_log()).empty());
}

TEST_CASE("crash: crash replies can be turned off", "[crash]") {
  const wire_words wire{"lambda_proc"};
  const std::string workers = GENERATE("1", "2");
  hosts::host_process process(settings_for(wire, {{"NO_CRASH_REPLIES", "1"}, {"WORKERS", workers}}));
  process.write(wire.request(0, text("a")));
  CHECK(process.read_line() == wire.reply(0, text("a")));
  process.write(wire.request(1, task("abort")));
  CHECK(process.read_all().empty());
  CHECK(process.wait().killed_by(SIGABRT));
  CHECK(records(process.read_log()).empty());
}

TEST_CASE("crash: a request with an id of any length gets a reply", "[crash]") {
  const std::string workers = GENERATE("1", "2");
  const std::string id = '"' + std::string(300'000, 'i') + '"';
  hosts::host_process process(settings_for({"lambda_proc"}, {{"WORKERS", workers}}));
  process.write(R"({"id":)" + id +
                R"(,"event":{"task":"malloc"}})"
                "\n");
  CHECK(process.read_all() ==
        R"({"id":)" + id +
            R"(,"proc_req_id":0,"error":"the process crashed: SIGABRT","error_type":"crash","data":null})"
            "\n");
}

TEST_CASE("crash: a host that does not read does not keep the process alive", "[crash]") {
  const wire_words wire{"lambda_proc"};
  hosts::host_process process(settings_for(wire));
  process.write(wire.request(0, text("a")));
  process.read_line();
  process.hold_replies(true);
  // Fills the pipe up to a few bytes, which are not enough for a failure.
  const std::size_t around = wire.reply(1, text("")).size();
  const std::string large(process.reply_capacity() - around - 20, 'x');
  process.write(wire.request(1, text(large)) + wire.request(2, task("abort")));
  CHECK(process.wait().killed_by(SIGABRT));
  process.hold_replies(false);
  CHECK(process.read_all() == wire.reply(1, text(large)));
}

TEST_CASE("crash: a host that is gone does not keep the process alive", "[crash]") {
  const wire_words wire{"lambda_proc"};
  hosts::host_process process(settings_for(wire));
  process.write(wire.request(0, text("a")));
  process.read_line();
  process.close_replies();
  process.write(wire.request(1, task("abort")));
  CHECK(process.wait().killed_by(SIGABRT));
}

TEST_CASE("crash: a request that crashes in a worker gets a reply, too", "[crash][workers]") {
  const wire_words wire = GENERATE(Catch::Generators::from_range(hosts::all_wires));
  for (const crash_case& crash : crashes) {
    CAPTURE(wire, crash);
    hosts::host_process process(settings_for(wire, {{"WORKERS", "3"}}));
    process.write(wire.request(0, text("a")));
    const std::string first = process.read_bytes(wire.reply(0, text("a")).size());
    process.write(wire.request(1, task(crash.task)));
    const std::string replies = first + process.read_all();
    const std::string message = message_in(replies);
    if (crash.task != "no_words") {
      CHECK_THAT(message, ContainsSubstring(crash.message));
      CHECK(replies == wire.reply(0, text("a")) + wire.failure(1, "crash", message));
    }
    CHECK(ended_as(process.wait(), crash));
    if (wire.logs()) CHECK(records(process.read_log()).size() == 1);
  }
}

TEST_CASE("crash: the in-flight requests of all workers get replies in order", "[crash][workers]") {
  const std::string message = "the process crashed: SIGSEGV at address 0x0";
  SECTION("three in flight") {
    const wire_words wire = GENERATE(wire_words{"lambda_proc"}, wire_words{"lines"}, wire_words{"netstring"});
    hosts::host_process process(settings_for(wire, {{"WORKERS", "3"}}));
    process.write(wire.request(0, task("wait")) + wire.request(1, task("wait")) +
                  wire.request(2, task("null_after_2")));
    CHECK(process.read_all() ==
          wire.failure(0, "crash", message) + wire.failure(1, "crash", message) + wire.failure(2, "crash", message));
  }
  SECTION("a finished one between them") {
    const wire_words wire = GENERATE(wire_words{"lambda_proc"}, wire_words{"lines"}, wire_words{"netstring"});
    hosts::host_process process(settings_for(wire, {{"WORKERS", "2"}}));
    process.write(wire.request(0, task("wait")) + wire.request(1, text("b")) + wire.request(2, task("null_after_1")));
    CHECK(process.read_all() ==
          wire.failure(0, "crash", message) + wire.reply(1, text("b")) + wire.failure(2, "crash", message));
  }
  SECTION("with ids, in any order") {
    const wire_words wire = GENERATE(wire_words{"lambda_proc", true}, wire_words{"apex", true});
    hosts::host_process process(settings_for(wire, {{"WORKERS", "3"}}));
    process.write(wire.request(0, task("wait")) + wire.request(1, task("wait")) +
                  wire.request(2, task("null_after_2")));
    const std::string replies = process.read_all();
    std::size_t size = 0;
    for (int i = 0; i < 3; ++i) {
      CHECK_THAT(replies, ContainsSubstring(wire.failure(i, "crash", message)));
      size += wire.failure(i, "crash", message).size();
    }
    CHECK(replies.size() == size);
  }
}

TEST_CASE("crash: in the middle of many lines that workers took at once, replies keep their order",
          "[crash][workers]") {
  const wire_words wire = GENERATE(wire_words{"lambda_proc"}, wire_words{"lines"});
  const bool bulk = GENERATE(false, true);
  hosts::environment variables{{"WORKERS", "2"}};
  if (bulk) variables.emplace_back("BULK", "1");
  hosts::host_process process(settings_for(wire, variables));
  constexpr int quick = 2000;
  std::string requests;
  std::string replies;
  for (int i = 0; i < quick; ++i) {
    requests += wire.request(i, text("t"));
    replies += wire.reply(i, text("t"));
  }
  process.write(requests);
  REQUIRE(process.read_bytes(replies.size()) == replies);
  // Now workers take many lines at once.
  requests.clear();
  for (int i = 0; i < 50; ++i) requests += wire.request(quick + i, i == 20 ? task("null") : text("t"));
  process.write(requests);
  std::istringstream lines(process.read_all());
  int number = quick;
  int failures = 0;
  for (std::string line; std::getline(lines, line); ++number) {
    const bool failed = line + "\n" == wire.failure(number, "crash", "the process crashed: SIGSEGV at address 0x0");
    failures += failed ? 1 : 0;
    CHECK((failed || line + "\n" == wire.reply(number, text("t"))));
  }
  // At most two requests were in flight. There may be fewer: nothing follows a line that no worker had begun.
  CHECK(failures <= 2);
}
