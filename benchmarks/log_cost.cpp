// The cost of a log record that is dropped, and of one that is written, compared with the system calls alone.

#include <lambda_proc/log/log.hpp>

#include <benchmark/benchmark.h>

#include <string_view>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace {

constexpr std::string_view request_id = "8f507cfc-6e0b-4697-b07a-ac58fc914c95";
constexpr std::string_view json_record =
    R"({"timestamp":"2026-01-07T09:14:26.120Z","level":"INFO","requestId":"8f507cfc-6e0b-4697-b07a-ac58fc914c95",)"
    R"("message":"priced","sku":"A7-0042","count":3,"price":12.5})"
    "\n";

void set_up(lambda_proc::log_level level, bool json) {
  auto& settings = lambda_proc::log_settings_in_use();
  static const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  settings = {.fd = nowhere, .level = level, .json = json};
}

void log_records(benchmark::State& state) {
  lambda_proc::context ctx;
  ctx.aws_request_id = request_id;
  const lambda_proc::logger log(ctx);
  std::string_view sku = "A7-0042";
  int count = 3;
  double price = 12.5;
  for (auto step : state) {
    benchmark::DoNotOptimize(sku);
    benchmark::DoNotOptimize(count);
    benchmark::DoNotOptimize(price);
    log.info("priced", "sku", sku, "count", count, "price", price);
  }
}

void below_the_level(benchmark::State& state) {
  set_up(lambda_proc::log_level::warn, true);
  log_records(state);
}
void json(benchmark::State& state) {
  set_up(lambda_proc::log_level::info, true);
  log_records(state);
}
void text(benchmark::State& state) {
  set_up(lambda_proc::log_level::info, false);
  log_records(state);
}

// A record waits at most a second for room, so poll(2) is called before write(2).
void poll_and_write(benchmark::State& state) {
  set_up(lambda_proc::log_level::info, true);
  pollfd room{.fd = lambda_proc::log_settings_in_use().fd, .events = POLLOUT, .revents = 0};
  for (auto step : state) {
    benchmark::DoNotOptimize(::poll(&room, 1, 0));
    benchmark::DoNotOptimize(::write(room.fd, json_record.data(), json_record.size()));
  }
}

BENCHMARK(below_the_level)->Name("a record below the level");
BENCHMARK(poll_and_write)->Name("the system calls alone");
BENCHMARK(json)->Name("a JSON record of three fields");
BENCHMARK(text)->Name("a text record of three fields");

}  // namespace

BENCHMARK_MAIN();
