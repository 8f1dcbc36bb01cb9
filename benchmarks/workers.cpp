// What options::workers gains, and what it costs. All numbers are those of processes, free to move between processors.
//
//     workers [CHILDREN]
//
// CHILDREN is a directory with other builds of order, pause and spin. Prints table, row, column, value; script/bench
// makes tables of it.

#include "child.hpp"
#include "workloads.hpp"

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace {

std::string children = LAMBDA_PROC_CHILDREN;

child start(const std::string& name, int workers, const char* input = nullptr, const char* output = nullptr) {
  return child({children + "/" + name, std::to_string(workers)}, input, output);
}

std::string repeat(const std::string& line, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += line;
  return text;
}

std::string small_request() { return workloads::request_with(workloads::small_event) + "\n"; }

struct contender {
  std::string name;
  std::function<double()> measure;  ///< Returns microseconds for all requests.
};

// Measures all contenders in turn, in several rounds.
void compare(const std::string& table, std::size_t count, const std::vector<contender>& all) {
  std::vector<std::vector<double>> times(all.size());
  std::vector<std::vector<double>> ratios(all.size());
  for (int round = 0; round < 7; ++round) {
    progress(table + ", round " + std::to_string(round + 1));
    for (std::size_t i = 0; i < all.size(); ++i) {
      times[i].push_back(all[i].measure());
      ratios[i].push_back(times[0].back() / times[i].back());
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    report(table, all[i].name, "us/request", median(times[i]) / static_cast<double>(count));
    report(table, all[i].name, "times as fast", median(ratios[i]));
  }
}

// The same for numbers of workers.
void compare(const std::string& table, const std::vector<int>& numbers, std::size_t count,
             const std::function<double(int workers)>& measure) {
  std::vector<contender> all;
  for (const int workers : numbers)
    all.push_back({std::to_string(workers), [&measure, workers] { return measure(workers); }});
  compare(table, count, all);
}

// The host needs a fixed share of processor time for each request, so there are requests of two sizes.
void cpu_bound(std::size_t steps) {
  const std::size_t count = 200'000'000 / steps;
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    text += R"({"id":)" + number + R"(,"event":{"seed":)" + number + R"(,"steps":)" + std::to_string(steps) + "}}\n";
  }
  compare("workers, CPU-bound, " + std::to_string(steps) + " steps", {1, 2}, count,
          [&](int workers) { return start("spin", workers).stream(text, count); });
}

// No program reads the replies: on two processors it would compete with the second worker. Two programs with one worker
// each, side by side, show what two workers can gain at most: two processors may be slower than one alone.
void small_from_file() {
  constexpr std::size_t count = 2'000'000;
  const std::string file = children + "/requests.ndjson";
  {
    std::ofstream out(file);
    const std::string line = small_request();
    for (std::size_t i = 0; i < count; ++i) out << line;
  }
  const auto run = [&](int programs, int workers) {
    const auto begin = benchmark_clock::now();
    {
      std::vector<child> all;
      for (int i = 0; i < programs; ++i) all.push_back(start("order", workers, file.c_str(), "/dev/null"));
    }  // until they have ended
    return microseconds_since(begin) / programs;
  };
  compare("workers, small, typed, from a file", count,
          {{"1", [&] { return run(1, 1); }},
           {"2", [&] { return run(1, 2); }},
           {"4", [&] { return run(1, 4); }},
           {"1 in each of 2 programs", [&] { return run(2, 1); }}});
  std::remove(file.c_str());
}

void small_from_pipe() {
  constexpr std::size_t count = 100'000;
  const std::string text = repeat(small_request(), count);
  compare("workers, small, typed, from a pipe", {1, 2, 4}, count,
          [&](int workers) { return start("order", workers).stream(text, count); });
}

// They arrive in one read, after many fast ones, so that each worker takes as many lines as it ever does.
void slow_in_one_read() {
  constexpr std::size_t count = 64;
  const std::string fast = repeat("{\"event\":{\"microseconds\":0}}\n", 5000);
  const std::string slow = repeat("{\"event\":{\"microseconds\":1000}}\n", count);
  compare("workers, 64 of 1 ms in one read", {1, 2, 4}, count, [&](int workers) {
    const child one = start("pause", workers);
    one.stream(fast, 5000);
    return one.stream(slow, count);
  });
}

void one_at_a_time() {
  constexpr std::size_t count = 2000;
  const std::string line = small_request();
  compare("workers, one request at a time", {1, 2, 4}, 1, [&](int workers) {
    const child one = start("order", workers);
    std::vector<double> times;
    for (std::size_t i = 0; i < count; ++i) {
      const auto begin = benchmark_clock::now();
      one.send(line);
      one.skip();
      times.push_back(microseconds_since(begin));
    }
    return median(times);
  });
}

}  // namespace

int main(int count, char** words) {
  ::signal(SIGPIPE, SIG_IGN);
  ::alarm(600);  // rather than wait for ever
  if (count > 1) children = words[1];
  cpu_bound(100'000);
  cpu_bound(1'000'000);
  small_from_file();
  small_from_pipe();
  slow_in_one_read();
  one_at_a_time();
  progress("");
}
