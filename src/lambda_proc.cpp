// SPDX-License-Identifier: MIT
// The library lambda_proc::compiled: the process side of run(), compiled once for all programs that link it.

#include <lambda_proc/process/run_process_definitions.hpp>
