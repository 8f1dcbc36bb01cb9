#pragma once
// SPDX-License-Identifier: MIT
// Busy polling: asking for an event again and again for a short time, before a thread sleeps until it comes. The line
// reader waits with it, and any other thread that waits for short times may.

#include <lambda_proc/core/function_ref.hpp>
#include <lambda_proc/core/seam.hpp>

#include <algorithm>
#include <chrono>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Waits for events, and polls before it sleeps as long as that pays. To wake a thread that sleeps, on a processor that
/// sleeps, takes several times as long as most requests; a thread that polls is awake. But polling in vain wastes its
/// time.
///
/// Polling starts after several short waits, and stops after a few that did not end while it polled. Each time that it
/// did not pay doubles the number of short waits before the next start. A poller belongs to one thread.
class busy_poller {
 public:
  using clock = std::chrono::steady_clock;

  struct settings {
    /// How long to poll in one wait, at most. Zero: never.
    std::chrono::microseconds limit{0};
    /// Whether enough processors may be used for this thread to poll while the one that it waits for runs. Called once,
    /// before polling starts for the first time. Must outlive the poller.
    function_ref<bool()> has_processors;
    clock::time_point (*now)() = &clock::now;
  };

  explicit busy_poller(const settings& chosen) noexcept
      : limit_(std::clamp(chosen.limit, none, longest)), has_processors_(chosen.has_processors), now_(chosen.now) {}

  /// Waits for an event. `try_now` takes it without waiting, and returns false if it has not come; it is called any
  /// number of times. `sleep` waits for it and takes it; it is called once, unless try_now returned true.
  LAMBDA_PROC_SEAM void wait(function_ref<bool()> try_now, function_ref<void()> sleep);

 private:
  static constexpr std::chrono::microseconds none{0};
  static constexpr std::chrono::microseconds longest = std::chrono::seconds(1);
  // A wait that ended earlier did not sleep: the event was there.
  static constexpr std::chrono::microseconds shortest_sleep{3};
  // What sleeping and waking up may add to a wait that polling would have ended in time.
  static constexpr std::chrono::microseconds sleep_overhead{100};
  // Numbers of short waits before polling starts.
  static constexpr unsigned fewest_short_waits = 4;
  static constexpr unsigned most_short_waits = 256;
  // While waits are long, only each of so many is measured. After a pause, asking for the time takes 0.3 µs.
  static constexpr unsigned measuring_interval = 8;
  // Polling goes on while there is credit. Two of three waits must end while it polls.
  static constexpr int first_credit = 4;
  static constexpr int most_credit = 8;
  static constexpr int cost_of_miss = 2;

  LAMBDA_PROC_SEAM bool poll(function_ref<bool()> try_now);
  LAMBDA_PROC_SEAM void rate_polling(bool found) noexcept;
  LAMBDA_PROC_SEAM void rate_sleep(clock::duration waited);

  std::chrono::microseconds limit_;
  function_ref<bool()> has_processors_;
  clock::time_point (*now_)();
  int credit_ = 0;
  unsigned short_waits_ = 0;
  unsigned needed_short_waits_ = fewest_short_waits;
  unsigned unmeasured_waits_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/io/busy_poller_definitions.hpp>
#endif
