#include <lambda_proc/serve/line_channel.hpp>

#include <lambda_proc/wire/lambda_proc.hpp>

#include "packets.hpp"

#include <catch2/catch_all.hpp>

#include <atomic>
#include <string>
#include <string_view>

namespace {

using lambda_proc::line_channel;
using lambda_proc::line_reader;
using lambda_proc::reply_writer;
using lambda_proc::request;

constexpr const auto& words = lambda_proc::wire_of<lambda_proc::wire::lambda_proc>;

bool answer(line_channel& channel, const request& request, std::string_view json) {
  channel.open(request).raw(lambda_proc::raw_json::trusted(json));
  return channel.close().has_value() && channel.send();
}

}  // namespace

TEST_CASE("line_channel: requests are counted without blank lines", "[line_channel]") {
  line_reader reader("{}\n\n  \r\ngarbage\n{}\n");
  reply_writer writer;
  line_channel channel(words, reader, writer);
  request request;
  for (const std::uint64_t number : {0U, 1U, 2U}) {
    REQUIRE(channel.next(request));
    CHECK(request.number == number);
    CHECK(request.refusal.has_value() == (number == 1));
  }
  CHECK_FALSE(channel.next(request));
}

TEST_CASE("line_channel: replies are sent one by one, or in bulk mode together once all lines read are handled",
          "[line_channel]") {
  const bool bulk = GENERATE(false, true);
  const support::packets in;
  const support::packets out;
  in.send("{}\n{}\n{");
  in.send("}\n");
  in.end();
  line_reader reader(in.reader());
  reply_writer writer(out.writer());
  line_channel channel(words, reader, writer, {.bulk = bulk});
  request request;
  const std::string one = R"({"proc_req_id":0,"error":null,"data":1})"
                          "\n";
  const std::string two = R"({"proc_req_id":1,"error":null,"data":2})"
                          "\n";
  REQUIRE(channel.next(request));
  CHECK(answer(channel, request, "1"));
  if (!bulk) CHECK(out.receive() == one);
  CHECK(out.receive().empty());
  REQUIRE(channel.next(request));
  CHECK(answer(channel, request, "2"));
  CHECK(out.receive() == (bulk ? one + two : two));
  CHECK(channel.next(request));
  CHECK_FALSE(channel.next(request));
}

TEST_CASE("line_channel: a failure replaces a reply that was begun", "[line_channel]") {
  line_reader reader("{}\n");
  reply_writer writer;
  line_channel channel(words, reader, writer);
  request request;
  REQUIRE(channel.next(request));
  channel.open(request).begin_object();
  channel.fail(request, {"sad", "no \"luck\"\n"});
  CHECK(channel.send());
  CHECK(writer.text() == R"({"proc_req_id":0,"error":"sad: no \"luck\"\n","data":null})"
                         "\n");
}

TEST_CASE("line_channel: a reply over the limit is refused", "[line_channel]") {
  line_reader reader("{}\n");
  reply_writer writer;
  lambda_proc::any_wire small = words;
  small.traits.max_reply_bytes = 120;
  line_channel channel(small, reader, writer);
  request request;
  REQUIRE(channel.next(request));
  channel.open(request).string(std::string(100, 'x'));
  const auto refused = channel.close();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().type == "reply_too_large");
  channel.fail(request, refused.error());
  CHECK(channel.send());
  CHECK(writer.text().size() <= 121);
}

TEST_CASE("line_channel: once it is stopped there are no further requests", "[line_channel]") {
  std::atomic<bool> stop = false;
  line_reader reader("{}\n{}\n");
  reply_writer writer;
  line_channel channel(words, reader, writer, {.stop = &stop});
  request request;
  CHECK(channel.next(request));
  stop = true;
  CHECK_FALSE(channel.next(request));
}
