#pragma once
// SPDX-License-Identifier: MIT
// The memory in which lines are. line_reader reads into it, and a batch of lines may own it afterwards.

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

struct line_memory {
  /// More bytes behind the capacity, which a parser may read.
  static constexpr std::size_t padding = 64;

  std::unique_ptr<char[]> bytes;
  std::size_t capacity = 0;

  /// Null if there is no memory.
  static std::unique_ptr<char[]> allocate(std::size_t capacity) noexcept {
    return std::unique_ptr<char[]>(new (std::nothrow) char[capacity + padding]);
  }

  /// Makes room for this many bytes; what was there before is lost. False, and nothing has changed, if there is no
  /// memory.
  [[nodiscard]] bool reserve(std::size_t wanted) noexcept {
    if (wanted <= capacity) return true;
    auto larger = allocate(wanted);
    if (larger == nullptr) return false;
    bytes = std::move(larger);
    capacity = wanted;
    return true;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
