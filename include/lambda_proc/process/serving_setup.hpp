#pragma once
// SPDX-License-Identifier: MIT
// What run() prepares for the threads that serve, whatever the wire: REPORT records and crash replies.

#include <lambda_proc/crash/serving_threads.hpp>
#include <lambda_proc/crash/thread_registration.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/process/environment.hpp>
#include <lambda_proc/process/report.hpp>
#include <lambda_proc/serve/serve.hpp>

#include <cstddef>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

class serving_setup {
 public:
  /// For `count` threads: a single one is the calling thread itself, several are started and joined by it. `check`
  /// fails if there is no stack for the calling thread's signal handlers.
  [[gnu::cold]] serving_setup(std::size_t count, bool answers_crashes, start_check& check)
      : answers_crashes_(answers_crashes),
        threads_(answers_crashes ? (count == 1 ? 1 : count + 1) : 0),
        registration_(threads() ? &threads_[0] : nullptr) {
    if (environment("LAMBDA_PROC_REPORT") == "1") observer_ = any_observer(report_);
    check.error(registration_.error(), "a stack for signal handlers");
  }
  serving_setup(const serving_setup&) = delete;
  serving_setup& operator=(const serving_setup&) = delete;

  /// Has an entry for the calling thread and then, if there are several threads, one for each. Null without crash
  /// replies.
  [[nodiscard]] serving_threads* threads() noexcept { return answers_crashes_ ? &threads_ : nullptr; }

  /// Writes REPORT records, if the environment asks for them.
  [[nodiscard]] any_observer observer() const noexcept { return observer_; }

 private:
  const reporter report_;
  any_observer observer_;
  bool answers_crashes_;
  serving_threads threads_;
  thread_registration registration_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
