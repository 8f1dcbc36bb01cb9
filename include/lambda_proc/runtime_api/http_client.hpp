#pragma once
// SPDX-License-Identifier: MIT
// An HTTP/1.1 client for one server on this machine, over one persistent connection. runtime_api_channel uses it.

#include <lambda_proc/runtime_api/chunked_writer.hpp>
#include <lambda_proc/runtime_api/endpoint.hpp>
#include <lambda_proc/runtime_api/response_reader.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Sends requests and receives their responses. Blocking; async-signal-safe as long as the response needs no memory.
class http_client {
 public:
  enum class outcome : std::uint8_t {
    answered,
    stopped,      ///< The descriptor `stop` became ready before the response began.
    timed_out,    ///< The time limit has passed.
    unreachable,  ///< No connection: error() is an errno.
    closed,       ///< The connection ended before the response did: error() is an errno, or 0.
    malformed,    ///< The response is not HTTP.
    too_large,    ///< The body of the response is longer than allowed.
    no_memory     ///< There is not enough memory for the response.
  };

  struct limits {
    /// Waiting for a response ends when this descriptor becomes readable; -1 for none.
    int stop = -1;
    /// The time limit for a whole exchange. Without it an exchange may take for ever.
    std::chrono::milliseconds time = std::chrono::milliseconds::max();
  };

  /// Connects on first use. `server` must outlive it.
  explicit http_client(const endpoint& server) : server_(server) {}
  http_client(const http_client&) = delete;
  http_client& operator=(const http_client&) = delete;
  ~http_client() { disconnect(); }

  /// Sends the pieces as one request, and receives the response to it.
  ///
  /// The server may close a persistent connection while it is idle. So if the connection fails before the response has
  /// begun, the request is sent once more over a new connection.
  [[nodiscard]] outcome exchange(std::span<const iovec> pieces, response_reader& response, const limits& bounds) {
    start_clock(bounds);
    const bool kept = fd_ != -1;
    outcome done = exchange_once(pieces, response, bounds);
    if (kept && done == outcome::closed && !response.has_begun()) done = exchange_once(pieces, response, bounds);
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
    const bool kept = fd_ != -1;
    // No response is expected now, so this is the end of the connection.
    if (kept && has_input()) disconnect();
    outcome done = begin_once(pieces);
    if (kept && done == outcome::closed) done = begin_once(pieces);
    return done;
  }
  /// Sends more of it. `closed` if the server has closed the connection, or answers already and reads no further.
  [[nodiscard]] outcome send_more(std::span<const iovec> pieces, const limits& bounds) {
    start_clock(bounds);
    return send(pieces, bounds);
  }
  /// Receives the response, when the request is complete.
  [[nodiscard]] outcome finish(response_reader& response, const limits& bounds) {
    start_clock(bounds);
    response.clear();
    const outcome done = receive(response, bounds);
    if (done != outcome::answered || !response.keeps_connection()) disconnect();
    return done;
  }
  /// Gives up a request that is not complete. `answered` if the server answered it nevertheless, otherwise `closed`.
  [[nodiscard, gnu::cold]] outcome abandon(response_reader& response, const limits& bounds) {
    start_clock(bounds);
    response.clear();
    const bool is_answered = has_input() && receive(response, bounds) == outcome::answered;
    disconnect();
    return is_answered ? outcome::answered : outcome::closed;
  }
  /// Whether the server has sent something or closed the connection.
  [[nodiscard]] bool has_input() const noexcept {
    pollfd input{.fd = fd_, .events = POLLIN, .revents = 0};
    return ::poll(&input, 1, 0) == 1;
  }

  /// The errno behind an outcome other than answered; 0 if the server simply closed the connection.
  [[nodiscard]] int error() const noexcept { return error_; }

 private:
  using clock = std::chrono::steady_clock;

  outcome exchange_once(std::span<const iovec> pieces, response_reader& response, const limits& bounds) {
    response.clear();
    const outcome sent = connect_and_send(pieces, bounds);
    outcome done = sent;
    // A server that refuses a request may answer or close the connection before it has read all of it.
    if (sent == outcome::answered || sent == outcome::closed) done = receive(response, bounds);
    const bool is_complete = sent == outcome::answered && done == outcome::answered;
    if (!is_complete || !response.keeps_connection()) disconnect();
    return done;
  }

  outcome begin_once(std::span<const iovec> pieces) {
    const outcome done = connect_and_send(pieces, limits{});
    if (done != outcome::answered) disconnect();
    return done;
  }

  outcome connect_and_send(std::span<const iovec> pieces, const limits& bounds) {
    error_ = 0;
    if (fd_ == -1) {
      if (const outcome done = connect(bounds); done != outcome::answered) return done;
    }
    return send(pieces, bounds);
  }

  [[gnu::cold]] outcome connect(const limits& bounds) {
    fd_ = ::socket(server_.address.ss_family, SOCK_STREAM, 0);
    if (fd_ == -1) return failed(outcome::unreachable);
    ::fcntl(fd_, F_SETFD, FD_CLOEXEC);
    // A request is sent in one piece, so Nagle's algorithm would only delay it.
    constexpr int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef SO_NOSIGPIPE
    ::setsockopt(fd_, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    const int flags = ::fcntl(fd_, F_GETFL);
    ::fcntl(fd_, F_SETFL, flags | O_NONBLOCK);
    const outcome done = finish_connecting(bounds);
    ::fcntl(fd_, F_SETFL, flags);
    return done;
  }

  [[gnu::cold]] outcome finish_connecting(const limits& bounds) {
    const auto* const address = reinterpret_cast<const sockaddr*>(&server_.address);
    if (::connect(fd_, address, server_.address_size) == 0) return outcome::answered;
    if (errno != EINPROGRESS && errno != EINTR) return failed(outcome::unreachable);
    if (const outcome waited = wait(POLLOUT, -1, bounds); waited != outcome::answered) return waited;
    socklen_t size = sizeof error_;
    ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error_, &size);
    return error_ == 0 ? outcome::answered : outcome::unreachable;
  }

  outcome send(std::span<const iovec> pieces, const limits& bounds) {
    std::array<iovec, most_pieces> copies;
    assert(pieces.size() <= copies.size());
    std::ranges::copy(pieces, copies.begin());
    std::span<iovec> left(copies.data(), pieces.size());
    while (!left.empty()) {
      msghdr message{};
      message.msg_iov = left.data();
      message.msg_iovlen = left.size();
      const ssize_t count = ::sendmsg(fd_, &message, no_sigpipe | MSG_DONTWAIT);
      if (count < 0 && errno == EAGAIN) {
        if (const outcome waited = wait_to_send(bounds); waited != outcome::answered) return waited;
      } else if (count < 0 && errno != EINTR) {
        return failed(outcome::closed);
      } else if (count >= 0) {
        left = without(left, static_cast<std::size_t>(count));
      }
    }
    return outcome::answered;
  }

  static std::span<iovec> without(std::span<iovec> pieces, std::size_t sent) noexcept {
    while (!pieces.empty() && pieces.front().iov_len <= sent) {
      sent -= pieces.front().iov_len;
      pieces = pieces.subspan(1);
    }
    if (!pieces.empty()) {
      pieces.front().iov_base = static_cast<char*>(pieces.front().iov_base) + sent;
      pieces.front().iov_len -= sent;
    }
    return pieces;
  }

  // A server that has answered may not read the rest of the request.
  outcome wait_to_send(const limits& bounds) {
    short found = 0;
    const outcome waited = wait(POLLIN | POLLOUT, -1, bounds, &found);
    return waited == outcome::answered && (found & POLLOUT) == 0 ? outcome::closed : waited;
  }

  outcome receive(response_reader& response, const limits& bounds) {
    for (;;) {
      const std::span<char> room = response.room();
      if (room.empty()) return outcome::no_memory;
      const int stop = response.has_begun() ? -1 : bounds.stop;
      if (stop != -1 || is_limited(bounds)) {
        if (const outcome waited = wait(POLLIN, stop, bounds); waited != outcome::answered) return waited;
      }
      const ssize_t count = ::recv(fd_, room.data(), room.size(), 0);
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (count < 0) return failed(outcome::closed);
      if (count == 0 && !response.has_begun()) return outcome::closed;
      switch (count == 0 ? response.ended() : response.received(static_cast<std::size_t>(count))) {
        case response_reader::state::incomplete: break;
        case response_reader::state::complete: return outcome::answered;
        case response_reader::state::malformed: return count == 0 ? outcome::closed : outcome::malformed;
        case response_reader::state::too_large: return outcome::too_large;
        case response_reader::state::no_memory: return outcome::no_memory;
      }
    }
  }

  void start_clock(const limits& bounds) {
    if (is_limited(bounds)) start_ = clock::now();
  }
  static bool is_limited(const limits& bounds) noexcept { return bounds.time != std::chrono::milliseconds::max(); }

  // Waits until the connection is ready, `stop` has an event, or the time limit has passed. `events`, if it is not
  // null, is set to those of the connection.
  outcome wait(short ready, int stop, const limits& bounds, short* events = nullptr) {
    using std::chrono::milliseconds;
    for (;;) {
      int left_ms = -1;
      if (is_limited(bounds)) {
        const auto left = bounds.time - std::chrono::duration_cast<milliseconds>(clock::now() - start_);
        if (left <= milliseconds::zero()) return outcome::timed_out;
        left_ms = static_cast<int>(left.count());
      }
      std::array<pollfd, 2> waiting{
          {{.fd = fd_, .events = ready, .revents = 0}, {.fd = stop, .events = POLLIN, .revents = 0}}};
      const int found = ::poll(waiting.data(), stop == -1 ? 1 : 2, left_ms);
      if (found < 0 && errno != EINTR) return failed(outcome::closed);
      if (found <= 0) continue;
      if (events != nullptr) *events = waiting[0].revents;
      return waiting[0].revents != 0 ? outcome::answered : outcome::stopped;
    }
  }

  [[gnu::cold]] outcome failed(outcome how) noexcept {
    error_ = errno;
    return how;
  }

  void disconnect() noexcept {
    if (fd_ != -1) ::close(fd_);
    fd_ = -1;
  }

  // The head of a request, and the pieces of a chunk.
  static constexpr std::size_t most_pieces = 7;

#ifdef MSG_NOSIGNAL
  static constexpr int no_sigpipe = MSG_NOSIGNAL;
#else
  static constexpr int no_sigpipe = 0;
#endif

  const endpoint& server_;
  int fd_ = -1;
  int error_ = 0;
  clock::time_point start_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
