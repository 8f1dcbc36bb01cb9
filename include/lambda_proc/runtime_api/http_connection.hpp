#pragma once
// SPDX-License-Identifier: MIT
// A TCP connection to a server on this machine, which sends and receives within limits. http_client has one.

#include <lambda_proc/runtime_api/endpoint.hpp>
#include <lambda_proc/runtime_api/http_outcome.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <span>

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

/// What ends sending, receiving or an exchange before it is completed.
struct http_limits {
  /// Waiting for the beginning of a response ends when this descriptor becomes readable; -1 for none.
  int stop = -1;
  /// The time limit for a whole exchange. Without it an exchange may take for ever.
  std::chrono::milliseconds time = std::chrono::milliseconds::max();
};

/// Connects when there is something to send, and again after close(). Blocking; async-signal-safe.
class http_connection {
 public:
  /// `server` must outlive it.
  explicit http_connection(const endpoint& server) : server_(server) {}
  http_connection(const http_connection&) = delete;
  http_connection& operator=(const http_connection&) = delete;
  ~http_connection() { close(); }

  [[nodiscard]] bool is_open() const noexcept { return fd_ != -1; }

  void close() noexcept {
    if (is_open()) ::close(fd_);
    fd_ = -1;
  }

  /// The errno behind an outcome other than completed; 0 if the server simply closed the connection.
  [[nodiscard]] int error() const noexcept { return error_; }

  /// Whether the server has sent something or closed the connection.
  [[nodiscard]] bool has_input() const noexcept {
    pollfd input{.fd = fd_, .events = POLLIN, .revents = 0};
    return ::poll(&input, 1, 0) == 1;
  }

  /// The limits for what follows. The time begins now.
  void set_limits(const http_limits& limits) {
    limits_ = limits;
    if (is_timed()) start_ = clock::now();
  }

  /// Sends all of the pieces, over a new connection if there is none. `closed` if the server has closed the connection,
  /// or answers already and reads no further.
  http_outcome send(std::span<const iovec> pieces) {
    error_ = 0;
    if (!is_open()) {
      if (const http_outcome done = connect(); done != http_outcome::completed) return done;
    }
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
        if (const http_outcome waited = wait_to_send(); waited != http_outcome::completed) return waited;
      } else if (count < 0 && errno != EINTR) {
        return failed(http_outcome::closed);
      } else if (count >= 0) {
        left = without(left, static_cast<std::size_t>(count));
      }
    }
    return http_outcome::completed;
  }

  /// Receives some bytes into `room`, and sets `count`; to 0 at the end of the connection. Heeds the descriptor `stop`
  /// only if it is told to.
  http_outcome receive(std::span<char> room, std::size_t& count, bool may_stop) {
    const int stop = may_stop ? limits_.stop : -1;
    for (;;) {
      if (stop != -1 || is_timed()) {
        if (const http_outcome waited = wait(POLLIN, stop); waited != http_outcome::completed) return waited;
      }
      const ssize_t received = ::recv(fd_, room.data(), room.size(), 0);
      if (received < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (received < 0) return failed(http_outcome::closed);
      count = static_cast<std::size_t>(received);
      return http_outcome::completed;
    }
  }

 private:
  using clock = std::chrono::steady_clock;

  // As many as chunked_writer sends at once.
  static constexpr std::size_t most_pieces = 7;

#ifdef MSG_NOSIGNAL
  static constexpr int no_sigpipe = MSG_NOSIGNAL;
#else
  static constexpr int no_sigpipe = 0;
#endif

  [[gnu::cold]] http_outcome connect() {
    fd_ = ::socket(server_.address.ss_family, SOCK_STREAM, 0);
    if (fd_ == -1) return failed(http_outcome::unreachable);
    ::fcntl(fd_, F_SETFD, FD_CLOEXEC);
    // A request is sent in one piece, so Nagle's algorithm would only delay it.
    constexpr int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef SO_NOSIGPIPE
    ::setsockopt(fd_, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    const int flags = ::fcntl(fd_, F_GETFL);
    ::fcntl(fd_, F_SETFL, flags | O_NONBLOCK);
    const http_outcome done = finish_connecting();
    ::fcntl(fd_, F_SETFL, flags);
    return done;
  }

  [[gnu::cold]] http_outcome finish_connecting() {
    const auto* const address = reinterpret_cast<const sockaddr*>(&server_.address);
    if (::connect(fd_, address, server_.address_size) == 0) return http_outcome::completed;
    if (errno != EINPROGRESS && errno != EINTR) return failed(http_outcome::unreachable);
    if (const http_outcome waited = wait(POLLOUT, -1); waited != http_outcome::completed) return waited;
    socklen_t size = sizeof error_;
    ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error_, &size);
    return error_ == 0 ? http_outcome::completed : http_outcome::unreachable;
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

  // A server that has already answered may not read the rest of the request.
  http_outcome wait_to_send() {
    short found = 0;
    const http_outcome waited = wait(POLLIN | POLLOUT, -1, &found);
    return waited == http_outcome::completed && (found & POLLOUT) == 0 ? http_outcome::closed : waited;
  }

  [[nodiscard]] bool is_timed() const noexcept { return limits_.time != std::chrono::milliseconds::max(); }

  // Waits until the connection is ready, `stop` has an event, or the time limit has passed. `events`, if it is not
  // null, is set to those of the connection.
  http_outcome wait(short ready, int stop, short* events = nullptr) {
    using std::chrono::milliseconds;
    for (;;) {
      int left_ms = -1;
      if (is_timed()) {
        const auto left = limits_.time - std::chrono::duration_cast<milliseconds>(clock::now() - start_);
        if (left <= milliseconds::zero()) return http_outcome::timed_out;
        left_ms = static_cast<int>(left.count());
      }
      std::array<pollfd, 2> waiting{
          {{.fd = fd_, .events = ready, .revents = 0}, {.fd = stop, .events = POLLIN, .revents = 0}}};
      const int found = ::poll(waiting.data(), stop == -1 ? 1 : 2, left_ms);
      if (found < 0 && errno != EINTR) return failed(http_outcome::closed);
      if (found <= 0) continue;
      if (events != nullptr) *events = waiting[0].revents;
      return waiting[0].revents != 0 ? http_outcome::completed : http_outcome::stopped;
    }
  }

  [[gnu::cold]] http_outcome failed(http_outcome how) noexcept {
    error_ = errno;
    return how;
  }

  const endpoint& server_;
  int fd_ = -1;
  int error_ = 0;
  http_limits limits_;
  clock::time_point start_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
