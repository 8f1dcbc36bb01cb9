#include <lambda_proc/io/reply_writer.hpp>

#include "packets.hpp"

#include <catch2/catch_all.hpp>

#include <fcntl.h>
#include <cerrno>
#include <csignal>

using lambda_proc::reply_writer;

TEST_CASE("reply_writer: without a descriptor it keeps everything that is written", "[reply_writer]") {
  reply_writer writer;
  CHECK(writer.write("one\n"));
  CHECK(writer.write(""));
  CHECK(writer.write("two\n"));
  CHECK(writer.text() == "one\ntwo\n");
}

TEST_CASE("reply_writer: one call is one write(2)", "[reply_writer]") {
  const support::packets stream;
  reply_writer writer(stream.writer());
  CHECK(writer.write("one\ntwo\n"));
  CHECK(writer.write("three\n"));
  CHECK(stream.receive() == "one\ntwo\n");
  CHECK(stream.receive() == "three\n");
}

TEST_CASE("reply_writer: nothing is written after the host is gone", "[reply_writer]") {
  std::signal(SIGPIPE, SIG_IGN);
  support::packets stream;
  reply_writer writer(stream.writer());
  REQUIRE(writer.write("one\n"));
  stream.close_reader();
  CHECK_FALSE(writer.write("two\n"));
  CHECK((writer.error() == EPIPE || writer.error() == ECONNRESET));  // a pipe, a socket with unread data
  CHECK_FALSE(writer.write("three\n"));
}

TEST_CASE("reply_writer: an invalid descriptor is an error", "[reply_writer]") {
  reply_writer writer(-1);
  CHECK_FALSE(writer.write("1"));
  CHECK(writer.error() == EBADF);
  CHECK(writer.text().empty());
}

TEST_CASE("reply_writer: a full disk is an error of its own", "[reply_writer]") {
  const support::unique_fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  reply_writer writer(full.get());
  CHECK_FALSE(writer.write("one\n"));
  CHECK(writer.error() == ENOSPC);
}
