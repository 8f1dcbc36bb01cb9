#pragma once
// SPDX-License-Identifier: MIT
// How run() reads the environment and reports what is wrong with it.

#include <lambda_proc/core/caseless_names.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/log/log.hpp>
#include <lambda_proc/process/exit_status.hpp>

#include <algorithm>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

[[gnu::cold]] inline std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

/// Configures the log from AWS_LAMBDA_LOG_FORMAT (JSON or Text), AWS_LAMBDA_LOG_LEVEL and LAMBDA_PROC_LOG (a level, or
/// off; the latter wins). Unknown values are ignored; a message for each is returned.
[[gnu::cold]] inline std::vector<std::string> configure_log() {
  log_settings& settings = log_settings_in_use();
  std::vector<std::string> complaints;
  const auto choose = [&complaints](const char* name, std::span<const std::string_view> words, auto use) {
    const std::string_view wanted = environment(name);
    std::string known;
    for (const std::string_view word : words) {
      if (caseless_names::same(word, wanted)) return use(word);
      known.append(known.empty() ? "" : ", ").append(word);
    }
    if (wanted.empty()) return;
    complaints.push_back(std::string(name).append(": unknown value \"").append(wanted).append("\" ignored; known: ") +
                         known);
  };
  constexpr std::string_view formats[] = {"JSON", "Text"};
  choose("AWS_LAMBDA_LOG_FORMAT", formats, [&](std::string_view format) { settings.json = format == "JSON"; });
  for (const char* const name : {"AWS_LAMBDA_LOG_LEVEL", "LAMBDA_PROC_LOG"}) {
    choose(name, log_level_names, [&](std::string_view level) {
      settings.level = static_cast<log_level>(std::ranges::find(log_level_names, level) - log_level_names.begin());
    });
  }
  return complaints;
}

[[gnu::cold]] inline void write_notice(std::string_view sentence) {
  write_bounded(STDERR_FILENO, std::string("lambda_proc: ").append(sentence).append("\n"));
}

[[gnu::cold]] inline int cannot_start(const start_check& check) {
  write_notice("can't start: " + check.sentence());
  return not_started;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
