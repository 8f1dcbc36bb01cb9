#include <lambda_proc/process/run.hpp>

#include "child.hpp"
#include "decoded.hpp"
#include "mock_runtime_api.hpp"
#include "native_function.hpp"

#include <lambda_proc/events/base64.hpp>

#include <catch2/catch_all.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Streamed replies of a real program (tests/children/streamer.cpp), with a mock of the runtime API.

using support::accepted;
using support::answer;
using support::child;
using support::error_path;
using support::http_request;
using support::invocation;
using support::is_fault;
using support::mock_connection;
using support::mock_runtime_api;
using support::next_path;
using support::response_path;
using support::running;
using support::setup_for;

namespace {

const std::string separator(8, '\0');
const std::string error_type = "lambda-runtime-function-error-type";
const std::string error_body = "lambda-runtime-function-error-body";

std::string decoded_body(const http_request& reply) {
  std::string buffer;
  const auto bytes = lambda_proc::events::base64(reply.trailers.at(error_body)).decode(buffer);
  REQUIRE(bytes);
  return std::string(*bytes);
}

/// Takes the head of the reply to an invocation that was sent, and the chunks that follow one another.
struct streaming : running {
  streaming() : running({"streamer"}) {}

  void start(std::string_view id, std::string_view steps) {
    take_next();
    connection.send(invocation(id, steps));
  }

  void take_head(std::string_view id) {
    const auto head = connection.receive_head();
    REQUIRE(head);
    CHECK(head->method == "POST");
    CHECK(head->path == response_path(id));
  }

  void expect_chunk(std::string_view text) { CHECK(connection.receive_chunk() == std::string(text)); }

  /// Whether the next invocation is served.
  void expect_next(std::string_view id) {
    const http_request reply = invoke(id, R"(["x"])");
    CHECK(reply.path == response_path(id));
    CHECK(reply.body == "x");
    connection.send(accepted);
  }
};

}  // namespace

TEST_CASE("streaming: a reply is chunked, and its trailers are declared", "[streaming]") {
  streaming function;
  for (const std::string id : {"a", "b"}) {
    const http_request reply = function.invoke(id, R"(["one ","two"])");
    CHECK(reply.path == response_path(id));
    CHECK(reply.headers.at("lambda-runtime-function-response-mode") == "streaming");
    CHECK(reply.headers.at("transfer-encoding") == "chunked");
    CHECK(reply.headers.at("trailer") == "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body");
    CHECK(reply.headers.at("content-type") == "application/octet-stream");
    CHECK(reply.headers.at("host") == function.api.address());
    CHECK_FALSE(reply.headers.contains("content-length"));
    CHECK(reply.body == "one two");
    CHECK(reply.trailers.empty());
    function.connection.send(accepted);
  }
}

TEST_CASE("streaming: the head of an HTTP response is JSON before the body, after it eight NUL bytes", "[streaming]") {
  streaming function;
  const http_request reply = function.invoke("a", R"(["head","data: 1\n\n"])");
  CHECK(reply.headers.at("content-type") == "application/vnd.awslambda.http-integration-response");
  CHECK(reply.body == R"({"statusCode":201,"headers":{"content-type":"text/event-stream"},"cookies":["a=1","b=2"]})" +
                          separator + "data: 1\n\n");
}

TEST_CASE("streaming: parts are sent by flush, while the handler is running", "[streaming]") {
  streaming function;
  function.start("a", R"(["head","flush","wait","one","flush","wait","two","three","flush","wait"])");
  function.take_head("a");
  CHECK(function.connection.receive_chunk()->ends_with(separator));
  for (const std::string_view text : {"one", "twothree"}) {
    function.program.read_until("waiting\n", 2);
    function.program.send("x", 5);
    function.expect_chunk(text);
  }
  function.program.read_until("waiting\n", 2);
  function.program.send("x", 5);
  function.expect_chunk("");
  CHECK(function.connection.receive_trailers().empty());
  function.connection.send(accepted);
  function.expect_next("b");
}

TEST_CASE("streaming: an empty reply is a body without chunks", "[streaming]") {
  streaming function;
  const http_request reply = function.invoke("a", R"(["","flush"])");
  CHECK(reply.path == response_path("a"));
  CHECK(reply.headers.at("lambda-runtime-function-response-mode") == "streaming");
  CHECK(reply.body.empty());
}

TEST_CASE("streaming: a failure before anything was sent is posted like any other", "[streaming]") {
  const auto [steps, type] = GENERATE(table<std::string, std::string>({
      {R"(["fail"])", "Function.SoldOut"},
      {R"(["part","fail"])", "Function.SoldOut"},
      {R"(["throw"])", "Function.StdRuntimeError"},
      {R"(["head","part","throw"])", "Function.StdRuntimeError"},
      {R"({})", "Function.InvalidEvent"},
      {R"(["bad_head","part","flush"])", "Function.InvalidReply"},
      {R"(["part","head"])", "Function.InvalidReply"},
      {R"(["head","head"])", "Function.InvalidReply"},
  }));
  streaming function;
  const http_request reply = function.invoke("a", steps);
  CHECK(reply.path == error_path("a"));
  CHECK(reply.headers.at("content-type") == "application/json");
  CHECK(reply.headers.at(error_type) == type);
  CHECK_FALSE(reply.headers.contains("transfer-encoding"));
  function.connection.send(accepted);
  function.expect_next("b");
}

TEST_CASE("streaming: a failure after something was sent ends the reply with trailers", "[streaming]") {
  const auto [steps, body, type, message] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {R"(["part","flush","fail"])", "part", "Function.SoldOut",
       R"({"errorType":"sold_out","errorMessage":"no A7 left","stackTrace":[]})"},
      {R"(["part","flush"," and more","throw"])", "part and more", "Function.StdRuntimeError",
       R"({"errorType":"std::runtime_error","errorMessage":"no luck","stackTrace":[]})"},
      {R"(["part","flush","head"])", "part", "Function.InvalidReply",
       R"({"errorType":"invalid_reply","errorMessage":"the head of an HTTP response must come once, and before its )"
       R"(body","stackTrace":[]})"},
  }));
  streaming function;
  const http_request reply = function.invoke("a", steps);
  CHECK(reply.path == response_path("a"));
  CHECK(reply.body == body);
  CHECK(reply.trailers.at(error_type) == type);
  CHECK(decoded_body(reply) == message);
  function.connection.send(accepted);
  function.expect_next("b");
}

TEST_CASE("streaming: a long message in a trailer is cut, so that servers take it", "[streaming]") {
  streaming function;
  const http_request reply = function.invoke("a", R"(["part","flush","fail_at_length"])");
  CHECK(reply.trailers.at(error_body).size() <= 8000);
  CHECK(decoded_body(reply).starts_with(R"({"errorType":"sold_out","errorMessage":"xxxxxxxx)"));
  CHECK(decoded_body(reply).ends_with(R"xx(xx","stackTrace":[]})xx"));
}

TEST_CASE("streaming: a client that leaves while the handler waits is seen by closed()", "[streaming]") {
  streaming function;
  function.start("a", R"(["part","flush","until_closed"])");
  function.take_head("a");
  function.expect_chunk("part");
  SECTION("the connection is closed") { function.connection.close(); }
  SECTION("the connection is reset") { function.connection.reset(); }
  SECTION("the reply is refused before its end") {
    function.connection.send(answer("413 Content Too Large", "{\"errorType\":\"RequestEntityTooLarge\"}"));
  }
  CHECK(function.program.read_until("closed\n", 2).find("still open") == std::string::npos);
  // The next invocation is taken over a new connection.
  function.connection = function.api.accept();
  function.expect_next("b");
}

TEST_CASE("streaming: a client that leaves while the handler writes is seen by write()", "[streaming]") {
  streaming function;
  // The first part may be sent again over a new connection, the others can't.
  function.start("a", R"(["part","flush","write_until_closed"])");
  function.take_head("a");
  function.expect_chunk("part");
  SECTION("closed") { function.connection.close(); }
  SECTION("reset") { function.connection.reset(); }
  SECTION("answered, while the rest is not read") {
    function.connection.send(answer("413 Content Too Large", "{}"));
    // The connection stays open.
    CHECK(function.program.read_until("closed\n", 2).find("still open") == std::string::npos);
    CHECK(function.program.read_until("refused the reply", 2).find("WARN a") != std::string::npos);
    function.connection = function.api.accept();
    function.expect_next("b");
    return;
  }
  CHECK(function.program.read_until("closed\n", 2).find("still open") == std::string::npos);
  CHECK(function.program.read_until("the client left before the end of the reply\n", 2).find("WARN a") !=
        std::string::npos);
  function.connection = function.api.accept();
  function.expect_next("b");
}

TEST_CASE("streaming: a failure after the client has left is not sent", "[streaming]") {
  streaming function;
  function.start("a", R"(["part","flush","until_closed","fail"])");
  function.take_head("a");
  function.connection.close();
  function.connection = function.api.accept();
  function.expect_next("b");
}

TEST_CASE("streaming: write waits while the client does not read", "[streaming]") {
  streaming function;
  std::string steps = "[";
  for (int i = 0; i < 100; ++i) steps += "\"megabyte\",";
  function.start("a", steps + R"("wait"])");
  function.take_head("a");
  // 100 MB don't fit into the buffers of the connection, so the handler can't have come to its end.
  std::size_t size = 0;
  for (int i = 0; i < 100; ++i) {
    if (i == 50) function.program.signal(SIGCONT);  // an interrupted call goes on
    const auto chunk = function.connection.receive_chunk();
    REQUIRE(chunk);
    size += chunk->size();
    CHECK(chunk->find_first_not_of('m') == std::string::npos);
  }
  CHECK(size == std::size_t{100} << 20U);
  // Nothing was collected.
  if (!lambda_proc::detail::has_asan) CHECK(function.program.peak_memory_kib() < 20'000);
  function.program.read_until("waiting\n", 2);
  function.program.send("x", 5);
  function.expect_chunk("");
  CHECK(function.connection.receive_trailers().empty());
  function.connection.send(accepted);
  function.expect_next("b");
}

TEST_CASE("streaming: a reply starts over a new connection if the old one was closed while the handler ran",
          "[streaming]") {
  const std::string steps = GENERATE(R"(["wait","part","flush","more"])", R"(["wait","part","more"])");
  const bool with_reset = GENERATE(false, true);
  streaming function;
  function.start("a", steps);
  function.program.read_until("waiting\n", 2);
  if (with_reset) {
    function.connection.reset();
  } else {
    function.connection.close();
  }
  function.program.send("x", 5);
  function.connection = function.api.accept();
  const http_request reply = function.reply();
  CHECK(reply.path == response_path("a"));
  CHECK(reply.body == "partmore");
  function.connection.send(accepted);
  function.expect_next("b");
}

TEST_CASE("streaming: a crash in the middle of a reply ends it with trailers", "[streaming]") {
  const auto [task, message, status] = GENERATE(table<std::string, std::string, int>({
      {"crash", "the process crashed: SIGSEGV at address 0x0", -1},
      {"exit", "the process ended: exit was called", 7},
  }));
  streaming function;
  const http_request reply = function.invoke("a", R"(["part","flush","not sent",")" + task + "\"]");
  CHECK(reply.path == response_path("a"));
  CHECK(reply.body == "part");
  CHECK(reply.trailers.at(error_type) == "Runtime.Crash");
  CHECK(decoded_body(reply).starts_with("{\"errorType\":\"crash\",\"errorMessage\":\"" + message));
  // The crashing process waits for the answer.
  function.connection.send(accepted);
  const auto end = function.program.wait();
  if (status == 7) {
    CHECK(end.status == status);
  } else {
    CHECK(is_fault(end));
  }
}

TEST_CASE("streaming: a crash before anything was sent is posted like any other", "[streaming]") {
  streaming function;
  const http_request reply = function.invoke("a", R"(["head","not sent","crash"])");
  CHECK(reply.path == error_path("a"));
  CHECK(reply.headers.at(error_type) == "Runtime.Crash");
  function.connection.send(accepted);
  CHECK(is_fault(function.program.wait()));
}

TEST_CASE("streaming: a chunk that a crash cuts off is never completed", "[streaming]") {
  streaming function;
  // Another thread crashes while the handler's waits in write.
  function.start("a", R"(["crash_when_told","too_much_for_buffers"])");
  function.take_head("a");
  CHECK(function.connection.receive_line() == "6400000");
  function.program.read_until("waiting\n", 2);
  function.program.send("x", 5);
  CHECK(is_fault(function.program.wait()));
  // The connection ends within the chunk.
  bool ended = false;
  for (std::size_t lines = 0; !ended && lines < 2; ++lines) ended = !function.connection.receive_line();
  CHECK(ended);
}

TEST_CASE("streaming: a crash does not wait for ever for a client that does not read", "[streaming]") {
  streaming function;
  function.start("a", R"(["part","flush","crash"])");
  CHECK(is_fault(function.program.wait()));
}

TEST_CASE("streaming: a forked copy writes nothing to the reply", "[streaming]") {
  streaming function;
  const http_request reply = function.invoke("a", R"(["one","flush","fork","two"])");
  CHECK(reply.body == "onetwo");
  function.connection.send(accepted);
  function.expect_next("b");
}

TEST_CASE("streaming: loops stream at the same time, and a crash ends all their replies", "[streaming]") {
  mock_runtime_api api;
  child program({"streamer"}, setup_for(api, {"AWS_LAMBDA_MAX_CONCURRENCY=2"}));
  std::vector<mock_connection> connections;
  for (int i = 0; i < 2; ++i) connections.push_back(api.accept());
  for (mock_connection& one : connections) CHECK(one.receive()->path == next_path);
  for (std::size_t i = 0; i < 2; ++i) {
    connections[i].send(
        invocation(std::to_string(i), i == 0 ? R"(["zero","flush","wait"])" : R"(["one","flush","crash"])"));
    const auto head = connections[i].receive_head();
    REQUIRE(head);
    CHECK(head->path == response_path(std::to_string(i)));
    CHECK(connections[i].receive_chunk() == (i == 0 ? "zero" : "one"));
  }
  for (mock_connection& one : connections) {
    CHECK(one.receive_chunk() == "");
    CHECK(one.receive_trailers().at(error_type) == "Runtime.Crash");
    one.send(accepted);
  }
  CHECK(is_fault(program.wait()));
}

TEST_CASE("streaming: SIGTERM during a reply ends the process after it", "[streaming]") {
  streaming function;
  function.start("a", R"(["one","flush","wait","two"])");
  function.take_head("a");
  function.expect_chunk("one");
  function.program.read_until("waiting\n", 2);
  function.program.signal(SIGTERM);
  function.program.send("x", 5);
  function.expect_chunk("two");
  function.expect_chunk("");
  function.connection.receive_trailers();
  function.connection.send(accepted);
  CHECK_FALSE(function.connection.receive());
  CHECK(function.program.wait().status == 0);
}
