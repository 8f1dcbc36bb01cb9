// How cost grows with work: the plots should be straight lines.
//
//     growth
//
// Prints table, row, column, value; script/bench makes tables of it.

#include "child.hpp"
#include "workloads.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using lambda_proc::raw_json;

// Serves the lines in memory; there must be `count` replies, none of them a failure. Returns the time for one line in
// nanoseconds, as the median of several passes.
double serve(std::string_view lines, std::size_t count, auto handler) {
  std::vector<double> times;
  for (int pass = 0; pass < 5; ++pass) {
    lambda_proc::line_reader reader(lines);
    lambda_proc::reply_writer writer(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    lambda_proc::line_channel channel(lambda_proc::wire_of<lambda_proc::wire::lambda_proc>, reader, writer);
    const auto start = benchmark_clock::now();
    const lambda_proc::stats done = lambda_proc::serve(channel, handler);
    times.push_back(1000 * microseconds_since(start) / static_cast<double>(count));
    if (done.requests != count || done.failures != 0) give_up("a request failed");
  }
  return median(times);
}

// Enough copies of a line for a measurement.
struct lines {
  std::string text;
  std::size_t count = 0;

  explicit lines(const std::string& event) {
    const std::string line = workloads::request_with(event) + "\n";
    do {
      text += line;
      ++count;
    } while (text.size() < 4'000'000);
  }
};

const auto echo = [](const raw_json& event) { return event; };

void report_cost(std::string_view table, std::size_t amount, std::string_view unit, double nanoseconds) {
  const std::string row = std::to_string(amount);
  progress(std::string(table) + " " + row);
  report(table, row, "us/request", nanoseconds / 1000);
  report(table, row, "ns/" + std::string(unit), nanoseconds / static_cast<double>(amount));
}

struct filler {
  std::string_view text;
};

void line_size() {
  for (const std::size_t bytes : {100U, 1000U, 10'000U, 100'000U, 1'000'000U, 10'000'000U, 64'000'000U}) {
    const lines load(workloads::filler_event(bytes));
    report_cost("line size, echo", bytes, "byte", serve(load.text, load.count, echo));
    report_cost("line size, typed", bytes, "byte",
                serve(load.text, load.count, [](const filler& f) { return f.text.size(); }));
  }
}

// Unknown keys, followed by the struct's own.
void keys() {
  for (const std::size_t count : {10U, 100U, 1000U, 10'000U, 100'000U}) {
    std::string event = "{";
    for (std::size_t i = 0; i < count; ++i) event += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
    const lines load(event + R"("text":"x"})");
    report_cost("keys per object, typed", count, "key",
                serve(load.text, load.count, [](const filler& f) { return f.text.size(); }));
  }
}

void records() {
  for (const std::size_t count : {2U, 20U, 200U, 2000U, 20'000U}) {
    const lines load(workloads::sqs_event(count));
    report_cost("records per event, typed", count, "record",
                serve(load.text, load.count, [](const workloads::messages& m) { return m.records.size(); }));
  }
}

void depth() {
  for (const std::size_t count : {1U, 10U, 100U, 1000U}) {
    const lines load(std::string(count, '[') + std::string(count, ']'));
    report_cost("depth, echo", count, "level", serve(load.text, load.count, echo));
  }
}

// Served by a process, whose memory must not grow.
void requests() {
  constexpr std::size_t piece = 1000;
  std::string text;
  for (std::size_t i = 0; i < piece; ++i) text += R"({"event":)" + std::string(workloads::small_event) + "}\n";
  for (const std::size_t count : {1000U, 10'000U, 100'000U, 1'000'000U, 10'000'000U}) {
    progress("requests " + std::to_string(count));
    const child one({LAMBDA_PROC_CHILDREN "/order"});
    double time = 0;
    for (std::size_t sent = 0; sent < count; sent += piece) time += one.stream(text, piece);
    report("requests, typed", std::to_string(count), "requests/s", 1e6 * static_cast<double>(count) / time);
    report("requests, typed", std::to_string(count), "peak MB", one.peak_memory());
  }
}

}  // namespace

int main() {
  ::signal(SIGPIPE, SIG_IGN);
  ::alarm(600);  // rather than wait for ever
  line_size();
  keys();
  records();
  depth();
  requests();
  progress("");
}
