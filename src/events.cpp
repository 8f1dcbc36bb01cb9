// SPDX-License-Identifier: MIT
// The library lambda_proc::compiled_events: the tables of AWS's events, compiled once for all programs that link it.

#include <lambda_proc/json/decode.hpp>  // defines table_for, which is instantiated after each event

#define LAMBDA_PROC_EVENT_TABLE(...) template const detail::struct_table& detail::table_for<__VA_ARGS__>() noexcept

#include <lambda_proc/events.hpp>
