// A handler that only computes, with WORKERS workers.
//
//     spin WORKERS

#include <lambda_proc/lambda_proc.hpp>

#include <cstdint>
#include <cstdlib>

struct work {
  std::uint64_t seed;
  std::uint64_t steps;
};

int main(int count, char** words) {
  const auto handler = [](const work& w) {
    std::uint64_t state = w.seed;
    for (std::uint64_t i = 0; i < w.steps; ++i) state = state * 6364136223846793005U + 1442695040888963407U;
    return state;
  };
  return lambda_proc::run(handler, {.workers = count > 1 ? static_cast<unsigned>(std::atoi(words[1])) : 1});
}
