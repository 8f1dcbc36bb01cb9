#pragma once
// SPDX-License-Identifier: MIT
// An HTTP/1.1 client for one server on this machine, over one persistent connection. runtime_api_channel uses it.

#include <lambda_proc/io/system.hpp>
#include <lambda_proc/runtime_api/endpoint.hpp>
#include <lambda_proc/runtime_api/http_connection.hpp>
#include <lambda_proc/runtime_api/http_outcome.hpp>
#include <lambda_proc/runtime_api/response_reader.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include <sys/uio.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Sends requests and receives their responses. Blocking; async-signal-safe as long as the response needs no memory.
class http_client {
 public:
  using outcome = http_outcome;
  using limits = http_limits;

  /// Connects on first use. `server` must outlive it.
  explicit http_client(const endpoint& server) : connection_(server) {}

  /// Sends the pieces as one request, and receives the response to it.
  ///
  /// The server may close a persistent connection while it is idle. So if the connection fails before the response has
  /// begun, the request is sent once more over a new connection.
  [[nodiscard]] outcome exchange(std::span<const iovec> pieces, response_reader& response, const limits& bounds) {
    connection_.set_limits(bounds);
    const bool kept = connection_.is_open();
    outcome done = exchange_once(pieces, response);
    if (kept && done == outcome::closed && !response.has_begun()) done = exchange_once(pieces, response);
    return done;
  }
  [[nodiscard]] outcome exchange(std::string_view head, std::string_view body, response_reader& response,
                                 const limits& bounds) {
    return exchange(std::array{to_iovec(head), to_iovec(body)}, response, bounds);
  }
  [[nodiscard]] outcome exchange(std::string_view head, std::string_view body, response_reader& response) {
    return exchange(head, body, response, limits{});
  }

  /// Sends the first pieces of a request that is not complete yet: over a new connection, if the server closed the
  /// persistent one while it was idle.
  [[nodiscard]] outcome begin(std::span<const iovec> pieces) {
    connection_.set_limits({});
    const bool kept = connection_.is_open();
    // No response is expected now, so this is the end of the connection.
    if (kept && has_input()) connection_.close();
    outcome done = begin_once(pieces);
    if (kept && done == outcome::closed) done = begin_once(pieces);
    return done;
  }
  /// Sends more of it. `closed` if the server has closed the connection, or answers already and reads no further.
  [[nodiscard]] outcome send_more(std::span<const iovec> pieces, const limits& bounds) {
    connection_.set_limits(bounds);
    return connection_.send(pieces);
  }
  /// Receives the response, when the request is complete.
  [[nodiscard]] outcome finish(response_reader& response, const limits& bounds) {
    connection_.set_limits(bounds);
    response.clear();
    const outcome done = receive(response);
    if (done != outcome::completed || !response.keeps_connection()) connection_.close();
    return done;
  }
  /// Gives up a request that is not complete. `completed` if the server has answered it nevertheless, otherwise
  /// `closed`.
  [[nodiscard, gnu::cold]] outcome abandon(response_reader& response, const limits& bounds) {
    connection_.set_limits(bounds);
    response.clear();
    const bool is_answered = has_input() && receive(response) == outcome::completed;
    connection_.close();
    return is_answered ? outcome::completed : outcome::closed;
  }
  /// Whether the server has sent something or closed the connection.
  [[nodiscard]] bool has_input() const noexcept { return connection_.has_input(); }

  /// The errno behind an outcome other than completed; 0 if the server simply closed the connection.
  [[nodiscard]] int error() const noexcept { return connection_.error(); }

 private:
  outcome exchange_once(std::span<const iovec> pieces, response_reader& response) {
    response.clear();
    const outcome sent = connection_.send(pieces);
    outcome done = sent;
    // A server that refuses a request may answer or close the connection before it has read all of it.
    if (sent == outcome::completed || sent == outcome::closed) done = receive(response);
    const bool is_complete = sent == outcome::completed && done == outcome::completed;
    if (!is_complete || !response.keeps_connection()) connection_.close();
    return done;
  }

  outcome begin_once(std::span<const iovec> pieces) {
    const outcome done = connection_.send(pieces);
    if (done != outcome::completed) connection_.close();
    return done;
  }

  outcome receive(response_reader& response) {
    for (;;) {
      const std::span<char> room = response.room();
      if (room.empty()) return outcome::no_memory;
      std::size_t count = 0;
      const outcome done = connection_.receive(room, count, !response.has_begun());
      if (done != outcome::completed) return done;
      if (count == 0 && !response.has_begun()) return outcome::closed;
      switch (count == 0 ? response.ended() : response.received(count)) {
        case response_reader::state::incomplete: break;
        case response_reader::state::complete: return outcome::completed;
        case response_reader::state::malformed: return count == 0 ? outcome::closed : outcome::malformed;
        case response_reader::state::too_large: return outcome::too_large;
        case response_reader::state::no_memory: return outcome::no_memory;
      }
    }
  }

  http_connection connection_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
