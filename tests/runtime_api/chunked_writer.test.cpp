#include <lambda_proc/runtime_api/chunked_writer.hpp>

#include <lambda_proc/runtime_api/response_reader.hpp>

#include <catch2/catch_all.hpp>

#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/uio.h>

namespace {

using lambda_proc::detail::chunked_writer;
using lambda_proc::detail::response_reader;

std::string_view text_of(const iovec& piece) { return {static_cast<const char*>(piece.iov_base), piece.iov_len}; }

/// Where chunks are sent to.
struct recorder {
  bool operator()(std::span<const iovec> pieces) {
    if (is_broken) return false;
    std::string text;
    for (const iovec& piece : pieces) {
      text += text_of(piece);
      if (piece.iov_len != 0) addresses.push_back(piece.iov_base);
    }
    sent.push_back(text);
    return true;
  }

  bool is_broken = false;
  std::vector<std::string> sent = {};
  std::vector<const void*> addresses = {};
};

struct writing {
  writing() { writer.begin(); }
  bool write(std::string_view bytes) { return writer.write(bytes, chunked_writer::sender(to)); }
  bool flush() { return writer.flush(chunked_writer::sender(to)); }
  bool end(std::string_view trailers = {}) { return writer.end(trailers, chunked_writer::sender(to)); }

  recorder to;
  chunked_writer writer;
};

constexpr std::size_t buffer_bytes = chunked_writer::buffer_bytes;

}  // namespace

TEST_CASE("chunked_writer: nothing is sent before the buffer is full, then all of it with what did not fit",
          "[runtime_api]") {
  writing one;
  CHECK(one.write(std::string(buffer_bytes - 1, 'a')));
  CHECK(one.write("b"));
  CHECK(one.to.sent.empty());
  CHECK(one.write("cd"));
  REQUIRE(one.to.sent.size() == 1);
  CHECK(one.to.sent[0] == "10002\r\n" + std::string(buffer_bytes - 1, 'a') + "bcd\r\n");
  CHECK(one.write("e"));
  CHECK(one.to.sent.size() == 1);
}

TEST_CASE("chunked_writer: large writes are not copied", "[runtime_api]") {
  writing one;
  const std::string large(buffer_bytes + 1, 'x');
  CHECK(one.write("before"));
  CHECK(one.write(large));
  CHECK(std::ranges::find(one.to.addresses, static_cast<const void*>(large.data())) != one.to.addresses.end());
  CHECK(one.to.sent[0] == "10007\r\nbefore" + large + "\r\n");
}

TEST_CASE("chunked_writer: flush sends what was written, and never an empty chunk, which would be the end",
          "[runtime_api]") {
  writing one;
  CHECK(one.flush());
  CHECK(one.write(""));
  CHECK(one.write(std::string_view()));
  CHECK(one.flush());
  CHECK(one.to.sent.empty());
  CHECK(one.write("one"));
  CHECK(one.flush());
  CHECK(one.flush());
  CHECK(one.to.sent == std::vector<std::string>{"3\r\none\r\n"});
}

TEST_CASE("chunked_writer: the head is sent once, with the first chunk", "[runtime_api]") {
  writing one;
  one.writer.set_head("POST / HTTP/1.1\r\n\r\n");
  CHECK(one.write("one"));
  CHECK(one.flush());
  CHECK(one.write("two"));
  CHECK(one.end());
  CHECK(one.to.sent == std::vector<std::string>{"POST / HTTP/1.1\r\n\r\n3\r\none\r\n", "3\r\ntwo\r\n0\r\n\r\n"});
}

TEST_CASE("chunked_writer: the end has the rest and the trailers", "[runtime_api]") {
  writing one;
  SECTION("with a rest") {
    CHECK(one.write("rest"));
    CHECK(one.end("A: b\r\n"));
    CHECK(one.to.sent == std::vector<std::string>{"4\r\nrest\r\n0\r\nA: b\r\n\r\n"});
  }
  SECTION("without one") {
    CHECK(one.end("A: b\r\n"));
    CHECK(one.to.sent == std::vector<std::string>{"0\r\nA: b\r\n\r\n"});
  }
  SECTION("an empty body in one message with its head") {
    one.writer.set_head("HEAD\r\n\r\n");
    CHECK(one.end());
    CHECK(one.to.sent == std::vector<std::string>{"HEAD\r\n\r\n0\r\n\r\n"});
  }
  SECTION("what is in the buffer can be discarded") {
    one.writer.set_head("HEAD\r\n\r\n");
    CHECK(one.write("rest"));
    static_cast<void>(one.writer.discard());
    CHECK(one.end());
    CHECK(one.to.sent == std::vector<std::string>{"0\r\n\r\n"});
  }
}

TEST_CASE("chunked_writer: what could not be sent is kept, so that it can be sent again", "[runtime_api]") {
  writing one;
  one.writer.set_head("HEAD\r\n\r\n");
  CHECK(one.write("one"));
  one.to.is_broken = true;
  CHECK_FALSE(one.flush());
  CHECK_FALSE(one.write(std::string(buffer_bytes, 'x')));
  CHECK_FALSE(one.end());
  one.to.is_broken = false;
  CHECK(one.end());
  CHECK(one.to.sent == std::vector<std::string>{"HEAD\r\n\r\n3\r\none\r\n0\r\n\r\n"});
}

TEST_CASE("chunked_writer: the next body begins without what is left of the last one", "[runtime_api]") {
  writing one;
  one.writer.set_head("HEAD\r\n\r\n");
  CHECK(one.write("one"));
  one.writer.begin();
  CHECK(one.write("two"));
  CHECK(one.end());
  CHECK(one.to.sent == std::vector<std::string>{"3\r\ntwo\r\n0\r\n\r\n"});
}
