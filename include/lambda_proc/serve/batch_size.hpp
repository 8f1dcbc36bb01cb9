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

/// The size of a worker's next batch: one line at first and while requests are slow. While they are fast it doubles
/// with each batch, up to line_batch::max_lines.
class batch_size {
 public:
  [[nodiscard]] std::size_t most_lines() const noexcept { return most_lines_; }

  /// Call this when a batch is finished, with the number of its lines that this worker handled and the time that it
  /// took.
  void record(std::size_t lines, std::chrono::nanoseconds time) noexcept {
    if (time > longest_time) {
      most_lines_ = 1;
    } else if (time < longest_time / 4 && lines >= most_lines_) {
      most_lines_ = std::min(2 * most_lines_, line_batch::max_lines);
    }
  }

 private:
  // A batch should not take longer: its last request waits for all others. It is still long compared with the cost of
  // taking a batch.
  static constexpr std::chrono::microseconds longest_time{500};

  std::size_t most_lines_ = 1;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
