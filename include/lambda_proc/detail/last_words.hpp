#pragma once
// SPDX-License-Identifier: MIT
// The replies that a crashing process still sends, by async-signal-safe means: no lock, no allocation, no waiting
// without end.

#include <lambda_proc/detail/reply_composer.hpp>
#include <lambda_proc/detail/system.hpp>
#include <lambda_proc/json_writer.hpp>
#include <lambda_proc/request.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <cstddef>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

class last_words {
 public:
  /// Everything that allocates happens here.
  last_words(const any_wire& wire, int fd) : wire_(wire), fd_(fd) { text_.reserve(longest_text); }

  /// Makes room for a request with such a long id.
  void expect_id(std::size_t size) { text_.reserve(size + longest_text); }
  /// An id up to this size needs no announcement.
  static constexpr std::size_t plain_id_bytes = 1024;

  /// What the failures say.
  void set_message(std::string_view message) noexcept { message_ = message; }

  /// Sends replies that are ready.
  void send(std::string_view replies) noexcept {
    constexpr int patience_ms = 5000;
    write_bounded(fd_, replies, patience_ms);
  }

  /// Sends the failure of a request that will have no other reply.
  void fail(const request& request) noexcept {
    text_.clear();
    write_failure(wire_, text_, request, "crash", message_);
    send(text_.view());
  }

 private:
  static constexpr std::size_t longest_text = 8192;

  const any_wire& wire_;
  int fd_;
  json_writer text_;
  std::string_view message_;
};

/// Who knows what is still to be said: a channel.
struct last_speaker {
  void* channel = nullptr;
  void (*speak)(void* channel, last_words& words) = nullptr;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
