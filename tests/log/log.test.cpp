#include <lambda_proc/log/log.hpp>

#include <lambda_proc/json/json_checker.hpp>

#include "packets.hpp"

#include <catch2/catch_all.hpp>

#include <limits>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

using lambda_proc::log_level;
using lambda_proc::log_settings;
using lambda_proc::log_settings_in_use;
using lambda_proc::logger;
using lambda_proc::detail::is_json;

/// Receives the records that are logged while it lives, one packet for each write(2).
class captured_log : public support::packets {
 public:
  explicit captured_log(bool json = false, log_level level = log_level::trace) {
    log_settings_in_use() = {.fd = writer(), .level = level, .json = json};
  }
  ~captured_log() { log_settings_in_use() = log_settings{}; }

  /// The next record, without its time.
  [[nodiscard]] std::string record() const {
    const std::string all = receive();
    return log_settings_in_use().json ? all.substr(all.find("Z\",") + 3) : all.substr(all.find("Z ") + 2);
  }
};

lambda_proc::context named(std::string_view id) {
  lambda_proc::context ctx;
  ctx.aws_request_id = id;
  return ctx;
}

/// A value that logs while it is encoded.
struct talkative {
  friend void to_json(lambda_proc::json_writer& writer, const talkative&) {
    logger().debug("inner", "a", 1);
    writer.string("outer");
  }
};

struct point {
  int x;
  std::optional<int> y;
};

const std::string hostile = std::string("a\nb\r\"\\\x1b[31m\x7f\xff", 14) + std::string(1, '\0') + "\u2028";

}  // namespace

TEST_CASE("log: a record is one write(2) of one line: time, level, request id, message, fields", "[log]") {
  const captured_log log;
  const auto ctx = named("r-1");
  logger(ctx).info("priced", "sku", "A7", "count", 3);
  CHECK_THAT(log.receive(), Catch::Matchers::Matches(
                                "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z INFO r-1 priced "
                                "sku=A7 count=3\n"));
  CHECK(log.receive().empty());
}

TEST_CASE("log: a field that logs while it is encoded leaves both records intact", "[log]") {
  const captured_log log;
  for (int i = 0; i < 2; ++i) {
    logger().info("told", "who", talkative{}, "b", 2);
    CHECK(log.record() == "DEBUG - inner a=1\n");
    CHECK(log.record() == "INFO - told who=\"outer\" b=2\n");
  }
}

TEST_CASE("log: in JSON no field replaces one of the record's own members", "[log]") {
  const captured_log log(true);
  const auto ctx = named("r-1");
  logger(ctx).warn("told", "level", 7, "requestId", "x", "message", "y", "timestamp", 0, "Level", 1);
  CHECK(
      log.record() ==
      R"("level":"WARN","requestId":"r-1","message":"told","_level":7,"_requestId":"x","_message":"y","_timestamp":0,"Level":1})"
      "\n");
}

TEST_CASE("log: in JSON a record has the names of AWS Lambda's log format", "[log]") {
  const captured_log log(true);
  const auto ctx = named("r-1");
  logger(ctx).error("lost", "sku", "A7", "point", point{1, {}});
  CHECK_THAT(log.receive(), Catch::Matchers::Matches(R"re(\{"timestamp":"[^"]*Z","level":"ERROR","requestId":"r-1",)re"
                                                     R"re("message":"lost","sku":"A7","point":\{"x":1\}\}\n)re"));
}

TEST_CASE("log: without a context there is no request id", "[log]") {
  const bool json = GENERATE(false, true);
  const captured_log log(json);
  logger().warn("low");
  CHECK(log.record() == (json ? "\"level\":\"WARN\",\"message\":\"low\"}\n" : "WARN - low\n"));
}

TEST_CASE("log: fields may have any encodable type", "[log]") {
  const captured_log log;
  logger().info("all", "int", -1, "big", std::numeric_limits<std::uint64_t>::max(), "double", 0.5, "bool", true, "nan",
                std::numeric_limits<double>::quiet_NaN(), "words", "two words", "empty", "", "list",
                std::vector<int>{1, 2}, "map", std::map<std::string, int>{{"a", 1}}, "none", std::optional<int>(),
                "point", point{1, 2}, "raw", lambda_proc::raw_json("[1, 2]"));
  CHECK(log.record() ==
        "INFO - all int=-1 big=18446744073709551615 double=0.5 bool=true nan=null words=\"two words\" empty=\"\" "
        "list=[1,2] map={\"a\":1} none=null point={\"x\":1,\"y\":2} raw=[1, 2]\n");
}

TEST_CASE("log: a field that can't be encoded does not lose the record", "[log]") {
  const bool json = GENERATE(false, true);
  const captured_log log(json);
  logger().info("kept", "bad", lambda_proc::raw_json("{\"a\":"), "good", 1);
  CHECK(log.record() == (json ? "\"level\":\"INFO\",\"message\":\"kept\",\"bad\":null,\"good\":1}\n"
                              : "INFO - kept bad=null good=1\n"));
}

TEST_CASE("log: no text breaks a record into two lines", "[log]") {
  const bool json = GENERATE(false, true);
  const captured_log log(json);
  const auto ctx = named(hostile);
  logger(ctx).info(hostile, hostile, hostile);
  std::string record = log.receive();
  REQUIRE(record.ends_with('\n'));
  record.pop_back();
  CHECK(std::ranges::none_of(record, [](unsigned char c) { return c < 0x20; }));
  if (json) CHECK(is_json(record));
}

TEST_CASE("log: text that is not printable ASCII is quoted", "[log]") {
  const captured_log log;
  logger().info("m", "a", "\xFF", "b", "\xC3\xA9", "c", "a\x7f", "d", "a b", "e", "a=b", "f", "a~b");
  CHECK(log.record() == "INFO - m a=\"\uFFFD\" b=\"\u00E9\" c=\"a\x7f\" d=\"a b\" e=\"a=b\" f=a~b\n");
}

TEST_CASE("log: records below the level are not written", "[log]") {
  const auto level = static_cast<log_level>(GENERATE(range(0, 7)));
  const captured_log log(false, level);
  const logger to;
  to.trace("m");
  to.debug("m");
  to.info("m");
  to.warn("m");
  to.error("m");
  to.fatal("m");
  to.log(log_level::off, "m");
  for (auto i = static_cast<std::size_t>(level); i < 6; ++i) {
    CHECK(log.record() == std::string(lambda_proc::log_level_names[i]) + " - m\n");
    CHECK(logger::enabled(static_cast<log_level>(i)));
  }
  CHECK(log.receive().empty());
}

TEST_CASE("log: records from several threads stay intact, however long they are", "[log]") {
  support::unique_fd reader;
  support::unique_fd writer;
  std::array<int, 2> pair{-1, -1};
  REQUIRE(::pipe(pair.data()) == 0);
  reader = support::unique_fd(pair[0]);
  writer = support::unique_fd(pair[1]);
  log_settings_in_use() = {.fd = writer.get(), .level = log_level::info, .json = true};

  std::vector<std::thread> threads;
  constexpr std::size_t each = 100;
  for (const char c : {'a', 'b', 'c', 'd'}) {
    threads.emplace_back([c] {
      for (std::size_t i = 0; i < each; ++i) logger().info("m", "text", std::string(i * 100, c));
    });
  }
  std::string all;
  std::thread reading([&] {
    std::array<char, 65536> buffer;
    for (ssize_t count = 0; (count = ::read(reader.get(), buffer.data(), buffer.size())) > 0;) {
      all.append(buffer.data(), static_cast<std::size_t>(count));
    }
  });
  for (std::thread& thread : threads) thread.join();
  writer = {};
  reading.join();
  log_settings_in_use() = log_settings{};

  std::istringstream lines(all);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto text = line.find("\"text\":\"") + 8;
    const std::string_view same = std::string_view(line).substr(text, line.size() - text - 2);
    const bool whole = is_json(line) && std::set<char>(same.begin(), same.end()).size() <= 1;
    if (!whole) FAIL_CHECK(line);
  }
  CHECK(count == 4 * each);
}

TEST_CASE("log: after a truncated record the next one begins on a new line", "[log]") {
  std::array<int, 2> pair{-1, -1};
  REQUIRE(::pipe(pair.data()) == 0);
  const support::unique_fd reader(pair[0]);
  const support::unique_fd writer(pair[1]);
  log_settings_in_use() = {.fd = writer.get(), .level = log_level::info, .json = false};
  logger().info(std::string(1'000'000, 'x'));
  logger().info("lost");
  std::string text(1'000'000, '\0');
  const auto read = [&] {
    const auto count = ::read(reader.get(), text.data(), text.size());
    return text.substr(0, count < 0 ? 0 : static_cast<std::size_t>(count));
  };
  CHECK(read().find('\n') == std::string::npos);
  logger().info("found");
  log_settings_in_use() = log_settings{};
  CHECK_THAT(read(), Catch::Matchers::Matches("\n[^\n]* INFO - found\n"));
}
