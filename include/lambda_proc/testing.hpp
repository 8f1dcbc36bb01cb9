#pragma once
// SPDX-License-Identifier: MIT
// Sends one request through the real wire and loop, in memory: for tests of handlers, in any framework.

#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/serve/line_channel.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/lambda_proc.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {

/// The reply, without its newline, that a process running `handler` would send to `line`:
///
///     CHECK(reply_to(price, R"({"event":{"sku":"A7","count":3}})") ==
///           R"({"proc_req_id":0,"error":null,"data":{"sku":"A7","cents":900}})");
///
/// Each call is a process's first request. Newlines in `line` make it several requests, with one reply per line.
template <wire_type Wire = wire::lambda_proc, class Handler>
[[nodiscard]] std::string reply_to(Handler&& handler, std::string_view line) {
  line_reader reader(line, line_reader::default_max_line_bytes, Wire::traits.framing);
  reply_writer writer;
  line_channel channel(wire_of<Wire>, reader, writer);
  serve(channel, handler);
  std::string reply = writer.text();
  if (reply.ends_with('\n')) reply.pop_back();
  return reply;
}

}  // namespace v0
}  // namespace lambda_proc
