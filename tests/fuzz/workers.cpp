// Workers give the replies that one worker gives: in the order of their requests if these have no ids, in any order
// otherwise; however the lines are cut, however long they are, and whichever request is slow.
//
// The first bytes choose the number of workers, bulk mode, the wire, and how the stream is cut; then there is one
// choice for each line.

#include <lambda_proc/lambda_proc.hpp>
#include <lambda_proc/serve/worker_pool.hpp>

#include "oracle.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

namespace lp = lambda_proc;
namespace detail = lambda_proc::detail;

struct setting {
  const lp::any_wire& wire;
  unsigned workers;
  bool bulk;
  std::size_t piece;
};

// The event's first byte says how long the handler takes: most are fast, so that batches become large.
std::uint32_t handle(const std::string& event) {
  const char pace = event.empty() ? 'f' : event.front();
  if (pace == 'y') std::this_thread::yield();
  if (pace == 's') std::this_thread::sleep_for(std::chrono::microseconds(300));
  std::uint32_t hash = 2166136261U;
  for (const char c : event) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

constexpr std::size_t max_line_bytes = 100'000;

std::string from_one(const setting& chosen, std::string_view stream) {
  lp::line_reader reader(stream, max_line_bytes, chosen.wire.traits.framing);
  lp::reply_writer writer;
  lp::line_channel channel(chosen.wire, reader, writer, {.bulk = true});
  lp::serve(channel, handle);
  return writer.text();
}

std::string from_workers(const setting& chosen, std::string_view stream) {
  int ends[2];
  oracle::demand(::pipe(ends) == 0, "a pipe");
  std::thread host([&] {
    while (!stream.empty()) {
      const auto sent = ::write(ends[1], stream.data(), std::min(chosen.piece, stream.size()));
      oracle::demand(sent > 0, "the pieces are read");
      stream.remove_prefix(static_cast<std::size_t>(sent));
    }
    ::close(ends[1]);
  });
  lp::line_reader reader(ends[0], max_line_bytes, chosen.wire.traits.framing);
  lp::reply_writer writer;
  detail::worker_pool pool(chosen.wire, reader, writer, {.bulk = chosen.bulk}, {}, chosen.workers, nullptr);
  const auto source = [](detail::function_ref<void(const lp::any_invocation&)> use) {
    auto handler = &handle;
    detail::with_invocation(handler, use);
  };
  detail::start_check check;
  const lp::stats total = pool.serve(detail::invocation_source(source), {}, check);
  host.join();
  ::close(ends[0]);
  oracle::demand(!check.failed() && !total.host_gone, "the workers serve to the end");
  return writer.text();
}

struct replies {
  explicit replies(const std::string& text) {
    for (std::size_t start = 0; start < text.size();) {
      const std::size_t end = text.find('\n', start) + 1;
      const std::string line = text.substr(start, end - start);
      (line.starts_with("{\"id\"") ? with_ids : in_order).push_back(line);
      start = end;
    }
    std::ranges::sort(with_ids);
  }
  bool operator==(const replies&) const = default;

  std::vector<std::string> in_order;
  std::vector<std::string> with_ids;
};

std::string request(std::uint8_t choice, std::size_t number, bool with_id) {
  if (choice % 32 == 31) return "garbage";
  if (choice % 32 == 30) return " ";
  const char pace = choice % 32 == 29 ? 's' : choice % 32 == 28 ? 'y' : 'f';
  // Short ones, one as large as the buffer, and one over the limit.
  std::size_t size = choice % 32;
  if (choice == 27) size = 65'536;
  if (choice == 59) size = max_line_bytes;
  const std::string id = with_id ? R"("id":)" + std::to_string(number) + "," : "";
  return "{" + id + R"("event":")" + pace + std::to_string(number) + std::string(size, 'x') + "\"}";
}

void frame(lp::framing kind, std::string& stream, const std::string& line) {
  lp::json_writer out;
  out.append(line);
  detail::add_frame(kind, out, 0);
  stream += out.view();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oracle::choices in(data, size);
  constexpr const lp::any_wire* wires[] = {&lp::wire_of<lp::wire::lambda_proc>, &lp::wire_of<lp::wire::lines>,
                                           &lp::wire_of<lp::wire::length_prefixed>, &lp::wire_of<lp::wire::netstring>};
  const std::uint8_t first = in.byte();
  const lp::any_wire& wire = *wires[first % 4];
  const setting chosen{wire, 1U + first / 4 % 4, first / 16 % 2 == 1, 1U + in.bits<std::uint16_t>()};
  const bool ids = first / 32 % 2 == 1 && &wire == wires[0];
  const std::size_t repeats = 1U + in.byte();
  const std::string_view choices = in.rest();
  std::string stream;
  constexpr std::size_t most_lines = 5000;
  std::size_t number = 0;
  for (std::size_t round = 0; round < repeats && number < most_lines && stream.size() < 1'000'000; ++round) {
    for (const char choice : choices) {
      // The repeats are fast: only the first lines of a kind wait.
      const auto kind = static_cast<std::uint8_t>(choice);
      const bool again = round > 1 && (kind % 32 == 29 || kind == 27 || kind == 59);
      frame(wire.traits.framing, stream, request(again ? 1 : kind, number++, ids && kind % 2 == 0));
    }
  }
  if (first / 64 % 2 == 1 && !stream.empty()) stream.pop_back();

  const std::string expected = from_one(chosen, stream);
  const std::string given = from_workers(chosen, stream);
  oracle::demand(ids ? replies(given) == replies(expected) : given == expected, "the same replies in the same order");
  return 0;
}
