#pragma once
// SPDX-License-Identifier: MIT
// Asks the kernel to kill this process when its parent ends, if the parent wants that. run() calls it.

#include <cerrno>
#include <cstdlib>

#include <signal.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// If LAMBDA_PROC_DIE_WITH_PARENT is the parent's process id, this process is from now on killed when the thread that
/// started it ends, even during a call of the handler (Linux only). Nothing happens if the parent is another process,
/// for example a shell in between. The variable is removed, because it is not meant for programs that a handler starts.
/// Returns false if the parent has already ended.
[[gnu::cold]] inline bool die_with_parent() noexcept {
  constexpr const char* name = "LAMBDA_PROC_DIE_WITH_PARENT";
  const char* const value = std::getenv(name);
  if (value == nullptr) return true;
  const auto parent = static_cast<pid_t>(std::strtol(value, nullptr, 10));
  ::unsetenv(name);
  if (parent <= 0) return true;
#ifdef __linux__
  if (::getppid() == parent) ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  // The parent may have ended before that call.
  return ::getppid() == parent || ::kill(parent, 0) == 0 || errno != ESRCH;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
