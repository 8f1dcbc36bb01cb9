#pragma once
// SPDX-License-Identifier: MIT
// A pair of descriptors that keeps the boundaries of writes: each write(2) is one read(2). A test can split what is
// read anywhere, and can detect partial writes.

#include "child.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <sys/socket.h>
#include <unistd.h>

namespace support {

class packets {
 public:
  packets() {
    std::array<int, 2> pair{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) == 0) {
      reader_ = unique_fd(pair[0]);
      writer_ = unique_fd(pair[1]);
    }
  }

  [[nodiscard]] int reader() const { return reader_.get(); }
  [[nodiscard]] int writer() const { return writer_.get(); }

  void send(std::string_view packet) const {
    if (!packet.empty()) static_cast<void>(!::write(writer(), packet.data(), packet.size()));
  }
  /// Sends a text in two packets, and ends.
  void send_in_two(std::string_view text, std::size_t cut) const {
    send(text.substr(0, cut));
    send(text.substr(cut));
    end();
  }
  /// The reader finds end of file after what was sent.
  void end() const { ::shutdown(writer(), SHUT_WR); }

  void close_reader() { reader_ = {}; }

  /// The next packet; empty if there is none.
  [[nodiscard]] std::string receive() const {
    std::string packet(std::size_t{1} << 20U, '\0');
    const auto size = ::recv(reader(), packet.data(), packet.size(), MSG_DONTWAIT);
    packet.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return packet;
  }

 private:
  unique_fd reader_;
  unique_fd writer_;
};

}  // namespace support
