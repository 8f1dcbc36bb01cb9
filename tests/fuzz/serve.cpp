// Any input, split in any way, gets one reply for each request, each reply is one line of valid JSON, and the next
// valid request is served. The first byte selects the wire, the second how the stream is split.

#include <lambda_proc/lambda_proc.hpp>

#include "oracle.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

namespace {

namespace lp = lambda_proc;

struct part {
  std::string_view a;
  std::optional<std::int64_t> b;
};
struct whole {
  std::optional<part> a;
  std::vector<part> b;
  std::map<std::string, lp::raw_json> c;
  std::variant<std::monostate, double, std::string_view, part> d;
  std::string e;

  using json_missing = lp::use_default;
};

lp::result<lp::raw_json> echo(lp::event event) { return event.raw(); }
lp::result<whole> typed(lp::event event) { return event.as<whole>(); }
void no_event() {}
// The same with an event that is decoded while the request is parsed.
lp::raw_json echo_ahead(const lp::raw_json& event) { return event; }
const whole& typed_ahead(const whole& event) { return event; }

template <class Handler>
std::string replies_from(const lp::any_wire& wire, lp::line_reader& reader, Handler handler) {
  lp::reply_writer writer;
  lp::line_channel channel(wire, reader, writer, {.bulk = true});
  lp::serve(channel, handler);
  return writer.text();
}

template <class Handler = decltype(&echo)>
std::string replies_to(const lp::any_wire& wire, std::string_view stream, Handler handler = &echo) {
  lp::line_reader reader(stream, lp::line_reader::default_max_line_bytes, wire.traits.framing);
  return replies_from(wire, reader, handler);
}

// Each packet is one read(2).
std::string replies_to_pieces(const lp::any_wire& wire, std::string_view stream, std::size_t piece) {
  int ends[2];
  oracle::demand(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0, "a socket pair");
  for (; !stream.empty(); stream.remove_prefix(std::min(piece, stream.size()))) {
    const auto sent = ::send(ends[0], stream.data(), std::min(piece, stream.size()), MSG_DONTWAIT);
    oracle::demand(sent > 0, "the pieces fit");
  }
  ::close(ends[0]);
  lp::line_reader reader(ends[1], lp::line_reader::default_max_line_bytes, wire.traits.framing);
  std::string replies = replies_from(wire, reader, &echo);
  ::close(ends[1]);
  return replies;
}

std::vector<std::string_view> cut(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end == std::string_view::npos ? text.size() : end + 1));
  }
  return lines;
}

std::size_t count_requests(const lp::any_wire& wire, std::string_view stream) {
  const auto lines = cut(stream);
  return static_cast<std::size_t>(std::ranges::count_if(lines, [&](std::string_view line) {
    return wire.traits.answers_blank_lines || line.find_first_not_of(" \t\r") != std::string_view::npos;
  }));
}

// Compares with an independent reader for a line that is only an event. Skips lines for which both are known to differ:
// the reader converts numbers, which a raw echo only checks, has no limit on nesting, treats a NUL as the end, and
// can't represent half a surrogate pair.
void check_bare_event(std::string_view line, std::string_view reply) {
  const bool deep = std::ranges::count_if(line, [](char c) { return c == '[' || c == '{'; }) > 1000;
  if (deep || line.find_first_of(std::string_view("eE\0", 3)) != std::string_view::npos) return;
  const auto value = nlohmann::json::parse(line, nullptr, false);
  const auto answer = nlohmann::json::parse(reply, nullptr, false);
  if (!oracle::is_json(line)) {
    oracle::demand(answer.is_object() && answer.contains("error"), "a line that is not JSON gets a failure", line);
  } else if (!value.is_discarded() && reply.size() < 60000) {
    oracle::demand(answer == value, "an echo is the same value", line);
  }
}

// All of a line is checked, whatever part of it the handler reads.
void check_refusals(const lp::any_wire& wire, std::string_view stream, std::string_view replies) {
  const auto lines = cut(replies);
  std::size_t next = 0;
  for (const std::string_view request : cut(stream)) {
    const bool blank = request.find_first_not_of(" \t\r") == std::string_view::npos;
    if (blank && !wire.traits.answers_blank_lines) continue;
    const std::string_view reply = lines.at(next++);
    if (oracle::is_json(request)) continue;
    const auto answer = nlohmann::json::parse(reply, nullptr, false);
    oracle::demand(answer.is_object() && !answer.value("error", nlohmann::json()).is_null(),
                   "a line that is not JSON gets a failure", request);
  }
}

constexpr const lp::any_wire* wires[] = {
    &lp::wire_of<lp::wire::lambda_proc>,     &lp::wire_of<lp::wire::apex>,      &lp::wire_of<lp::wire::lines>,
    &lp::wire_of<lp::wire::length_prefixed>, &lp::wire_of<lp::wire::netstring>, &lp::wire_of<lp::wire::openwhisk>,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oracle::choices in(data, size);
  const lp::any_wire& wire = *wires[in.byte() % std::size(wires)];
  const std::size_t piece = in.byte() + 1U;
  const std::string_view stream = in.rest();

  const std::string replies = replies_to(wire, stream);
  if (stream.size() / piece < 100) {
    oracle::demand(replies == replies_to_pieces(wire, stream, piece), "a stream in pieces gives the same replies",
                   stream);
  }
  oracle::demand(replies == replies_to(wire, stream, &echo_ahead), "an event that is read ahead is the same", stream);
  const std::string typed_replies = replies_to(wire, stream, &typed);
  oracle::demand(typed_replies == replies_to(wire, stream, &typed_ahead), "a struct that is read ahead is the same",
                 stream);
  if (wire.traits.framing != lp::framing::newline) return 0;
  check_refusals(wire, stream, typed_replies);
  check_refusals(wire, stream, replies_to(wire, stream, &no_event));

  const auto lines = cut(replies);
  oracle::demand(lines.size() == count_requests(wire, stream), "one reply for each request", replies);
  for (const std::string_view line : lines) {
    oracle::demand(oracle::is_json(line), "each reply is one line of valid JSON", line);
    oracle::demand(line.find('\r') == std::string_view::npos, "no raw carriage return", line);
  }
  if (wire.traits.name == "lines") {
    const auto requests = cut(stream);
    for (std::size_t i = 0; i < requests.size(); ++i) check_bare_event(requests[i], lines[i]);
  }

  // Lines in between do not affect valid lines.
  if (&wire == wires[0]) {
    const std::string good = R"({"id":"a","event":{"a":[1,"b"]}})";
    const std::string between = good + "\n" + std::string(stream) + "\n" + good;
    const std::string replies_between = replies_to(wire, between);
    const auto all = cut(replies_between);
    constexpr std::string_view end = R"(,"error":null,"data":{"a":[1,"b"]}})";
    const bool served = all.size() >= 2 && all.front() == R"({"id":"a","proc_req_id":0)" + std::string(end) &&
                        all.back().starts_with(R"({"id":"a","proc_req_id":)") && all.back().ends_with(end);
    oracle::demand(served, "good lines around bad ones are served", between);
  }
  return 0;
}
