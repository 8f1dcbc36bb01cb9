#include <lambda_proc/process/run.hpp>

#include "child.hpp"
#include "mock_runtime_api.hpp"
#include "native_function.hpp"

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>

// run() as a bootstrap on AWS Lambda: a real program, with a mock of the runtime API.

using support::accepted;
using support::answer;
using support::child;
using support::child_setup;
using support::chunked_invocation;
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
using support::wiring;

TEST_CASE("runtime API: the event is an invocation's body, and the result is posted", "[runtime_api]") {
  running function({"handlers", "price"});
  for (int i = 0; i < 3; ++i) {
    const std::string id = "id-" + std::to_string(i);
    const http_request reply = function.invoke(id, R"({"sku":"A7","count":3})");
    CHECK(reply.path == response_path(id));
    CHECK(reply.body == R"({"sku":"A7","cents":900})");
    CHECK(reply.headers.at("content-type") == "application/json");
    CHECK(reply.headers.at("host") == function.api.address());
    CHECK(reply.headers.at("user-agent").starts_with("lambda_proc/"));
    CHECK_FALSE(reply.headers.contains("lambda-runtime-function-error-type"));
    function.connection.send(accepted);
  }
  function.take_next();
  function.program.signal(SIGTERM);
  CHECK(function.program.wait().status == 0);
}

TEST_CASE("runtime API: a failure is posted with a type that Lambda accepts", "[runtime_api]") {
  running function({"handlers", "price"});
  const http_request reply = function.invoke("a", R"({"sku":"A7"})");
  CHECK(reply.path == error_path("a"));
  CHECK(reply.body == R"({"errorType":"invalid_event","errorMessage":"event.count: missing","stackTrace":[]})");
  CHECK(reply.headers.at("lambda-runtime-function-error-type") == "Function.InvalidEvent");
  function.connection.send(accepted);
  // The next invocation is served as a success.
  CHECK(function.invoke("b", R"({"sku":"A7","count":1})").path == response_path("b"));
}

TEST_CASE("runtime API: an exception from a handler is posted as a failure", "[runtime_api]") {
  running function({"handlers", "throw"});
  const http_request reply = function.invoke("a", "\"no luck\"");
  CHECK(reply.body == R"({"errorType":"std::runtime_error","errorMessage":"\"no luck\"","stackTrace":[]})");
  CHECK(reply.headers.at("lambda-runtime-function-error-type") == "Function.StdRuntimeError");
}

TEST_CASE("runtime API: the context comes from the headers and the environment", "[runtime_api]") {
  running function(
      {"handlers", "report_context"},
      {"AWS_LAMBDA_FUNCTION_NAME=shop", "AWS_LAMBDA_FUNCTION_VERSION=$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512",
       "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/shop", "AWS_LAMBDA_LOG_STREAM_NAME=2026/11/27/[1]ab"});
  const http_request first =
      function.invoke("a", "{}",
                      "lambda-runtime-deadline-ms: 1795659960603\r\n"
                      "LAMBDA-RUNTIME-INVOKED-FUNCTION-ARN: arn:aws:lambda:us-east-1:1:function:shop\r\n"
                      "Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1\r\n"
                      "Lambda-Runtime-Cognito-Identity: {\"id\":1}\r\n"
                      "Lambda-Runtime-Client-Context: {\"a\":1}\r\n"
                      "Lambda-Runtime-Aws-Tenant-Id: blue\r\n"
                      "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
  CHECK(first.body ==
        R"({"aws_request_id":"a","function_name":"shop","function_version":"$LATEST",)"
        R"("invoked_function_arn":"arn:aws:lambda:us-east-1:1:function:shop","log_group_name":"/aws/lambda/shop",)"
        R"("log_stream_name":"2026/11/27/[1]ab","trace_id":"Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1",)"
        R"("tenant_id":"blue","identity":"{\"id\":1}","client_context":"{\"a\":1}",)"
        R"("trace_variable":"Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1","memory_limit_in_mb":512,)"
        R"("deadline_ms":1795659960603,"request_number":0})");
  function.connection.send(accepted);
  // Nothing of it remains for the next invocation.
  const http_request second = function.invoke("b", "{}", "Lambda-Runtime-Deadline-Ms: soon\r\n");
  CHECK(second.body ==
        R"({"aws_request_id":"b","function_name":"shop","function_version":"$LATEST","invoked_function_arn":"",)"
        R"("log_group_name":"/aws/lambda/shop","log_stream_name":"2026/11/27/[1]ab","trace_id":"","tenant_id":"",)"
        R"("identity":"","client_context":"","trace_variable":"","memory_limit_in_mb":512,"deadline_ms":-1,)"
        R"("request_number":1})");
}

TEST_CASE("runtime API: a client context that is not JSON is a failure", "[runtime_api]") {
  running function({"handlers", "report_context"});
  const http_request reply = function.invoke("a", "{}", "Lambda-Runtime-Client-Context: {\"a\":\r\n");
  CHECK(reply.path == error_path("a"));
  CHECK(reply.body == R"({"errorType":"invalid_context","errorMessage":"context.clientContext: not valid JSON",)"
                      R"("stackTrace":[]})");
}

TEST_CASE("runtime API: any JSON value is an event, even on several lines", "[runtime_api]") {
  running function({"handlers", "echo"});
  int id = 0;
  for (const std::string event : {"1", "\"a\"", "null", "true", "-0.5e3", "[]", "{}", " {\r\n\t\"a\" : [1,\n2]\n}\n"}) {
    CAPTURE(event);
    const http_request reply = function.invoke(std::to_string(++id), event);
    CHECK(reply.path == response_path(std::to_string(id)));
    std::string expected = event;
    std::erase_if(expected, [](char c) { return c == '\r' || c == '\n' || c == '\t' || c == ' '; });
    std::string body = reply.body;
    std::erase_if(body, [](char c) { return c == '\r' || c == '\n' || c == '\t' || c == ' '; });
    CHECK(body == expected);
    function.connection.send(accepted);
  }
}

TEST_CASE("runtime API: a body that is not JSON is a failure, and the next event is served", "[runtime_api]") {
  running function({"handlers", "price"});
  int id = 0;
  for (const std::string event :
       {"", " ", "{", "{\"sku\":\"A7\",\"count\":3", "{} {}", "nul", "[1,]", "\xff", "{\"a\":tru}"}) {
    CAPTURE(event);
    const http_request reply = function.invoke(std::to_string(++id), event);
    CHECK(reply.path == error_path(std::to_string(id)));
    CHECK(reply.headers.at("lambda-runtime-function-error-type") == "Function.InvalidEvent");
    function.connection.send(accepted);
  }
  CHECK(function.invoke("good", R"({"sku":"A7","count":1})").body == R"({"sku":"A7","cents":300})");
}

TEST_CASE("runtime API: events may be chunked, and arrive in parts of any size", "[runtime_api]") {
  running function({"handlers", "echo"});
  const std::string event = "{\"text\":\"" + std::string(3000, 'x') + "\"}";
  int id = 0;
  for (const std::size_t size : {1U, 7U, 1000U, 100'000U}) {
    function.take_next();
    function.connection.send(chunked_invocation(std::to_string(++id), event, size));
    CHECK(function.reply().body == event);
    function.connection.send(accepted);
  }
  function.take_next();
  function.connection.send_in_parts(invocation("parts", event), 1);
  CHECK(function.reply().body == event);
  function.connection.send_in_parts(accepted, 1);
  const std::string large = "\"" + std::string(std::size_t{3} << 20U, 'x') + "\"";
  function.take_next();
  function.connection.send(chunked_invocation("large", large, large.size()));
  CHECK(function.reply().body == large);
}

TEST_CASE("runtime API: an event over the limit gets a failure, and the next one is served", "[runtime_api]") {
  running function({"handlers", "echo", "1000"});
  function.take_next();
  function.connection.send(GENERATE(true, false) ? invocation("a", std::string(2000, ' '))
                                                 : chunked_invocation("a", std::string(2000, ' '), 400));
  // The rest of the event is not received, so the reply needs a new connection.
  function.connection = function.api.accept();
  const http_request reply = function.reply();
  CHECK(reply.path == error_path("a"));
  CHECK(reply.headers.at("lambda-runtime-function-error-type") == "Function.RequestTooLarge");
  function.connection.send(accepted);
  CHECK(function.invoke("b", "1").body == "1");
}

TEST_CASE("runtime API: a reply over Lambda's limit is replaced by a failure before it is sent", "[runtime_api]") {
  running function({"handlers", "echo"});
  constexpr std::size_t limit = 6'291'556;
  const std::string largest = "\"" + std::string(limit - 2, 'x') + "\"";
  CHECK(function.invoke("a", largest).body.size() == limit);
  function.connection.send(accepted);
  const http_request reply = function.invoke("b", "\"" + std::string(limit - 1, 'x') + "\"");
  CHECK(reply.path == error_path("b"));
  CHECK(reply.headers.at("lambda-runtime-function-error-type") == "Function.ResponseSizeTooLarge");
  CHECK(reply.body == R"({"errorType":"reply_too_large","errorMessage":"the reply has 6291557 bytes, the host takes )"
                      R"(6291556","stackTrace":[]})");
}

TEST_CASE("runtime API: a rejected reply is logged, and the next event is served", "[runtime_api]") {
  const std::string status = GENERATE("400 Bad Request", "403 Forbidden", "413 Payload Too Large");
  running function({"handlers", "echo"});
  CHECK(function.invoke("a", "1").body == "1");
  function.connection.send(answer(status, R"({"errorType":"InvalidRequestID"})"));
  CHECK(function.invoke("b", "2").body == "2");
  const std::string record = function.program.read_line(2);
  CHECK(record.find("WARN a the runtime API refused the reply status=" + status.substr(0, 3)) != std::string::npos);
  CHECK(record.find("InvalidRequestID") != std::string::npos);
}

TEST_CASE("runtime API: after an answer that makes further invocations impossible the process exits with 1",
          "[runtime_api]") {
  running function({"handlers", "echo"});
  std::string expected;
  SECTION("500 to a reply") {
    function.invoke("a", "1");
    function.connection.send(answer("500 Internal Server Error", "broken"));
    expected = "FATAL a the reply can't be sent status=500 answer=broken";
  }
  SECTION("404 to a reply") {
    function.invoke("a", "1");
    function.connection.send(answer("404 Not Found", ""));
    expected = "FATAL a the reply can't be sent status=404";
  }
  SECTION("403 to the request for the next invocation") {
    function.take_next();
    function.connection.send(answer("403 Forbidden", "no"));
    expected = "FATAL - no invocation can be received status=403 answer=no";
  }
  SECTION("500 to the request for the next invocation") {
    function.take_next();
    function.connection.send(answer("500 Internal Server Error", "no"));
    expected = "FATAL - no invocation can be received status=500 answer=no";
  }
  SECTION("the same invocation again") {
    function.invoke("a", "1");
    function.connection.send(answer("400 Bad Request", ""));
    function.take_next();
    function.connection.send(invocation("a", "1"));
    expected = "FATAL a the runtime API sends the same invocation again";
  }
  SECTION("an invocation without an id") {
    function.take_next();
    function.connection.send(answer("200 OK", "1"));
    expected = "FATAL - an invocation has no usable request id";
  }
  SECTION("an invocation with an id that can't be a part of a path") {
    function.take_next();
    function.connection.send(invocation(GENERATE(std::string(1000, 'x'), "a b"), "1"));
    expected = "FATAL - an invocation has no usable request id";
  }
  SECTION("not HTTP") {
    function.take_next();
    function.connection.send("SSH-2.0-OpenSSH_9.2\r\n");
    expected = R"(FATAL - no invocation can be received why="the answer is not HTTP")";
  }
  SECTION("the connection ends within an invocation") {
    function.take_next();
    function.connection.send(invocation("a", "1234567").substr(0, 100));
    function.connection.end();
    expected = R"(FATAL - no invocation can be received why="the connection was closed")";
  }
  SECTION("the connection ends within the answer to a reply") {
    function.invoke("a", "1");
    function.connection.send(accepted.substr(0, 20));
    function.connection.end();
    expected = R"(FATAL a the reply can't be sent why="the connection was closed")";
  }
  SECTION("the first connection ends without an answer") {
    function.take_next();
    function.connection.close();
    expected = R"(FATAL - no invocation can be received why="the connection was closed")";
  }
  CHECK(function.program.wait().status == 1);
  const std::string log = function.program.read_all(2);
  CAPTURE(log);
  CHECK(log.find(expected) != std::string::npos);
  CHECK(log.find("endpoint=" + function.api.address()) != std::string::npos);
  CHECK(std::ranges::count(log, '\n') <= 2);
}

TEST_CASE("runtime API: a reply is sent even if the connection was closed while the handler ran", "[runtime_api]") {
  const bool with_reset = GENERATE(false, true);
  running function({"handlers", "wait_for_byte"});
  // Closes the first connection, then one that has already carried a reply.
  for (const std::string id : {"a", "b"}) {
    CAPTURE(id);
    function.take_next();
    function.connection.send(invocation(id, "1"));
    function.program.read_until("in flight\n", 2);
    if (with_reset) {
      function.connection.reset();
    } else {
      function.connection.close();
    }
    function.program.send("x", 5);
    function.connection = function.api.accept();
    const http_request reply = function.reply();
    CHECK(reply.path == response_path(id));
    CHECK(reply.body == "true");
    function.connection.send(accepted);
  }
}

TEST_CASE("runtime API: a reply is not sent again for ever if the connection closes each time", "[runtime_api]") {
  running function({"handlers", "echo"});
  function.invoke("a", "1");
  function.connection.close();
  function.connection = function.api.accept();
  CHECK(function.reply().path == response_path("a"));
  function.connection.close();
  CHECK(function.program.wait().status == 1);
}

TEST_CASE("runtime API: Connection: close is obeyed", "[runtime_api]") {
  running function({"handlers", "echo"});
  for (const std::string id : {"a", "b", "c"}) {
    function.take_next();
    function.connection.send(invocation(id, "1", "Connection: close\r\n"));
    mock_connection next = function.api.accept();
    CHECK_FALSE(function.connection.receive());
    function.connection = std::move(next);
    CHECK(function.reply().path == response_path(id));
    function.connection.send("HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    function.connection = function.api.accept();
  }
}

TEST_CASE("runtime API: if the runtime API can't be reached the process exits with 1", "[runtime_api]") {
  mock_runtime_api api;
  const child_setup setup = setup_for(api);
  api.close();
  child program({"handlers", "echo"}, setup);
  CHECK(program.wait().status == 1);
  CHECK(program.read_all(2).find(
            R"(no invocation can be received why="there is no connection" error="Connection refused")") !=
        std::string::npos);
}

TEST_CASE("runtime API: without a usable address the process exits with 2 and a message", "[runtime_api]") {
  const auto [variable, expected] = GENERATE(table<std::string, std::string>({
      {"AWS_LAMBDA_RUNTIME_API=",
       "lambda_proc: AWS_LAMBDA_RUNTIME_API, the address of AWS Lambda's runtime API, is not set\n"},
      {"AWS_LAMBDA_RUNTIME_API=example.com",
       "lambda_proc: AWS_LAMBDA_RUNTIME_API: expected [http://]host[:port][/prefix] with the address of a host, got "
       "\"example.com\"\n"},
  }));
  child_setup setup;
  setup.environment = support::environment_with({"LAMBDA_PROC_WIRE=runtime_api", variable});
  child program({"handlers", "echo"}, setup);
  CHECK(program.wait().status == 2);
  CHECK(program.read_all(2) == expected);
}

TEST_CASE("runtime API: SIGTERM during an invocation ends the process after its reply", "[runtime_api]") {
  running function({"handlers", "wait_for_byte"});
  function.take_next();
  function.connection.send(invocation("a", "1"));
  function.program.read_until("in flight\n", 2);
  function.program.signal(SIGTERM);
  function.program.send("x", 5);
  CHECK(function.reply().path == response_path("a"));
  function.connection.send(accepted);
  CHECK_FALSE(function.connection.receive());
  CHECK(function.program.wait().status == 0);
}

TEST_CASE("runtime API: a handler's output is in the log before its reply is sent", "[runtime_api]") {
  running function({"handlers", "print"});
  function.invoke("a", "1");
  // The reply has not been answered yet, so all output so far came before it.
  CHECK(function.program.read_until("cout without flush", 1).find("printf") != std::string::npos);
}

TEST_CASE("runtime API: a program that is interrupted constantly serves each event", "[runtime_api]") {
  running function({"handlers", "interrupted_echo"});
  const std::string event = "\"" + std::string(300'000, 'x') + "\"";
  for (int i = 0; i < 20; ++i) {
    CHECK(function.invoke(std::to_string(i), event).body == event);
    function.connection.send_in_parts(accepted, 10);
  }
}

TEST_CASE("runtime API: a forked child that returns from a handler does not reply", "[runtime_api]") {
  running function({"handlers", "return_twice"});
  for (int i = 0; i < 20; ++i) {
    const std::string id = std::to_string(i);
    const http_request reply = function.invoke(id, "1");
    CHECK(reply.path == response_path(id));
    CHECK(reply.body == "0");
    function.connection.send(accepted);
  }
}

TEST_CASE("runtime API: a crash is posted, and then ends the process", "[runtime_api]") {
  const auto [task, message, signal] = GENERATE(table<std::string, std::string, int>({
      {"null", "the process crashed: SIGSEGV at address 0x0", SIGSEGV},
      {"abort", "the process crashed: SIGABRT", SIGABRT},
      {"overflow", "the process crashed: SIGSEGV", SIGSEGV},
      {"noexcept", "std::terminate was called for std::runtime_error: out", SIGABRT},
      {"exit", "the process ended: exit was called", 0},
  }));
  CAPTURE(task);
  running function({LAMBDA_PROC_CRASHER});
  function.take_next();
  function.connection.send(invocation("a", "{\"task\":\"" + task + "\"}"));
  const http_request reply = function.reply();
  CHECK(reply.path == error_path("a"));
  CHECK(reply.headers.at("lambda-runtime-function-error-type") == "Runtime.Crash");
  CHECK(reply.body.starts_with("{\"errorType\":\"crash\",\"errorMessage\":\""));
  CHECK(reply.body.find(message) != std::string::npos);
  // The crashing process waits for the answer.
  function.connection.send(accepted);
  const auto end = function.program.wait();
  if (signal == SIGSEGV) {
    CHECK(is_fault(end));
  } else {
    CHECK(end.signal == signal);
  }
  if (signal == 0) CHECK(end.status == 7);
  CHECK(function.program.read_all(2).find("FATAL a ") != std::string::npos);
}

TEST_CASE("runtime API: a crash is posted over a new connection if the old one is closed", "[runtime_api]") {
  running function({LAMBDA_PROC_CRASHER});
  function.take_next();
  function.connection.send(invocation("a", R"({"task":"null"})"));
  function.connection.close();
  function.connection = function.api.accept();
  CHECK(function.reply().path == error_path("a"));
  function.connection.send(accepted);
  CHECK(is_fault(function.program.wait()));
}

TEST_CASE("runtime API: a crashing process does not wait for an answer for ever", "[runtime_api]") {
  running function({LAMBDA_PROC_CRASHER});
  function.take_next();
  function.connection.send(invocation("a", R"({"task":"null"})"));
  SECTION("nothing is answered") { CHECK(function.reply().path == error_path("a")); }
  SECTION("half of an answer") {
    CHECK(function.reply().path == error_path("a"));
    function.connection.send(accepted.substr(0, 30));
  }
  SECTION("there is no server") {
    function.api.close();
    function.connection.reset();
  }
  CHECK(is_fault(function.program.wait()));
}

TEST_CASE("runtime API: a handler that can't be created is an initialization error", "[runtime_api]") {
  mock_runtime_api api;
  child program({"handlers", "fail_to_start"}, setup_for(api));
  mock_connection connection = api.accept();
  const auto request = connection.receive();
  REQUIRE(request);
  CHECK(request->method == "POST");
  CHECK(request->path == "/2018-06-01/runtime/init/error");
  CHECK(request->headers.at("lambda-runtime-function-error-type") == "Function.StdRuntimeError");
  CHECK(request->body == R"({"errorType":"std::runtime_error","errorMessage":"no database","stackTrace":[]})");
  const std::string status = GENERATE("202 Accepted", "403 Forbidden");
  connection.send(answer(status, ""));
  CHECK(program.wait().status == 1);
  CHECK(program.read_all(2).find(R"(FATAL - the handler can't be created type=std::runtime_error why="no database")") !=
        std::string::npos);
}

TEST_CASE("runtime API: invocations are handled concurrently if Lambda says so", "[runtime_api]") {
  mock_runtime_api api;
  child_setup setup = setup_for(api, {"AWS_LAMBDA_MAX_CONCURRENCY=3"});
  child program({"handlers", "count_slowly"}, setup);
  std::vector<mock_connection> connections;
  for (int i = 0; i < 3; ++i) connections.push_back(api.accept());
  for (mock_connection& one : connections) CHECK(one.receive()->path == next_path);
  CHECK(program.read_line(2).find("INFO - 3 invocations are handled at the same time") != std::string::npos);
  for (std::size_t i = 0; i < 3; ++i) connections[i].send(invocation(std::to_string(i), "\"wait\""));
  for (std::size_t i = 0; i < 3; ++i) program.read_until("in flight\n", 2);
  program.send("xxx", 5);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto reply = connections[i].receive();
    REQUIRE(reply);
    CHECK(reply->path == response_path(std::to_string(i)));
    // Each loop has its own handler.
    CHECK(reply->body == "0");
    connections[i].send(accepted);
  }
  for (mock_connection& one : connections) CHECK(one.receive()->path == next_path);
  program.signal(SIGTERM);
  CHECK(program.wait().status == 0);
}

TEST_CASE("runtime API: a crash answers the invocations of all loops", "[runtime_api]") {
  mock_runtime_api api;
  child program({LAMBDA_PROC_CRASHER}, setup_for(api, {"AWS_LAMBDA_MAX_CONCURRENCY=3"}));
  std::vector<mock_connection> connections;
  for (int i = 0; i < 3; ++i) connections.push_back(api.accept());
  for (mock_connection& one : connections) CHECK(one.receive()->path == next_path);
  connections[0].send(invocation("0", R"({"task":"wait"})"));
  // The third connection has no invocation.
  connections[1].send(invocation("1", R"({"task":"null_after_1"})"));
  for (std::size_t i = 0; i < 2; ++i) {
    const auto reply = connections[i].receive();
    REQUIRE(reply);
    CHECK(reply->path == error_path(std::to_string(i)));
    CHECK(reply->headers.at("lambda-runtime-function-error-type") == "Runtime.Crash");
    connections[i].send(accepted);
  }
  CHECK(is_fault(program.wait()));
}

TEST_CASE("runtime API: if one loop fails the process ends", "[runtime_api]") {
  mock_runtime_api api;
  child program({"handlers", "echo"}, setup_for(api, {"AWS_LAMBDA_MAX_CONCURRENCY=2"}));
  std::vector<mock_connection> connections;
  for (int i = 0; i < 2; ++i) connections.push_back(api.accept());
  for (mock_connection& one : connections) CHECK(one.receive()->path == next_path);
  connections[1].send(answer("500 Internal Server Error", ""));
  CHECK(program.wait().status == 1);
}

TEST_CASE("runtime API: a process is a bootstrap if nothing else can send it requests", "[runtime_api]") {
  mock_runtime_api api;
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "lambda_proc_bootstrap_test";
  SECTION("called bootstrap, with a pipe as stdin") {
    // Not in the directory of the children, because another test may run at the same time.
    const std::filesystem::path bootstrap = folder / std::to_string(::getpid()) / "bootstrap";
    std::filesystem::create_directories(bootstrap.parent_path());
    std::filesystem::create_symlink(support::child_path("handlers"), bootstrap);
    child_setup setup = setup_for(api);
    setup.descriptors.clear();
    child program({bootstrap.string(), "echo"}, setup);
    CHECK(api.accept().receive()->path == next_path);
    std::filesystem::remove_all(bootstrap.parent_path());
  }
  SECTION("closed stdin") {
    child_setup setup = setup_for(api);
    setup.descriptors.insert_or_assign(0, wiring::closed());
    child program({"handlers", "echo"}, setup);
    CHECK(api.accept().receive()->path == next_path);
  }
  SECTION("the child of a Node.js function: a pipe or a socket") {
    child_setup setup = setup_for(api);
    setup.descriptors.insert_or_assign(0, GENERATE(wiring::pipe(), wiring::socket()));
    child program({"handlers", "echo"}, setup);
    program.send("{\"event\":1}\n");
    CHECK(program.read_line() == "{\"proc_req_id\":0,\"error\":null,\"data\":1}\n");
  }
  SECTION("LAMBDA_PROC_WIRE takes precedence") {
    child_setup setup = setup_for(api, {"LAMBDA_PROC_WIRE=lambda_proc"});
    child program({"handlers", "echo"}, setup);
    CHECK(program.wait().status == 0);
  }
  SECTION("without the address of a runtime API") {
    child_setup setup = setup_for(api, {});
    setup.environment = support::environment_with({});
    child program({"handlers", "echo"}, setup);
    CHECK(program.wait().status == 0);
  }
}
