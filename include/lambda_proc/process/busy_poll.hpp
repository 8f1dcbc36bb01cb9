#pragma once
// SPDX-License-Identifier: MIT
// Decides on busy polling, by the options, the environment and the processors that the process may use. run() uses it.

#include <lambda_proc/core/decimal.hpp>
#include <lambda_proc/process/environment.hpp>
#include <lambda_proc/process/processors.hpp>
#include <lambda_proc/serve/serve.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Whether there is a processor for each worker and one for the host: a worker that polls must not keep the host from
/// running.
[[gnu::cold]] inline bool is_enough_to_poll(double processors, std::size_t workers) noexcept {
  return processors >= static_cast<double>(workers + 1);
}

/// How long to poll: the microseconds in LAMBDA_PROC_BUSY_POLL, or else the option. Zero in a Lambda function with too
/// little processor time. An unknown value is ignored, and a message about it is appended to `complaints`.
[[gnu::cold]] inline std::chrono::microseconds busy_poll_limit(const options& options, std::size_t workers,
                                                               std::vector<std::string>& complaints) {
  constexpr const char* name = "LAMBDA_PROC_BUSY_POLL";
  constexpr std::uint64_t most = 1'000'000;
  std::chrono::microseconds limit = options.busy_poll;
  const std::string_view wanted = environment(name);
  const std::optional<std::uint64_t> number = decimal(wanted);
  if (number && *number <= most) {
    limit = std::chrono::microseconds(*number);
  } else if (!wanted.empty()) {
    report_unknown_value(name, wanted, "0 to 1000000, in microseconds", complaints);
  }
  const double processors = lambda_processors(environment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
  return is_enough_to_poll(processors, workers) ? limit : std::chrono::microseconds(0);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
