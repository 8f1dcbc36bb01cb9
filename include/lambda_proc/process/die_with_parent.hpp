#pragma once
// SPDX-License-Identifier: MIT
// Asks the kernel to kill this process when its parent ends; run() does so if the parent wants it.

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

/// Obeys LAMBDA_PROC_DIE_WITH_PARENT, the parent's process id: from now on this process is killed when the thread that
/// started it ends, whatever a handler is doing (Linux only). Nothing happens if the parent is another process, a shell
/// in between for example. The variable is removed: it is not meant for programs that a handler starts. False if the
/// parent is gone already.
inline bool die_with_parent() noexcept {
  constexpr const char* name = "LAMBDA_PROC_DIE_WITH_PARENT";
  const char* const value = std::getenv(name);
  if (value == nullptr) return true;
  const auto parent = static_cast<pid_t>(std::strtol(value, nullptr, 10));
  ::unsetenv(name);
  if (parent <= 0) return true;
#ifdef __linux__
  if (::getppid() == parent) ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  // It may have ended before that call.
  return ::getppid() == parent || ::kill(parent, 0) == 0 || errno != ESRCH;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
