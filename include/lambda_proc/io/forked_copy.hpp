#pragma once
// SPDX-License-Identifier: MIT
// Whether this process was forked by a handler. process/ sets it, the workers check it.

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// True in a child that fork(2) made of a serving process. Only the forking thread exists there, and a lock that
/// another thread held is never released: so the child must not take locks.
inline bool& is_forked_copy() noexcept {
  static constinit bool forked = false;
  return forked;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
