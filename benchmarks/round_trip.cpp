// Measures what a request costs from a host's point of view: starts children and measures them in turn, in several
// rounds.
//
//     round_trip [rounds]
//
// The floor is a C program that answers each line with fixed bytes, as many as the others send. Every child's answer is
// checked before it is timed. Prints table, row, column, value, which script/bench turns into tables. Times are in
// microseconds.

#include "child.hpp"
#include "workloads.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using command = std::vector<std::string>;

std::string built(const std::string& name) { return std::string(LAMBDA_PROC_CHILDREN "/") + name; }
std::string source(const std::string& name) { return std::string(LAMBDA_PROC_CHILD_SOURCES "/") + name; }

// What a child replies as "data".
enum class answers { event, receipt, item, anything };

struct contender {
  std::string name;
  command words;
  answers with = answers::event;
};

struct workload {
  std::string name;
  std::string event;
  std::string line;

  workload(std::string title, std::string text)
      : name(std::move(title)), event(std::move(text)), line(workloads::request_with(event) + "\n") {}
};

std::string reply_to(std::string_view data) {
  return std::string(R"({"proc_req_id":0,"error":null,"data":)").append(data).append("}\n");
}

std::string expected_data(const contender& who, const workload& load) {
  if (who.with == answers::receipt) return R"({"sku":"A7-0042","cents":900})";
  if (who.with == answers::item) return R"({"Id":"test","Value":"somevalue"})";
  return load.event;
}

contender floor_of(const std::string& data) {
  return {"floor", {built("floor"), std::to_string(reply_to(data).size())}, answers::anything};
}

// Starts a child, and checks its first answer.
child start(const contender& who, const workload& load) {
  child one(who.words);
  one.send(load.line);
  const std::string reply = one.receive();
  if (who.with != answers::anything &&
      nlohmann::json::parse(reply) != nlohmann::json::parse(reply_to(expected_data(who, load)))) {
    give_up(who.name + " answers " + load.name + " wrongly: " + reply.substr(0, 200));
  }
  return one;
}

// The numbers for one contender, with a value for each round.
using samples = std::map<std::string, std::vector<double>>;

// Medians, and the median of each round's ratio to the first contender, the floor.
void report_all(const std::string& table, const std::vector<contender>& contenders, std::vector<samples>& all) {
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    for (const auto& [column, values] : all[i]) {
      report(table, contenders[i].name, column, median(values));
      const auto base = all[0].find(column);
      std::vector<double> ratios;
      for (std::size_t round = 0; round < values.size(); ++round) {
        ratios.push_back(values[round] / std::max(base->second[round], 1e-9));
      }
      report(table, contenders[i].name, column + ", ratio", median(ratios));
    }
  }
}

void in_turn(const std::string& table, const std::vector<contender>& contenders, int rounds, auto measure) {
  std::vector<samples> all(contenders.size());
  for (int round = 0; round < rounds; ++round) {
    progress(table + ", round " + std::to_string(round + 1) + " of " + std::to_string(rounds));
    for (std::size_t i = 0; i < contenders.size(); ++i) {
      // Every other round runs backwards, so that no contender is always first.
      const std::size_t which = round % 2 == 0 ? i : contenders.size() - 1 - i;
      for (const auto& [column, value] : measure(which)) all[which][column].push_back(value);
    }
  }
  report_all(table, contenders, all);
}

using numbers = std::map<std::string, double>;

// From the start of the process to its first answer: the median of several starts, because starts vary more than
// contenders do.
void measure_start(const std::vector<contender>& contenders, const workload& load, int rounds) {
  use_one_processor(true);
  in_turn("start", contenders, rounds, [&](std::size_t which) -> numbers {
    std::vector<double> times;
    double peak = 0;
    for (int i = 0; i < 11; ++i) {
      const auto before = benchmark_clock::now();
      child one(contenders[which].words);
      one.send(load.line);
      one.skip();
      times.push_back(microseconds_since(before));
      peak = std::max(peak, one.peak_memory());
    }
    return {{"first reply", median(times)}, {"peak MB", peak}};
  });
}

// How a host sends one request at a time.
struct pace {
  std::string name = "ping-pong";
  bool one_processor = true;
  // From a reply to the next request.
  std::chrono::microseconds pause{0};
};

void measure_ping_pong(const std::vector<contender>& contenders, const workload& load, int rounds,
                       const pace& how = {}) {
  use_one_processor(how.one_processor);
  const auto requests =
      static_cast<int>(std::clamp<std::size_t>(2'000'000 / load.line.size(), 5, how.pause.count() != 0 ? 100 : 1000));
  std::vector<child> children;
  for (const auto& who : contenders) children.push_back(start(who, load));
  in_turn(how.name + " " + load.name, contenders, rounds, [&](std::size_t which) -> numbers {
    child& one = children[which];
    std::vector<double> times;
    const double processor_before = one.processor_time();
    const double host_before = own_processor_time();
    const double switches_before = one.context_switches();
    for (int i = 0; i < requests; ++i) {
      if (how.pause.count() != 0) std::this_thread::sleep_for(how.pause);
      const auto before = benchmark_clock::now();
      one.send(load.line);
      one.skip();
      times.push_back(microseconds_since(before));
    }
    return {{"p50", median(times)},
            {"p99", quantile(times, 0.99)},
            {"CPU", (one.processor_time() - processor_before) / requests},
            {"host CPU", (own_processor_time() - host_before) / requests},
            {"switches", (one.context_switches() - switches_before) / requests},
            {"peak MB", one.peak_memory()}};
  });
}

// With two processors, most of the time is what waking up takes: busy polling against sleeping. Nobody needs to poll
// for a host that pauses.
void measure_wake_up(const workload& load, int rounds) {
  const contender echo{"echo", {built("echo")}};
  const contender sleeping{"echo, sleeping", {"env", "LAMBDA_PROC_BUSY_POLL=0", built("echo")}};
  const contender by_hand{"by hand", {built("by_hand"), "echo"}};
  measure_ping_pong({floor_of(load.event), echo, sleeping, by_hand}, load, rounds,
                    {.name = "two processors", .one_processor = false});
  measure_ping_pong({sleeping, echo, by_hand}, load, rounds,
                    {.name = "every millisecond", .one_processor = false, .pause = std::chrono::milliseconds(1)});
}

std::string repeat(std::string_view line, std::size_t count) {
  std::string all;
  all.reserve(line.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += line;
  return all;
}

// All requests at once, through a pipe: each reply is sent before the next handler starts, unless they are collected.
void measure_stream(const std::vector<contender>& contenders, const workload& load, int rounds) {
  use_one_processor(false);
  const std::size_t requests = 60'000'000 / load.line.size();
  const std::string text = repeat(load.line, requests);
  std::vector<child> children;
  for (const auto& who : contenders) children.push_back(start(who, load));
  in_turn("stream " + load.name, contenders, rounds, [&](std::size_t which) -> numbers {
    return {{"requests/s", 1e6 * static_cast<double>(requests) / children[which].stream(text, requests)}};
  });
}

// The same from a file, where replies may be collected. The file is large enough that the start does not matter.
void measure_bulk(const std::vector<contender>& contenders, const workload& load, int rounds) {
  use_one_processor(false);
  const std::size_t requests = 200'000'000 / load.line.size();
  const std::string file = built("requests.ndjson");
  std::ofstream(file) << repeat(load.line, requests);
  for (const auto& who : contenders) start(who, load);
  in_turn("bulk " + load.name, contenders, rounds, [&](std::size_t which) -> numbers {
    const auto before = benchmark_clock::now();
    child one(contenders[which].words, file.c_str());
    one.skip(requests);
    return {{"requests/s", 1e6 * static_cast<double>(requests) / microseconds_since(before)}};
  });
  std::remove(file.c_str());
}

}  // namespace

int main(int count, char** words) {
  ::signal(SIGPIPE, SIG_IGN);
  ::alarm(900);  // rather than wait for ever
  const int rounds = count > 1 ? std::atoi(words[1]) : 9;

  const contender echo{"echo", {built("echo")}};
  const contender order{"typed", {built("order")}, answers::receipt};
  const contender order_in_bulk{
      "typed, LAMBDA_PROC_BULK=1", {"env", "LAMBDA_PROC_BULK=1", built("order")}, answers::receipt};
  const contender item{"dynamodb_stream", {built("dynamodb_stream")}, answers::item};
  const contender hand_echo{"by hand", {built("by_hand"), "echo"}};
  const contender hand_echo_batch{"by hand, batching", {built("by_hand"), "echo", "batch"}};
  const contender hand_order{"by hand, typed", {built("by_hand"), "order"}, answers::receipt};
  const contender hand_order_batch{"by hand, typed, batching", {built("by_hand"), "order", "batch"}, answers::receipt};
  // With the checks that the other programs by hand omit.
  const contender careful_echo_batch{"by hand, batching, careful", {built("by_hand"), "echo", "batch", "careful"}};
  const contender careful_order{"by hand, typed, careful", {built("by_hand"), "order", "careful"}, answers::receipt};
  const contender careful_order_batch{
      "by hand, typed, batching, careful", {built("by_hand"), "order", "batch", "careful"}, answers::receipt};
  const contender rapidjson{"RapidJSON", {built("rapidjson")}};
  const contender nlohmann{"nlohmann/json", {built("nlohmann")}};
  const contender node{"Node.js", {"node", source("echo.mjs")}};
  const contender python{"Python", {"python3", source("echo.py")}};
  const std::vector<contender> peers{hand_echo, rapidjson, nlohmann, node, python};

  const workload small("small", std::string(workloads::small_event));
  const workload dynamodb("DynamoDB", workloads::read_event("dynamodb_stream.json"));
  const workload gateway("API Gateway", workloads::read_event("api_gateway_v1.json"));
  const workload sqs("SQS x10", workloads::sqs_event(10));

  // The floor of that size, then ours, then the others.
  const auto echoes = [&](const workload& load, const std::vector<contender>& others) {
    std::vector<contender> all{floor_of(load.event), echo};
    all.insert(all.end(), others.begin(), others.end());
    return all;
  };

  measure_start({floor_of("{}"), order, echo, hand_echo, rapidjson, nlohmann, node, python}, small, rounds);

  measure_ping_pong({floor_of(small.event), echo, order, hand_echo, hand_order, rapidjson, nlohmann, node, python},
                    small, rounds);
  measure_ping_pong({floor_of(dynamodb.event), echo, item, hand_echo, rapidjson, nlohmann, node, python}, dynamodb,
                    rounds);
  measure_wake_up(small, rounds);
  measure_ping_pong(echoes(gateway, peers), gateway, rounds);
  measure_ping_pong(echoes(sqs, peers), sqs, rounds);
  for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::size_t>>{{"100 B", 100},
                                                                                    {"1 KB", 1000},
                                                                                    {"10 KB", 10'000},
                                                                                    {"100 KB", 100'000},
                                                                                    {"1 MB", 1'000'000},
                                                                                    {"6 MB", 6'000'000},
                                                                                    {"16 MB", 16'000'000}}) {
    const workload load(name, workloads::filler_event(bytes));
    measure_ping_pong(echoes(load, {hand_echo, rapidjson, nlohmann}), load,
                      bytes > 1'000'000 ? rounds / 2 + 1 : rounds);
  }

  for (const auto& load : {small, dynamodb, gateway, sqs}) {
    measure_stream(echoes(load, {hand_echo, hand_echo_batch, rapidjson, nlohmann}), load, rounds);
    measure_bulk(echoes(load, {hand_echo_batch, careful_echo_batch}), load, rounds);
  }
  const contender typed_floor = floor_of(expected_data(order, small));
  workload typed = small;
  typed.name = "small, typed";
  // Which process waits and is woken differs from run to run. This measurement has a budget, so it gets more rounds.
  measure_stream({typed_floor, order, hand_order, careful_order, order_in_bulk, hand_order_batch, careful_order_batch},
                 typed, 5 * rounds);
  measure_bulk({typed_floor, order, hand_order_batch, careful_order_batch}, typed, rounds);
  progress("");
}
