// SPDX-License-Identifier: MIT
// One binary under each of the hosts. Only the environment tells it which host that is.

#include "apex_shim.hpp"
#include "benthos.hpp"
#include "is_json.hpp"
#include "lambda_proc_parent.hpp"
#include "openwhisk_proxy.hpp"

#include <catch2/catch_all.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

const std::string child = LAMBDA_PROC_CHILD;

/// The reply of children/host_child.cpp.
std::string answer(const std::string& text, const std::string& id, const std::string& function = "",
                   const std::string& bytes = "") {
  return R"({"text":")" + text + R"(","bytes":")" + bytes + R"(","id":")" + id + R"(","function":")" + function +
         R"("})";
}

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// A path at which no file exists, before and after the test.
class temporary_path {
 public:
  temporary_path() { std::filesystem::remove(path_); }
  temporary_path(const temporary_path&) = delete;
  temporary_path& operator=(const temporary_path&) = delete;
  ~temporary_path() { std::filesystem::remove(path_); }
  [[nodiscard]] const std::filesystem::path& get() const { return path_; }

 private:
  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("lambda_proc_hosts." + std::to_string(::getpid()) + ".log");
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

std::string any_codec() { return GENERATE("lines", "length_prefixed_uint32_be", "netstring"); }

}  // namespace

TEST_CASE("hosts: the original parent gets its three keys, one request at a time", "[hosts]") {
  hosts::lambda_proc_parent parent(child);
  for (int i = 0; i < 100; ++i) {
    const std::string text = "t" + std::to_string(i);
    REQUIRE(parent.call(R"({"text":")" + text + R"("})") == answer(text, "r"));
  }
  CHECK(parent.call(R"({"null":true})") == "null");
  CHECK(parent.call(R"({"text":"a","print":"noise","log":"a record"})") == answer("a", "r"));
  CHECK_THROWS_WITH(parent.call(R"({"fail":"no"})"), ContainsSubstring(R"("error":"asked_for: no","data":null})"));
  CHECK(parent.call(R"({"text":"b"})") == answer("b", "r"));
  parent.process().close_input();
  CHECK(parent.process().read_all().empty());
  CHECK(parent.process().wait().exited_with(0));
  CHECK(count(parent.process().read_log(), "noise") == 4);
}

TEST_CASE("hosts: apex matches replies by id and ignores replies without an id", "[hosts]") {
  hosts::apex_shim shim(child);
  SECTION("many requests in flight") {
    std::vector<std::string> ids;
    for (int i = 0; i < 500; ++i) ids.push_back(shim.send(R"({"text":"x"})"));
    for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
      const auto outcome = shim.wait_for(*id);
      REQUIRE(outcome.value == answer("x", "r" + *id));
      REQUIRE(outcome.error.empty());
    }
  }
  SECTION("a failure has an error and no value, a null reply has neither") {
    const auto failed = shim.call(R"({"fail":"no\r\n\u2028"})");
    CHECK(failed.error == "\"asked_for: no\\r\\n\u2028\"");
    CHECK(failed.value.empty());
    const auto null = shim.call(R"({"null":true})");
    CHECK(null.error.empty());
    CHECK(null.value.empty());
  }
  SECTION("carriage returns do not split a reply") {
    CHECK(shim.call(R"({"text":"a\rb\r\nc"})").value == answer(R"(a\rb\r\nc)", "r0"));
  }
  SECTION("a line that is not a request costs one dropped reply") {
    shim.send_raw("garbage\n{\"event\":{}}\n{\"id\":7,\"event\":{}}\n\n");
    CHECK(shim.call(R"({"text":"after"})").value == answer("after", "r0"));
    CHECK(shim.dropped() == 3);
  }
  SECTION("a handler's output is ignored") {
    CHECK(shim.call(R"({"text":"a","print":"{\"id\":\"0\",\"value\":1}","log":"l"})").value == answer("a", "r0"));
  }
  shim.process().close_input();
  CHECK(shim.process().wait().exited_with(0));
}

TEST_CASE("hosts: Benthos gets one reply for each line, in order, however much is logged and printed", "[hosts]") {
  const std::string codec = any_codec();
  const temporary_path log;
  const bool to_file = codec == "lines";
  hosts::environment extra;
  if (to_file) extra.emplace_back("LAMBDA_PROC_LOG_FILE", log.get());
  hosts::benthos benthos(child, codec, extra);
  const int messages = codec == "lines" ? 10'000 : 1'000;
  for (int i = 0; i < messages; ++i) {
    const std::string text = std::to_string(i);
    const std::string reply =
        benthos.process_message(R"({"text":")" + text + R"(","log":"l)" + text + R"(","print":"noise"})");
    if (reply != answer(text, "")) FAIL(codec << " " << i << ": " << reply);
  }
  benthos.process().close_input();
  CHECK(benthos.process().wait().exited_with(0));
  CHECK(benthos.process().read_log().empty());
  if (!to_file) return;
  const std::string records = read_file(log.get());
  CHECK(count(records, "INFO - handled text=") == static_cast<std::size_t>(messages));
  CHECK(count(records, "noise") == 4 * static_cast<std::size_t>(messages));
}

TEST_CASE("hosts: Benthos gets replies to lines that are empty or not JSON", "[hosts]") {
  hosts::benthos benthos(child, any_codec());
  for (const std::string line : {"", "  ", "{", "{\"text\":tru}", "[1", "\"x", "1 2", "{}}", "\xff", "nul"}) {
    CAPTURE(line);
    const std::string reply = benthos.process_message(line);
    CHECK_THAT(reply, StartsWith(R"({"error":{"type":"invalid_)"));
    CHECK(hosts::is_json(reply));
    CHECK(benthos.process_message(R"({"text":"after"})") == answer("after", ""));
  }
  CHECK(benthos.process_message(R"({"fail":"no"})") == R"({"error":{"type":"asked_for","message":"no"}})");
  CHECK(benthos.process_message(R"({"null":true})") == "null");
}

TEST_CASE("hosts: Benthos never gets a reply over its max_buffer", "[hosts]") {
  hosts::benthos benthos(child, any_codec());
  for (const int bytes : {100, 65'000, 65'400, 65'470, 65'500, 65'536, 70'000, 10'000'000}) {
    CAPTURE(bytes);
    const std::string reply = benthos.process_message(R"({"bytes":)" + std::to_string(bytes) + "}");
    if (reply.starts_with(R"({"error")")) {
      CHECK(bytes > 65'400);
      CHECK_THAT(reply, StartsWith(R"({"error":{"type":"reply_too_large","message":"the reply has )"));
    } else {
      CHECK(reply == answer("", "", "", std::string(static_cast<std::size_t>(bytes), 'x')));
    }
  }
  SECTION("a failure is truncated, too") {
    const std::string reply = benthos.process_message(R"({"fail":")" + std::string(100'000, 'f') + "\"}");
    CHECK_THAT(reply, StartsWith(R"({"error":{"type":"asked_for","message":"fff)"));
    const std::string escapes(60'000, '\1');
    std::string spelled;
    for (int i = 0; i < 60'000; ++i) spelled += "\\u0001";
    CHECK_THAT(benthos.process_message(R"({"fail":")" + spelled + "\"}"),
               StartsWith(R"({"error":{"type":"asked_for","message":"\u0001)"));
  }
  CHECK(benthos.process_message(R"({"text":"after"})") == answer("after", ""));
}

TEST_CASE("hosts: Benthos gets one failure for broken framing, then the child ends", "[hosts]") {
  hosts::benthos benthos(child, "netstring");
  CHECK(benthos.process_message(R"({"text":"a"})") == answer("a", ""));
  benthos.process().write("no netstring");
  CHECK(
      benthos.process().read_all() ==
      R"(103:{"error":{"type":"invalid_request","message":"the framing is broken: no further request can be found"}},)");
  CHECK(benthos.process().wait().exited_with(1));
}

TEST_CASE("hosts: if the log file can't be opened a message names it, and nothing is served", "[hosts]") {
  hosts::benthos benthos(child, "lines", {{"LAMBDA_PROC_LOG_FILE", "/nowhere/at/all"}});
  CHECK(benthos.process().wait().exited_with(2));
  CHECK_THAT(benthos.process().read_log(),
             ContainsSubstring("can't start: LAMBDA_PROC_LOG_FILE: No such file or directory"));
}

TEST_CASE("hosts: OpenWhisk gets its acknowledgement if it asks for one", "[hosts]") {
  const bool ack = GENERATE(true, false);
  hosts::openwhisk_proxy proxy(child, ack);
  const auto done = proxy.run(R"({"text":"x"})");
  CHECK(done.status == 200);
  CHECK(done.body == answer("x", "act0", "/_/f") + "\n");
}

TEST_CASE("hosts: OpenWhisk gets no acknowledgement if its variable is empty", "[hosts]") {
  hosts::openwhisk_proxy proxy(child, false, {{"__OW_WAIT_FOR_ACK", ""}});
  CHECK(proxy.run(R"({"text":"x"})").body == answer("x", "act0", "/_/f") + "\n");
}

TEST_CASE("hosts: OpenWhisk finds each activation's logs before its marker", "[hosts]") {
  hosts::openwhisk_proxy proxy(child, true);
  for (int i = 0; i < 200; ++i) {
    const std::string text = "t" + std::to_string(i);
    const auto done = proxy.run(R"({"text":")" + text + R"(","print":"p)" + text + R"(","log":"l)" + text + "\"}");
    REQUIRE(done.status == 200);
    const std::string line = "p" + text + "\n";
    REQUIRE(count(done.output, line) == 3);
    REQUIRE(done.output.size() == 3 * line.size());
    REQUIRE(done.log.find(line) != std::string::npos);
    REQUIRE(done.log.find("INFO act" + std::to_string(i) + " handled text=l" + text + "\n") != std::string::npos);
  }
  proxy.process().close_input();
  CHECK(proxy.process().wait().exited_with(0));
  CHECK(proxy.process().read_output().empty());
  CHECK(proxy.process().read_log().empty());
}

TEST_CASE("hosts: OpenWhisk gets an object or an array, never anything else", "[hosts]") {
  hosts::openwhisk_proxy proxy(child, true);
  const std::string event = GENERATE(R"({"null":true})", R"({"seven":true})", R"({"fail":"no"})", R"({"text":1})", "1");
  CAPTURE(event);
  const auto done = proxy.run(event);
  CHECK(done.status == 200);
  CHECK_THAT(done.body, StartsWith(R"({"error":")"));
  CHECK(proxy.run(R"({"text":"after"})").status == 200);
}

TEST_CASE("hosts: an unknown wire is refused with a list of the known wires", "[hosts]") {
  hosts::host_process process({.program = child, .environment = {{"LAMBDA_PROC_WIRE", "http"}}});
  CHECK(process.wait().exited_with(2));
  CHECK(process.read_log() ==
        "lambda_proc: LAMBDA_PROC_WIRE is \"http\"; known wires: lambda_proc, apex, lines, length_prefixed_uint32_be, "
        "netstring, openwhisk, runtime_api\n");
}
