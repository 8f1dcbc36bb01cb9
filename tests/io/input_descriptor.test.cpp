#include <lambda_proc/io/input_descriptor.hpp>

#include "child.hpp"

#include <catch2/catch_all.hpp>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using lambda_proc::detail::busy_poller;
using lambda_proc::detail::input_descriptor;
using support::unique_fd;

namespace {

/// Two connected descriptors.
struct connection {
  unique_fd reader;
  unique_fd writer;

  void send(std::string_view text) const { REQUIRE(::write(writer.get(), text.data(), text.size()) >= 0); }
};

connection connect(bool socket) {
  std::array<int, 2> ends{-1, -1};
  REQUIRE((socket ? ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) : ::pipe(ends.data())) == 0);
  return {unique_fd(ends[0]), unique_fd(ends[1])};
}

/// What happens while time passes: the poller asks for the time after each attempt.
struct script {
  busy_poller::clock::time_point now;
  int calls = 0;
  std::function<void(int call)> happens;
};

script& playing() {
  static script one;
  return one;
}

busy_poller::clock::time_point next_moment() {
  script& one = playing();
  ++one.calls;
  if (one.happens) one.happens(one.calls);
  return one.now += std::chrono::microseconds(10);
}

std::string read(input_descriptor& input, std::size_t size = 100) {
  std::string text(size, '\0');
  const auto count = input.read(text.data(), text.size());
  return count < 0 ? "failed" : text.substr(0, static_cast<std::size_t>(count));
}

/// Ten attempts are within the limit.
struct polling {
  polling() { playing() = {}; }
  polling(const polling&) = delete;
  polling& operator=(const polling&) = delete;
  ~polling() { playing() = {}; }

  /// Several short waits, after which it polls.
  void start(input_descriptor& input, const connection& with) {
    input.poll_with(poller);
    for (int i = 0; i < 4; ++i) {
      with.send("x");
      REQUIRE(read(input) == "x");
    }
    playing().calls = 0;
  }

  busy_poller poller{{.limit = std::chrono::microseconds(100), .has_processors = {}, .now = &next_moment}};
};

}  // namespace

TEST_CASE("input_descriptor: reads what is there, up to the size, and the end", "[input_descriptor]") {
  connection pair = connect(GENERATE(false, true));
  input_descriptor input(pair.reader.get());
  CHECK(input.is_open());
  pair.send("abcdef");
  CHECK(read(input, 4) == "abcd");
  CHECK(read(input, 4) == "ef");
  pair.writer = {};
  CHECK(read(input).empty());
}

TEST_CASE("input_descriptor: input that comes while it polls is read, whatever the descriptor is",
          "[input_descriptor]") {
  const bool socket = GENERATE(false, true);
  const bool nonblocking = GENERATE(false, true);
  const connection pair = connect(socket);
  if (nonblocking) REQUIRE(::fcntl(pair.reader.get(), F_SETFL, O_NONBLOCK) == 0);
  input_descriptor input(pair.reader.get());
  polling poll;
  poll.start(input, pair);

  playing().happens = [&](int call) {
    if (call == 5) pair.send("later");
  };
  CHECK(read(input, 3) == "lat");
  CHECK(playing().calls == 5);
  CHECK(read(input) == "er");
  CHECK(playing().calls == 5);
}

TEST_CASE("input_descriptor: after the limit it sleeps until there is input", "[input_descriptor]") {
  const connection pair = connect(GENERATE(false, true));
  input_descriptor input(pair.reader.get());
  polling poll;
  poll.start(input, pair);

  playing().happens = [&](int call) {
    if (call == 11) pair.send("too late");
  };
  CHECK(read(input) == "too late");
  CHECK(playing().calls == 11);
}

TEST_CASE("input_descriptor: an error that a socket tells once ends polling", "[input_descriptor]") {
  connection pair = connect(true);
  input_descriptor input(pair.reader.get());
  polling poll;
  poll.start(input, pair);

  playing().happens = [&](int call) {
    if (call != 3) return;
    REQUIRE(::write(pair.reader.get(), "x", 1) == 1);
    pair.writer = {};  // with a byte that was not read: the connection is reset
  };
  CHECK(read(input) == "failed");
  CHECK(errno == ECONNRESET);
}

TEST_CASE("input_descriptor: the end of input ends polling", "[input_descriptor]") {
  connection pair = connect(GENERATE(false, true));
  input_descriptor input(pair.reader.get());
  polling poll;
  poll.start(input, pair);

  playing().happens = [&](int call) {
    if (call == 3) pair.writer = {};
  };
  CHECK(read(input).empty());
  CHECK(playing().calls == 3);
  CHECK(read(input).empty());
}

TEST_CASE("input_descriptor: a descriptor that is replaced while it polls is read, as after SIGTERM",
          "[input_descriptor]") {
  const connection pair = connect(GENERATE(false, true));
  const connection null = connect(false);
  input_descriptor input(pair.reader.get());
  polling poll;
  poll.start(input, pair);

  playing().happens = [&](int call) {
    if (call != 3) return;
    null.send("other");
    REQUIRE(::dup2(null.reader.get(), pair.reader.get()) >= 0);
  };
  CHECK(read(input) == "other");
}

TEST_CASE("input_descriptor: polling leaves O_NONBLOCK to those who share the descriptor", "[input_descriptor]") {
  const connection pair = connect(GENERATE(false, true));
  input_descriptor input(pair.reader.get());
  polling poll;
  poll.start(input, pair);

  bool was_nonblocking = false;
  playing().happens = [&](int call) {
    was_nonblocking = was_nonblocking || (::fcntl(pair.reader.get(), F_GETFL) & O_NONBLOCK) != 0;
    if (call == 5) pair.send("x");
  };
  CHECK(read(input) == "x");
  CHECK(!was_nonblocking);
}

TEST_CASE("input_descriptor: an error ends polling, and errno says which", "[input_descriptor]") {
  const connection pair = connect(GENERATE(false, true));
  input_descriptor input(pair.reader.get());
  polling poll;
  poll.start(input, pair);

  playing().happens = [&](int call) {
    if (call == 3) ::close(pair.reader.get());
  };
  CHECK(read(input) == "failed");
  CHECK(errno == EBADF);
  // The number is free: fill it, because the connection closes it once more.
  REQUIRE(::dup2(pair.writer.get(), pair.reader.get()) >= 0);
}
