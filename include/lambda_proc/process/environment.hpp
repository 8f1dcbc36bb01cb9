#pragma once
// SPDX-License-Identifier: MIT
// Reads environment variables and writes messages about them to stderr. run() uses it.

#include <lambda_proc/core/caseless_names.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/log/log.hpp>
#include <lambda_proc/process/exit_status.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The value of a variable; empty if it is not set. Valid until the environment changes.
[[gnu::cold]] inline std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

/// Appends the message about a value that is ignored; `known` describes the values that are not.
[[gnu::cold]] inline void report_unknown_value(const char* name, std::string_view value, std::string_view known,
                                               std::vector<std::string>& complaints) {
  complaints.push_back(
      std::string(name).append(": unknown value \"").append(value).append("\" ignored; known: ").append(known));
}

/// The one of these words that is the variable's value, in upper or lower case. Any other value is ignored, and a
/// message about it is appended to `complaints`.
[[gnu::cold]] inline std::optional<std::string_view> one_of(std::span<const std::string_view> words, const char* name,
                                                            std::vector<std::string>& complaints) {
  const std::string_view wanted = environment(name);
  std::string known;
  for (const std::string_view word : words) {
    if (caseless_names::same(word, wanted)) return word;
    known.append(known.empty() ? "" : ", ").append(word);
  }
  if (!wanted.empty()) report_unknown_value(name, wanted, known, complaints);
  return std::nullopt;
}

/// Configures the log from AWS_LAMBDA_LOG_FORMAT (JSON or Text) and from AWS_LAMBDA_LOG_LEVEL and LAMBDA_PROC_LOG (a
/// level or off; the latter takes precedence). Unknown values are ignored, and a message about each is returned.
[[gnu::cold]] inline std::vector<std::string> configure_log() {
  log_settings& settings = log_settings_in_use();
  std::vector<std::string> complaints;
  constexpr std::string_view formats[] = {"JSON", "Text"};
  if (const auto format = one_of(formats, "AWS_LAMBDA_LOG_FORMAT", complaints)) settings.json = *format == "JSON";
  for (const char* const name : {"AWS_LAMBDA_LOG_LEVEL", "LAMBDA_PROC_LOG"}) {
    const auto level = one_of(log_level_names, name, complaints);
    if (!level) continue;
    settings.level = static_cast<log_level>(std::ranges::find(log_level_names, *level) - log_level_names.begin());
  }
  return complaints;
}

/// Writes a line to stderr.
[[gnu::cold]] inline void write_notice(std::string_view sentence) {
  write_bounded(STDERR_FILENO, std::string("lambda_proc: ").append(sentence).append("\n"));
}

/// Writes to stderr what has failed, and returns the exit status.
[[gnu::cold]] inline int cannot_start(const start_check& check) {
  write_notice("can't start: " + check.sentence());
  return not_started;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
