// A handler that sleeps as long as the event says, like one that waits for a database.
//
//     pause WORKERS

#include <lambda_proc/lambda_proc.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <thread>

struct wait {
  std::uint32_t microseconds;
};

int main(int count, char** words) {
  const auto handler = [](const wait& w) {
    if (w.microseconds != 0) std::this_thread::sleep_for(std::chrono::microseconds(w.microseconds));
    return w.microseconds;
  };
  return lambda_proc::run(handler, {.workers = count > 1 ? static_cast<unsigned>(std::atoi(words[1])) : 1});
}
