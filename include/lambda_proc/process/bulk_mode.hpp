#pragma once
// SPDX-License-Identifier: MIT
// Decides on bulk mode, in which replies may be collected while further requests are in the buffer. run() uses it.

#include <lambda_proc/process/environment.hpp>
#include <lambda_proc/process/sealed_streams.hpp>
#include <lambda_proc/serve/serve.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Whether LAMBDA_PROC_BULK is 1 or 0; nothing if it is not set. Any other value is ignored, and a message about it is
/// appended to `complaints`.
[[gnu::cold]] inline std::optional<bool> bulk_in_environment(std::vector<std::string>& complaints) {
  constexpr std::string_view words[] = {"0", "1"};
  const auto word = one_of(words, "LAMBDA_PROC_BULK", complaints);
  return word ? std::optional(*word == "1") : std::nullopt;
}

/// The variable takes precedence. Without it, bulk mode is also used for a regular file, whose requests no host waits
/// for one by one.
[[gnu::cold]] inline bool uses_bulk_mode(std::optional<bool> in_environment, const options& options,
                                         const sealed_streams& streams) {
  return in_environment.value_or(options.bulk || streams.requests_are_a_file());
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
