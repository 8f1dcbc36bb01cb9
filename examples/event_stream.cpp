// Streams server-sent events: a page, and a countdown that it shows as it is made. `npx lambda-proc serve --native
// ./event_stream` serves the page at http://127.0.0.1:9000/. On AWS Lambda this is a native function with a function
// URL whose invoke mode is RESPONSE_STREAM. Other hosts get the events together, when the handler has returned:
//
//     $ echo '{"event":{"rawPath":"/countdown","queryStringParameters":{"from":"2","pause":"0"}}}' | ./event_stream
//     …"headers":{"content-type":"text/event-stream",…},"body":"data: 2\n\ndata: 1\n\ndata: 0\n\n",…}}
//     $ echo '{"event":{"rawPath":"/countdown","queryStringParameters":{"from":"ten"}}}' | ./event_stream
//     …"error":"invalid_event: expected a number, got \"ten\"","data":null}
//     $ echo '{"event":{"rawPath":"/"}}' | ./event_stream
//     …"headers":{"content-type":"text/html; charset=utf-8"},"body":"<!DOCTYPE html>…

#include <lambda_proc/lambda_proc.hpp>

#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>

using lambda_proc::failure;
using lambda_proc::http_head;
using lambda_proc::response_stream;
using lambda_proc::result;

// What is needed of a function URL's request; events/api_gateway_v2.hpp has all of it.
struct query {
  std::optional<std::string_view> from;
  std::optional<std::string_view> pause;
};
struct url_request {
  using json_naming = lambda_proc::camel_case;
  std::string_view raw_path;
  std::optional<query> query_string_parameters;
};

static constexpr std::string_view page = R"(<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Countdown</title>
<style>body { font: 4rem system-ui, sans-serif; text-align: center; margin: 20vh 2rem }</style>
<output></output>
<script>
  const output = document.querySelector('output');
  const source = new EventSource('countdown' + location.search);
  source.addEventListener('message', ({ data }) => {
    output.value += ` ${data}`;
    if (data === '0') source.close();
  });
</script>
</html>
)";

static result<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return value;
  return failure{"invalid_event", "expected a number, got \"" + std::string(text) + '"'};
}

/// Sends one event each `pause` milliseconds, until 0 or until the client leaves.
static result<void> count_down(const query& wanted, response_stream& out) {
  const result<int> from = number(wanted.from.value_or("10"));
  if (!from) return from.error();
  const result<int> pause = number(wanted.pause.value_or("1000"));
  if (!pause) return pause.error();
  out.head(http_head(200).header("content-type", "text/event-stream").header("cache-control", "no-store"));
  for (int i = *from; i >= 0 && !out.closed(); --i) {
    out.write("data: " + std::to_string(i) + "\n\n");
    out.flush();
    if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(*pause));
  }
  return {};
}

static result<void> handle(const url_request& request, response_stream& out) {
  if (request.raw_path == "/countdown") return count_down(request.query_string_parameters.value_or(query{}), out);
  const bool found = request.raw_path == "/";
  out.head(http_head(found ? 200 : 404).header("content-type", "text/html; charset=utf-8"));
  out.write(found ? page : "There is nothing at this address.");
  return {};
}

int main() { return lambda_proc::run(handle); }
