// A typed handler for the small event of the benchmarks.

#include "../workloads.hpp"

struct receipt {
  std::string_view sku;
  std::uint32_t cents;
};

int main() {
  return lambda_proc::run([](const workloads::order& o) { return receipt{o.sku, o.count * 300}; });
}
