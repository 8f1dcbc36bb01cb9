// A body that is written in parts, and sent as chunks, is the concatenation of the parts. A sender that fails sends
// what it failed to send again.

#include <lambda_proc/runtime_api/chunked_writer.hpp>
#include <lambda_proc/runtime_api/response_reader.hpp>

#include "oracle.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <sys/uio.h>

namespace {

using lambda_proc::detail::chunked_writer;
using lambda_proc::detail::response_reader;

/// The body of a chunked response, read by the reader of responses, which has its own tests.
std::string decoded(std::string_view chunks, std::size_t part) {
  const std::string text = std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").append(chunks);
  response_reader reader(std::size_t{1} << 30U);
  auto now = response_reader::state::incomplete;
  for (std::string_view left = text; !left.empty();) {
    oracle::demand(now == response_reader::state::incomplete, "nothing follows the end of the body");
    const std::span<char> room = reader.room();
    const std::size_t count = left.substr(0, part).copy(room.data(), room.size());
    left.remove_prefix(count);
    now = reader.received(count);
  }
  oracle::demand(now == response_reader::state::complete, "the body is complete");
  oracle::demand(reader.keeps_connection(), "nothing is left over");
  return std::string(reader.body());
}

struct connection {
  bool operator()(std::span<const iovec> pieces) {
    if (failures != 0) return --failures, false;
    for (const iovec& piece : pieces) sent.append(static_cast<const char*>(piece.iov_base), piece.iov_len);
    return true;
  }

  unsigned failures = 0;
  std::string sent = {};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oracle::choices choices(data, size);
  const std::size_t part = 1 + choices.bits<std::uint16_t>();
  connection to;
  const chunked_writer::sender send(to);
  // One writer for all bodies, as a loop of the runtime API has it.
  static chunked_writer writer;
  writer.begin();
  std::string body;
  constexpr std::size_t most_parts = 24;
  for (std::size_t i = 0; i < most_parts && !choices.empty(); ++i) {
    const std::uint8_t what = choices.byte();
    if (what % 8 == 0) {
      oracle::demand(writer.flush(send), "a part is sent");
      continue;
    }
    // Small parts, parts about as large as the buffer, and larger ones.
    std::size_t length = choices.byte();
    if (what % 8 == 1) length += chunked_writer::buffer_bytes - 128;
    if (what % 8 == 2) length *= 300;
    const std::string text(length, static_cast<char>(what));
    to.failures = what % 8 == 3 ? 1 : 0;
    if (!writer.write(text, send)) oracle::demand(writer.write(text, send), "a part that was not sent is sent again");
    to.failures = 0;
    body += text;
  }
  oracle::demand(writer.end("A: b\r\n", send), "the end is sent");
  oracle::demand(to.sent.ends_with("0\r\nA: b\r\n\r\n"), "the trailers are at the end");
  oracle::demand(decoded(to.sent, part) == body, "the decoded body is what was written");
  return 0;
}
