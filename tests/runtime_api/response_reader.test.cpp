#include <lambda_proc/runtime_api/response_reader.hpp>

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// HTTP responses, received in parts of any size.

using lambda_proc::detail::response_reader;
using state = response_reader::state;

namespace {

/// Passes a part of a response to the reader, in pieces for which it has room.
state give(response_reader& reader, std::string_view part) {
  state now = state::incomplete;
  while (!part.empty() && now == state::incomplete) {
    const std::span<char> room = reader.room();
    if (room.empty()) return state::no_memory;
    const std::size_t count = part.copy(room.data(), room.size());
    part.remove_prefix(count);
    now = reader.received(count);
  }
  return now;
}

struct response {
  state end = state::incomplete;
  int status = 0;
  std::string body;
  bool keeps_connection = false;
  std::map<std::string, std::string> headers;

  bool operator==(const response&) const = default;
};

response result_of(const response_reader& reader, state end) {
  response out;
  out.end = end;
  out.status = reader.status();
  if (end != state::complete) return out;
  out.body = reader.body();
  out.keeps_connection = reader.keeps_connection();
  lambda_proc::detail::for_each_header(
      reader.head(), [&](std::string_view name, std::string_view value) { out.headers[std::string(name)] = value; });
  return out;
}

/// Reads a response in parts of this size. If `closes`, the connection ends after it.
response read(std::string_view text, std::size_t size, bool closes = false) {
  response_reader reader(1000, 64);
  state now = state::incomplete;
  for (; !text.empty() && now == state::incomplete; text.remove_prefix(std::min(size, text.size()))) {
    now = give(reader, text.substr(0, size));
  }
  if (closes && now == state::incomplete) now = reader.ended();
  return result_of(reader, now);
}

const std::string start = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Id:  a b \r\n";
const std::map<std::string, std::string> start_headers{{"Content-Type", "application/json"}, {"X-Id", "a b"}};

std::map<std::string, std::string> headers_with(const std::string& name, const std::string& value) {
  auto all = start_headers;
  all[name] = value;
  return all;
}

}  // namespace

TEST_CASE("response_reader: bodies with each of HTTP's framings are read, split at any byte", "[response_reader]") {
  struct sample {
    std::string text;
    response expected;
    bool closes = false;
  };
  const response hello{state::complete, 200, "hello", true, headers_with("Content-Length", "5")};
  response chunked = hello;
  chunked.headers = headers_with("Transfer-Encoding", "chunked");
  const sample one = GENERATE_COPY(values<sample>({
      {start + "Content-Length: 5\r\n\r\nhello", hello},
      {start + "Content-Length: 0\r\n\r\n", {state::complete, 200, "", true, headers_with("Content-Length", "0")}},
      {start + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", chunked},
      {start + "Transfer-Encoding: chunked\r\n\r\n1\r\nh\r\n3\r\nell\r\n1\r\no\r\n0\r\n\r\n", chunked},
      {start + "Transfer-Encoding: chunked\r\n\r\n005;a=b\r\nhello\r\n00 ;x\r\nTrailer: 1\r\nY: z\r\n\r\n", chunked},
      {start + "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n", chunked},
      {start + "\r\nhello", {state::complete, 200, "hello", false, start_headers}, true},
      {start + "\r\n", {state::complete, 200, "", false, start_headers}, true},
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + start + "Content-Length: 5\r\n\r\nhello",
       hello},
      {"HTTP/1.1 204 No Content\r\n\r\n", {state::complete, 204, "", true, {}}},
      {"HTTP/1.1 304\r\nContent-Length: 7\r\n\r\n", {state::complete, 304, "", true, {{"Content-Length", "7"}}}},
      {"HTTP/1.1 202 \nContent-Length: 2\n\nOK", {state::complete, 202, "OK", true, {{"Content-Length", "2"}}}},
      {"HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nOK",
       {state::complete, 200, "OK", false, {{"content-length", "2"}}}},
      {"HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nOK",
       {state::complete, 200, "OK", false, {{"Connection", "x, Close"}, {"Content-Length", "2"}}}},
      {"HTTP/1.1 500 \r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nno",
       {state::complete, 500, "no", true, {{"Content-Length", "2"}}}},
      {"HTTP/1.1 200 OK\r\nEmpty:\r\nContent-Length:0\r\n\r\n",
       {state::complete, 200, "", true, {{"Content-Length", "0"}, {"Empty", ""}}}},
  }));
  CAPTURE(one.text);
  for (std::size_t size = 1; size <= one.text.size(); ++size) {
    CAPTURE(size);
    CHECK(read(one.text, size, one.closes) == one.expected);
  }
  // Two parts, split at each byte.
  for (std::size_t cut = 1; cut < one.text.size(); ++cut) {
    CAPTURE(cut);
    response_reader reader(1000, 64);
    state now = give(reader, std::string_view(one.text).substr(0, cut));
    if (now == state::incomplete) now = give(reader, std::string_view(one.text).substr(cut));
    if (one.closes && now == state::incomplete) now = reader.ended();
    CHECK(result_of(reader, now) == one.expected);
  }
}

TEST_CASE("response_reader: a response that is cut off is not complete", "[response_reader]") {
  const std::string text = GENERATE(start + "Content-Length: 5\r\n\r\nhello",
                                    start + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
  for (std::size_t size = 1; size < text.size(); ++size) {
    CAPTURE(size);
    CHECK(read(text.substr(0, size), size, true).end == state::malformed);
  }
}

TEST_CASE("response_reader: text that is not HTTP is refused at its first wrong byte", "[response_reader]") {
  const std::string text =
      GENERATE(as<std::string>(), "HTTX", "SSH-2.0-OpenSSH_9.2\r\n", "{\"a\":1}", "HTTP/2", "HTTP/1.1 2x0 OK\r\n\r\n",
               "HTTP/1.1 99 Low\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1\r\n\r\n",
               "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n",
               "HTTP/1.1 200 OK\r\n: c\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
               "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
               "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
               "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1 2\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11111111111111111\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n");
  CAPTURE(text);
  CHECK(read(text, text.size()).end == state::malformed);
  CHECK(read(text, 1).end == state::malformed);
}

TEST_CASE("response_reader: a head that does not end is refused", "[response_reader]") {
  const std::string text = "HTTP/1.1 200 OK\r\nA: " + std::string(response_reader::max_head_bytes, 'x');
  CHECK(read(text, 4096).end == state::malformed);
}

TEST_CASE("response_reader: a body over the limit is refused before it is received", "[response_reader]") {
  const std::string framing =
      GENERATE("Content-Length: 1001\r\n\r\n", "Content-Length: 18446744073709551615\r\n\r\n",
               "Transfer-Encoding: chunked\r\n\r\n3e9\r\n", "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
               "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n3e8\r\n");
  CHECK(read(start + framing, 7).end == state::too_large);
  CHECK(read(start + framing, 7).status == 200);
  CHECK(read(start + "\r\n" + std::string(1001, 'x'), 500).end == state::too_large);
  CHECK(read(start + "Content-Length: 1000\r\n\r\n" + std::string(1000, 'x'), 500).body.size() == 1000);
}

TEST_CASE("response_reader: chunks need no more memory than the body", "[response_reader]") {
  constexpr std::size_t size = 100'000;
  response_reader reader(size, 4096);
  state now = give(reader, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (std::size_t i = 0; i < size; ++i) {
    REQUIRE(now == state::incomplete);
    now = give(reader, "1;extension=of-some-length\r\n");
    now = give(reader, i % 2 == 0 ? "a" : "b");
    now = give(reader, "\r\n");
    // The extensions of all chunks would not fit.
    REQUIRE(reader.room().size() < 2 * size);
  }
  CHECK(give(reader, "0\r\n\r\n") == state::complete);
  CHECK(reader.body().size() == size);
  CHECK(reader.body().substr(0, 4) == "abab");
}

TEST_CASE("response_reader: after a response with extra bytes the connection is not used again", "[response_reader]") {
  const std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";
  CHECK(read(text, 1000).keeps_connection);
  CHECK_FALSE(read(text + "HTTP/1.1", 1000).keeps_connection);
  CHECK(read(text + "HTTP/1.1", 1000).body == "OK");
  // A server must not send both headers (RFC 9112, section 6.3).
  CHECK_FALSE(
      read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n\r\n", 1000)
          .keeps_connection);
}

TEST_CASE("response_reader: it reads one response after the other", "[response_reader]") {
  response_reader reader(1 << 20, 64);
  for (int i = 0; i < 3; ++i) {
    const std::string body(static_cast<std::size_t>(i) * 50'000, 'x');
    CHECK(give(reader, start + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body) ==
          state::complete);
    CHECK(reader.body() == body);
    reader.clear();
    CHECK_FALSE(reader.has_begun());
    reader.release();
  }
}

TEST_CASE("response_reader: after the body are readable bytes that do not depend on the stream", "[response_reader]") {
  response_reader reader(1000, 64);
  REQUIRE(give(reader, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}}}}}") == state::complete);
  const std::string_view behind(reader.body().data() + 2, lambda_proc::line_reader::padding);
  CHECK(behind == std::string(behind.size(), '\n'));
}
