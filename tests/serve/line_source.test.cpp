#include <lambda_proc/serve/line_source.hpp>
#include <lambda_proc/wire/lambda_proc.hpp>

#include "packets.hpp"

#include <catch2/catch_all.hpp>

using lambda_proc::line_reader;
using lambda_proc::reply_writer;
using lambda_proc::detail::line_batch;
using lambda_proc::detail::line_source;
using lambda_proc::detail::reply_order;

TEST_CASE("line_source: a blank line does not let a worker wait for input while another line waits", "[line_source]") {
  const support::packets host;
  const support::packets replies;
  host.send("slow\nquick\n\n");
  line_reader reader(host.reader());
  reply_writer writer(replies.writer());
  reply_order order(4, writer);
  line_source source(lambda_proc::wire_of<lambda_proc::wire::lambda_proc>, reader, nullptr, {}, order);

  line_batch* const first = source.claim(2, nullptr);
  REQUIRE(first != nullptr);
  line_batch::line line;
  REQUIRE(first->take(line));
  CHECK(line.text == "slow");
  // The host sends no more: whoever waits for input now waits for ever.
  line_batch* const second = source.claim(2, nullptr);
  REQUIRE(second != nullptr);
  REQUIRE(second->take(line));
  CHECK(line.text == "quick");
}
