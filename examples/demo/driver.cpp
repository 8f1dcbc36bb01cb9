// Measures a handler process from a host's point of view. script/demo runs it:
//
//     demo_driver events dynamodb_stream events/dynamodb_stream.json      ten events with pauses, as Lambda sends them
//     demo_driver stream price                                            200,000 requests, as fast as they go

#include "child.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <signal.h>

using clock_type = std::chrono::steady_clock;
using milliseconds = std::chrono::duration<double, std::milli>;

constexpr int event_count = 10;
constexpr std::chrono::milliseconds interval(100);

struct measurement {
  milliseconds duration;
  double megabytes;
};

static void check_reply(std::string_view reply, int number) {
  const std::string expected = "{\"proc_req_id\":" + std::to_string(number) +
                               R"(,"error":null,"data":{"Id":"test","Value":"somevalue"}})"
                               "\n";
  if (reply != expected) give_up("a wrong reply: " + std::string(reply));
}

static void print_row(int number, measurement m) {
  std::printf("  %7d   %8.3f ms   %8.1f MB\n", number, m.duration.count(), m.megabytes);
}

static milliseconds median(std::vector<measurement> all) {
  std::ranges::sort(all, {}, &measurement::duration);
  const std::size_t middle = all.size() / 2;
  return all.size() % 2 == 1 ? all[middle].duration : (all[middle - 1].duration + all[middle].duration) / 2;
}

// One process for all requests. Its start is part of the first request.
static std::vector<measurement> send_to_one(const std::string& program, const std::string& log,
                                            const std::string& request) {
  std::vector<measurement> all;
  auto start = clock_type::now();
  child handler(program, log);
  for (int i = 0; i < event_count; ++i) {
    if (i > 0) {
      std::this_thread::sleep_for(interval);
      start = clock_type::now();
    }
    handler.send(request);
    const std::string reply = handler.receive();
    const milliseconds duration = clock_type::now() - start;
    check_reply(reply, i);
    all.push_back({duration, handler.peak_megabytes()});
    print_row(i + 1, all.back());
  }
  handler.close();
  return all;
}

// A process for each request, from its start to its end.
static std::vector<measurement> send_to_one_process_each(const std::string& program, const std::string& log,
                                                         const std::string& request) {
  std::vector<measurement> all;
  for (int i = 0; i < event_count; ++i) {
    if (i > 0) std::this_thread::sleep_for(interval);
    const auto start = clock_type::now();
    child handler(program, log);
    handler.send(request);
    const std::string reply = handler.receive();
    const double megabytes = handler.peak_megabytes();
    handler.close();
    all.push_back({clock_type::now() - start, megabytes});
    check_reply(reply, 0);
    print_row(i + 1, all.back());
  }
  return all;
}

static std::ptrdiff_t lines_of(const std::string& file) {
  std::ifstream in(file);
  return std::count(std::istreambuf_iterator<char>(in), {}, '\n');
}

static void run_events(const std::string& program, const std::string& event_file) {
  std::ifstream in(event_file);
  std::string event;
  if (!std::getline(in, event)) give_up("can't read " + event_file);
  const std::string request = R"({"event":)" + event +
                              R"(,"context":{"awsRequestId":"demo"}})"
                              "\n";
  const std::string log = program + ".log";
  std::remove(log.c_str());

  std::printf("Ten DynamoDB events of %zu bytes, %d ms apart, to one process that stays:\n\n", event.size(),
              static_cast<int>(interval.count()));
  std::printf("  request      duration   used memory\n");
  const std::vector<measurement> one = send_to_one(program, log, request);
  std::printf("\nThe same ten, with a process started for each:\n\n");
  std::printf("  request      duration   used memory\n");
  const std::vector<measurement> each = send_to_one_process_each(program, log, request);

  const milliseconds first = one.front().duration;
  const milliseconds rest = median({one.begin() + 1, one.end()});
  std::printf("\n  first request, with the start of the process   %8.3f ms\n", first.count());
  std::printf("  median of the other nine                       %8.3f ms   %.0f times less than the first\n",
              rest.count(), first / rest);
  std::printf(
      "  median with a process for each                 %8.3f ms   %.0f times as long as a process that stays\n",
      median(each).count(), median(each) / rest);
  std::printf("  the log: %td records of three changes an event, in %s\n", lines_of(log), log.c_str());
  if (lines_of(log) != std::ptrdiff_t{2} * 3 * event_count) give_up("records are missing in the log");
}

static void run_stream(const std::string& program) {
  constexpr std::uint32_t count = 200'000;
  std::string requests;
  std::string expected;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t pieces = i % 1000;
    requests += R"({"event":{"sku":"A7","count":)" + std::to_string(pieces) + "},\"context\":{}}\n";
    expected += "{\"proc_req_id\":" + std::to_string(i) + R"(,"error":null,"data":{"sku":"A7","cents":)" +
                std::to_string(pieces * 300) + "}}\n";
  }

  child handler(program, program + ".log");
  const auto start = clock_type::now();
  std::thread sender([&] { handler.send(requests); });
  const std::string replies = handler.receive(count);
  const std::chrono::duration<double> duration = clock_type::now() - start;
  sender.join();
  const double megabytes = handler.peak_megabytes();
  handler.close();
  if (replies != expected) give_up("a wrong reply in the stream");

  std::printf("%u orders through one process, each answered before the next is handled:\n\n", count);
  std::printf("  %.0f events per second, %.2f s in all, used memory %.1f MB, every reply correct\n",
              count / duration.count(), duration.count(), megabytes);
}

int main(int count, char** words) {
  ::signal(SIGPIPE, SIG_IGN);
  ::alarm(300);  // rather than wait for ever
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::vector<std::string> arguments(words + 1, words + count);
  if (arguments.size() == 3 && arguments[0] == "events") {
    run_events(arguments[1], arguments[2]);
  } else if (arguments.size() == 2 && arguments[0] == "stream") {
    run_stream(arguments[1]);
  } else {
    give_up("usage: demo_driver events PROGRAM EVENT-FILE | demo_driver stream PROGRAM");
  }
}
