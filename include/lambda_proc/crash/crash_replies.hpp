#pragma once
// SPDX-License-Identifier: MIT
// The replies that a crashing process still sends. Async-signal-safe: no locks, no allocation, and a time limit.

#include <lambda_proc/crash/serving_thread.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/reply_composer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

class crash_replies {
 public:
  /// `message` is the message of every failure sent.
  crash_replies(const any_wire& wire, int fd, std::string_view message) noexcept
      : wire_(wire), fd_(fd), message_(message) {}

  /// Sends replies that are already complete.
  [[gnu::cold]] void send(std::string_view replies) noexcept {
    constexpr int time_limit_ms = 3000;
    // Nothing may follow an incomplete reply.
    if (intact_) intact_ = write_bounded(fd_, replies, time_limit_ms);
  }

  /// Sends a failure as the reply to the thread's in-flight request, if it has one.
  void fail(serving_thread& thread) noexcept { send(failure_for(thread)); }

  /// Returns a failure as the reply to the thread's in-flight request; empty if it has none.
  [[nodiscard, gnu::cold]] std::string_view failure_for(serving_thread& thread) const noexcept {
    const request* const unanswered = thread.in_flight();
    if (unanswered == nullptr) return {};
    json_writer* const text = thread.text_for(*unanswered);
    if (text == nullptr) return {};
    text->clear();
    write_failure(wire_, *text, *unanswered, "crash", message_);
    return text->view();
  }

 private:
  const any_wire& wire_;
  int fd_;
  std::string_view message_;
  bool intact_ = true;
};

/// The channel, which knows which replies are still to be sent.
struct crash_responder {
  void* channel;
  void (*send)(void* channel, crash_replies& replies) noexcept;
  /// Whether all threads write to one stream, so that nothing may follow a reply that one of them has begun.
  bool shares_stream;
};

template <class Channel>
[[nodiscard]] crash_responder crash_responder_for(Channel& channel, bool shares_stream = true) noexcept {
  return {&channel,
          [](void* self, crash_replies& replies) noexcept { static_cast<Channel*>(self)->send_crash_replies(replies); },
          shares_stream};
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
