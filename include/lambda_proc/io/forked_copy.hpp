#pragma once
// SPDX-License-Identifier: MIT
// Whether this process is a copy that a handler forked: process/ sets it, the workers look.

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// True in a process that fork(2) made of one that serves. Only the forking thread lives on there, and a lock that
/// another one held is never released: the copy must not take any.
inline bool& is_forked_copy() noexcept {
  static constinit bool forked = false;
  return forked;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
