#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind busy_poller.hpp.

#include <lambda_proc/core/function_ref.hpp>
#include <lambda_proc/io/busy_poller.hpp>

#include <algorithm>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

void busy_poller::wait(function_ref<bool()> try_now, function_ref<void()> sleep) {
  if (limit_ == none) return sleep();
  if (credit_ <= 0) {
    if (unmeasured_waits_ > 0) {
      --unmeasured_waits_;
      return sleep();
    }
    const auto start = now_();
    sleep();
    rate_sleep(now_() - start);
    return;
  }
  // What is there already needs no polling, and does not prove that polling pays.
  if (try_now()) return;
  const bool found = poll(try_now);
  rate_polling(found);
  if (!found) sleep();
}

bool busy_poller::poll(function_ref<bool()> try_now) {
  const auto start = now_();
  do {
    if (try_now()) return true;
  } while (now_() - start < limit_);
  return false;
}

void busy_poller::rate_polling(bool found) noexcept {
  if (found) {
    credit_ = std::min(credit_ + 1, most_credit);
    if (credit_ == most_credit) needed_short_waits_ = fewest_short_waits;
  } else {
    credit_ -= cost_of_miss;
    if (credit_ <= 0) needed_short_waits_ = std::min(2 * needed_short_waits_, most_short_waits);
  }
}

void busy_poller::rate_sleep(clock::duration waited) {
  if (waited < shortest_sleep) return;
  if (waited > limit_ + sleep_overhead) {
    // Not back to zero: a fast host has pauses, too.
    short_waits_ /= 2;
    if (short_waits_ == 0) unmeasured_waits_ = measuring_interval - 1;
    return;
  }
  if (++short_waits_ < needed_short_waits_) return;
  short_waits_ = 0;
  if (has_processors_ && !std::exchange(has_processors_, {})()) {
    limit_ = none;
  } else {
    credit_ = first_credit;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
