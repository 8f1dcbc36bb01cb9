#pragma once
// SPDX-License-Identifier: MIT
// How sending and receiving over HTTP may end. http_connection and http_client return it, runtime_api_log describes it.

#include <cstdint>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// What became of sending, receiving, or an exchange.
enum class http_outcome : std::uint8_t {
  completed,    ///< For an exchange: the whole response was received.
  stopped,      ///< The descriptor `stop` became ready before the response began.
  timed_out,    ///< The time limit has passed.
  unreachable,  ///< No connection: error() is an errno.
  closed,       ///< The connection ended before the response did: error() is an errno, or 0.
  malformed,    ///< The response is not HTTP.
  too_large,    ///< The body of the response is longer than allowed.
  no_memory     ///< There is not enough memory for the response.
};

/// Says what went wrong; empty if nothing did.
[[nodiscard, gnu::cold]] inline std::string_view describe(http_outcome outcome) noexcept {
  switch (outcome) {
    using enum http_outcome;
    case unreachable: return "there is no connection";
    case closed: return "the connection was closed";
    case malformed: return "the answer is not HTTP";
    case timed_out: return "there was no answer in time";
    case too_large: return "the answer is too large";
    case no_memory: return "memory ran out";
    case completed:
    case stopped: break;
  }
  return {};
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
