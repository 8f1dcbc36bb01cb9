// The result of reading a response does not depend on how it is split, and the bytes after the body are defined.

#include <lambda_proc/runtime_api/response_reader.hpp>

#include "oracle.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace {

using lambda_proc::detail::response_reader;
using state = response_reader::state;

struct response {
  state end;
  int status;
  std::string body;
  bool keeps_connection;
  std::string headers;

  bool operator==(const response&) const = default;
};

response read(std::string_view text, std::size_t size) {
  constexpr std::size_t largest_body = 2000;
  response_reader reader(largest_body, 16);
  state now = state::incomplete;
  while (!text.empty() && now == state::incomplete) {
    const std::span<char> room = reader.room();
    oracle::demand(!room.empty(), "there is room");
    const std::size_t count = text.substr(0, size).copy(room.data(), room.size());
    text.remove_prefix(count);
    now = reader.received(count);
  }
  if (now == state::incomplete) now = reader.ended();
  response out{now, reader.status(), {}, false, {}};
  if (now != state::complete) return out;
  oracle::demand(reader.body().size() <= largest_body, "the body is within its limit");
  out.body = reader.body();
  // Bytes after the response are only detected if they arrive together with its last bytes.
  out.keeps_connection = text.empty() && reader.keeps_connection();
  lambda_proc::detail::for_each_header(reader.head(), [&](std::string_view name, std::string_view value) {
    out.headers.append(name).append("=").append(value).append("\n");
  });
  const std::string_view behind(reader.body().data() + reader.body().size(), lambda_proc::line_reader::padding);
  oracle::demand(behind == std::string(behind.size(), '\n'), "the bytes after the body are line breaks");
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t part = 1 + data[0];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const response whole = read(text, text.size());
  const response cut = read(text, part);
  oracle::demand(whole.end == cut.end && whole.body == cut.body && whole.headers == cut.headers,
                 "a response read in parts is the same");
  return 0;
}
