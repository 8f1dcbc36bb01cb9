// A typed handler for the small event of the benchmarks, with WORKERS workers, or one.
//
//     order [WORKERS]

#include "../workloads.hpp"

#include <cstdlib>

struct receipt {
  std::string_view sku;
  std::uint32_t cents;
};

int main(int count, char** words) {
  const auto handler = [](const workloads::order& o) { return receipt{o.sku, o.count * 300}; };
  return lambda_proc::run(handler, {.workers = count > 1 ? static_cast<unsigned>(std::atoi(words[1])) : 1});
}
