#pragma once
// SPDX-License-Identifier: MIT
// After each event, outside of namespace events, `LAMBDA_PROC_EVENT_TABLE(T);` says that lambda_proc::compiled_events
// has T's table, so that programs that link that library don't instantiate it. A struct of a user that has an event as
// a member, or as the detail of one, still does.

#include <lambda_proc/json/decode_table.hpp>

// The library itself defines this: see src/events.cpp.
#ifndef LAMBDA_PROC_EVENT_TABLE
#if defined(LAMBDA_PROC_COMPILED) && defined(LAMBDA_PROC_COMPILED_EVENTS)
#define LAMBDA_PROC_EVENT_TABLE(...) \
  extern template const detail::struct_table& detail::table_for<__VA_ARGS__>() noexcept
#else
#define LAMBDA_PROC_EVENT_TABLE(...) static_assert(true)
#endif
#endif
