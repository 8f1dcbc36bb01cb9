#pragma once
// SPDX-License-Identifier: MIT
// How many lines a worker takes at once; a part of worker_pool.

#include <lambda_proc/serve/line_batch.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// One line while requests are slow, or nothing is known of them; up to line_batch::max_lines as they prove fast.
class batch_size {
 public:
  [[nodiscard]] std::size_t most_lines() const noexcept { return most_lines_; }

  /// Call it when a batch is finished: how many of its lines this worker handled, and in which time.
  void record(std::size_t lines, std::chrono::nanoseconds time) noexcept {
    if (time > longest_time) {
      most_lines_ = 1;
    } else if (time < longest_time / 4 && lines >= most_lines_) {
      most_lines_ = std::min(2 * most_lines_, line_batch::max_lines);
    }
  }

 private:
  // Long beside the time in which a worker takes a batch, short for the host of a request that waits so long.
  static constexpr std::chrono::microseconds longest_time{200};

  std::size_t most_lines_ = 1;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
