#include <lambda_proc/handler/response_stream.hpp>

#include <lambda_proc/testing.hpp>
#include <lambda_proc/wire/apex.hpp>
#include <lambda_proc/wire/lines.hpp>
#include <lambda_proc/wire/openwhisk.hpp>

#include <catch2/catch_all.hpp>

#include <array>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

// Streamed replies of hosts that take a reply in one piece.

using lambda_proc::context;
using lambda_proc::event;
using lambda_proc::failure;
using lambda_proc::http_head;
using lambda_proc::reply_to;
using lambda_proc::response_stream;
using lambda_proc::result;
namespace wire = lambda_proc::wire;

namespace {

struct order {
  std::string_view sku;
  int count;
};

/// The reply's data, for a handler without an event.
template <class Handler>
std::string data_of(Handler handler) {
  return reply_to<wire::lines>(handler, "{}");
}

void count(const order& o, response_stream& out) {
  for (int i = 0; i < o.count; ++i) {
    out.write(o.sku);
    out.flush();
  }
}

void page(response_stream& out) {
  out.head(http_head(201).header("content-type", "text/html").cookie("a=1"));
  out.write("<p>\"h\xC3");
  out.write("\xA9\"</p>\n");
}

void bytes(response_stream& out) {
  constexpr std::array some{std::byte{0xFF}, std::byte{0}, std::byte{1}, std::byte{2}};
  out.write(some);
}

struct service {
  int made = 0;
  void serve(const context&, const order& o, response_stream& out) {
    ++made;
    out.write(o.sku);
  }
};

// The forms of handlers that stream.
template <class Handler>
constexpr bool is_handler = lambda_proc::handler<Handler>;
static_assert(is_handler<void (*)(response_stream&)>);
static_assert(is_handler<result<void> (*)(const context&, response_stream&)>);
static_assert(is_handler<failure (*)(const order&, response_stream&)>);
static_assert(is_handler<void (*)(const context&, order, response_stream&)>);
static_assert(is_handler<void (*)(event, response_stream&)>);
static_assert(is_handler<decltype([](auto, response_stream&) {})>);
static_assert(is_handler<decltype([](const context&, auto, response_stream&) {})>);
static_assert(!is_handler<int (*)(const order&, response_stream&)>);
static_assert(!is_handler<result<int> (*)(response_stream&)>);
static_assert(!is_handler<void (*)(response_stream)>);
static_assert(!is_handler<void (*)(const response_stream&)>);
static_assert(!is_handler<void (*)(response_stream&, const order&)>);
static_assert(!is_handler<void (*)(const order&, const context&, response_stream&)>);
static_assert(!is_handler<void (*)(order&, response_stream&)>);

}  // namespace

TEST_CASE("response_stream: without a head the parts are collected as text", "[response_stream]") {
  CHECK(reply_to(count, R"({"event":{"sku":"A7","count":3}})") == R"({"proc_req_id":0,"error":null,"data":"A7A7A7"})");
  CHECK(reply_to<wire::lines>(count, R"({"sku":"A7","count":3})") == R"("A7A7A7")");
  CHECK(reply_to<wire::apex>(count, R"({"id":"a","event":{"sku":"A7","count":3}})") ==
        R"({"id":"a","value":"A7A7A7"})");
  CHECK(reply_to<wire::openwhisk>(count, R"({"value":{"sku":"A7","count":3}})") == R"({"body":"A7A7A7"})");
  CHECK(reply_to<wire::netstring>(count, R"(22:{"sku":"A7","count":3},)") == R"(8:"A7A7A7",)");
  CHECK(reply_to(count, R"({"event":{"sku":"A7","count":0}})") == R"({"proc_req_id":0,"error":null,"data":""})");
}

TEST_CASE("response_stream: with a head the reply is what HTTP front ends read", "[response_stream]") {
  const std::string response = R"({"statusCode":201,"headers":{"content-type":"text/html"},"cookies":["a=1"],)"
                               R"("body":"<p>\"h)"
                               "\xC3\xA9"
                               R"(\"</p>\n","isBase64Encoded":false})";
  CHECK(reply_to(page, "{}") == R"({"proc_req_id":0,"error":null,"data":)" + response + "}");
  CHECK(reply_to<wire::lines>(page, "{}") == response);
  CHECK(reply_to<wire::apex>(page, R"({"id":"a"})") == R"({"id":"a","value":)" + response + "}");
  CHECK(reply_to<wire::openwhisk>(page, R"({"value":{}})") == response);
}

TEST_CASE("response_stream: bytes that are not UTF-8 become base64 after a head, and a failure without one",
          "[response_stream]") {
  const auto file = [](response_stream& out) {
    out.head(http_head(200));
    bytes(out);
  };
  CHECK(data_of(file) == R"({"statusCode":200,"headers":{},"body":"/wABAg==","isBase64Encoded":true})");
  CHECK(reply_to<wire::openwhisk>(file, R"({"value":{}})") ==
        R"({"statusCode":200,"headers":{},"body":"/wABAg==","isBase64Encoded":true})");
  const std::string_view why = R"(the reply is not UTF-8, and without the head of an HTTP response it must be)";
  CHECK(data_of(bytes).find(why) != std::string::npos);
  CHECK(reply_to<wire::openwhisk>(bytes, R"({"value":{}})").find(why) != std::string::npos);
}

TEST_CASE("response_stream: base64 of several pieces is one text", "[response_stream]") {
  const std::string large(10'000, '\xFF');
  const auto file = [&](response_stream& out) {
    out.head(http_head(200));
    out.write(large);
  };
  // Bits without end, and two bytes of padding.
  std::string expected(13'332, '/');
  expected += "/w==";
  CHECK(data_of(file) == R"({"statusCode":200,"headers":{},"body":")" + expected + R"(","isBase64Encoded":true})");
}

TEST_CASE("response_stream: a failure replaces the whole collected reply", "[response_stream]") {
  const auto refuse = [](response_stream& out) -> result<void> {
    page(out);
    return failure{"sold_out", "no A7 left"};
  };
  CHECK(data_of(refuse) == R"({"error":{"type":"sold_out","message":"no A7 left"}})");
  const auto explode = [](response_stream& out) {
    page(out);
    throw std::runtime_error("no luck");
  };
  CHECK(data_of(explode) == R"({"error":{"type":"std::runtime_error","message":"no luck"}})");
}

TEST_CASE("response_stream: a head that is late, repeated or invalid is an invalid reply", "[response_stream]") {
  const auto late = [](response_stream& out) {
    out.write("a");
    CHECK_FALSE(out.head(http_head(200)));
    CHECK(out.closed());
    CHECK_FALSE(out.write("b"));
    CHECK_FALSE(out.flush());
  };
  const auto twice = [](response_stream& out) {
    CHECK(out.head(http_head(200)));
    CHECK_FALSE(out.head(http_head(200)));
  };
  constexpr std::string_view misplaced =
      R"({"error":{"type":"invalid_reply","message":"the head of an HTTP response must come once, and before its body"}})";
  CHECK(data_of(late) == misplaced);
  CHECK(data_of(twice) == misplaced);
  const auto invalid = [](response_stream& out) { CHECK_FALSE(out.head(http_head(200).header("a", "b\r\nc: d"))); };
  CHECK(data_of(invalid) == R"({"error":{"type":"invalid_reply","message":"an HTTP header has a line break or another )"
                            R"(control character"}})");
}

TEST_CASE("response_stream: a reply that is larger than the host takes is closed, and a failure", "[response_stream]") {
  const std::string part(10'000, 'x');
  int written = 0;
  const auto endless = [&](response_stream& out) {
    while (out.write(part)) ++written;
    CHECK(out.closed());
    CHECK_FALSE(out.write("a"));
  };
  CHECK(data_of(endless) ==
        R"({"error":{"type":"reply_too_large","message":"the reply has more bytes than the host takes, 65520"}})");
  CHECK(written == 6);
  // Text that fits, but not as JSON.
  const auto quotes = [](response_stream& out) { CHECK(out.write(std::string(40'000, '"'))); };
  CHECK(data_of(quotes) ==
        R"({"error":{"type":"reply_too_large","message":"the reply has 80002 bytes, the host takes 65520"}})");
}

TEST_CASE("response_stream: nothing of a reply is left for the next one", "[response_stream]") {
  const auto handler = [](const order& o, response_stream& out) -> result<void> {
    if (o.count == 1) page(out);
    if (o.count == 2) bytes(out);
    if (o.count == 3) return failure{"a", "b"};
    if (o.count == 4) out.write(o.sku);
    return {};
  };
  std::string input;
  for (const int number : {1, 5, 2, 5, 3, 5, 4, 5}) {
    input += R"({"sku":"A7","count":)" + std::to_string(number) + "}\n";
  }
  const std::string replies = reply_to<wire::lines>(handler, input);
  std::size_t empty = 0;
  for (std::size_t at = replies.find("\n\"\""); at != std::string::npos; at = replies.find("\n\"\"", at + 1)) ++empty;
  CHECK(empty == 4);
  CHECK(replies.find("\n\"A7\"\n") != std::string::npos);
}

TEST_CASE("response_stream: a handler may be a bound member, and take a context and any event", "[response_stream]") {
  service it;
  auto bound = std::bind_front(&service::serve, &it);
  CHECK(reply_to(bound, R"({"event":{"sku":"A7","count":3}})") == R"({"proc_req_id":0,"error":null,"data":"A7"})");
  CHECK(it.made == 1);
  const auto with_context = [](const context& ctx, auto any, response_stream& out) {
    out.write(ctx.aws_request_id);
    out.write(any.text());
  };
  CHECK(reply_to(with_context, R"({"event":[1],"context":{"awsRequestId":"id "}})") ==
        R"({"proc_req_id":0,"error":null,"data":"id [1]"})");
  // An event that can't be decoded is a failure before the handler is called.
  CHECK(reply_to(count, R"({"event":{"sku":"A7"}})") ==
        R"({"proc_req_id":0,"error":"invalid_event: event.count: missing","data":null})");
}
