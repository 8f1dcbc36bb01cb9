#pragma once
// SPDX-License-Identifier: MIT
// The memory into which input is received, so that a parser can use it in place. line_reader and response_reader have
// one, and so has a batch of lines.

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

struct padded_buffer {
  /// More bytes behind the capacity, which a parser may read.
  static constexpr std::size_t padding = 64;

  std::unique_ptr<char[]> bytes;
  std::size_t capacity = 0;

  /// Makes room for this many bytes; what was there before is lost. False, and nothing has changed, if there is no
  /// memory.
  [[nodiscard]] bool reserve(std::size_t wanted) noexcept { return wanted <= capacity || reallocate(wanted); }

  /// Gets new memory for this many bytes, and copies `kept` to its front, which may be a part of the old memory. False,
  /// and nothing has changed, if there is none.
  [[nodiscard]] bool reallocate(std::size_t wanted, std::string_view kept = {}) noexcept {
    std::unique_ptr<char[]> fresh(new (std::nothrow) char[wanted + padding]);
    if (fresh == nullptr) return false;
    if (!kept.empty()) std::memcpy(fresh.get(), kept.data(), kept.size());
    bytes = std::move(fresh);
    capacity = wanted;
    return true;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
