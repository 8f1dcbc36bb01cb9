#pragma once
// SPDX-License-Identifier: MIT
// What decides bulk mode, in which replies may be collected while further requests are in the buffer. run() uses it.

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

/// What LAMBDA_PROC_BULK says, if it is 0 or 1. Another value is ignored; a message for it is appended to `complaints`.
[[gnu::cold]] inline std::optional<bool> bulk_in_environment(std::vector<std::string>& complaints) {
  constexpr std::string_view words[] = {"0", "1"};
  const auto word = one_of(words, "LAMBDA_PROC_BULK", complaints);
  return word ? std::optional(*word == "1") : std::nullopt;
}

/// Without the variable: a host that wrote all its requests to a file does not wait for each reply.
[[gnu::cold]] inline bool uses_bulk_mode(std::optional<bool> in_environment, const options& options,
                                         const sealed_streams& streams) {
  return in_environment.value_or(options.bulk || streams.requests_are_a_file());
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
