#pragma once
// SPDX-License-Identifier: MIT
// The replies that a crashing process still sends, by async-signal-safe means: no lock, no allocation, no waiting
// without end.

#include <lambda_proc/crash/crash_mark.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/reply_composer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

class last_words {
 public:
  /// `message` is what the failures say.
  last_words(const any_wire& wire, int fd, std::string_view message) noexcept
      : wire_(wire), fd_(fd), message_(message) {}

  /// Sends replies that are ready.
  void send(std::string_view replies) noexcept {
    constexpr int patience_ms = 3000;
    // Nothing may follow a reply that was cut off.
    if (heard_) heard_ = write_bounded(fd_, replies, patience_ms);
  }

  /// Sends the failure of a thread's request, which will have no other reply.
  void fail(crash_mark& mark) noexcept {
    const request* const unanswered = mark.in_hand();
    if (unanswered == nullptr) return;
    json_writer* const text = mark.text_for(*unanswered);
    if (text == nullptr) return;
    text->clear();
    write_failure(wire_, *text, *unanswered, "crash", message_);
    send(text->view());
  }

 private:
  const any_wire& wire_;
  int fd_;
  std::string_view message_;
  bool heard_ = true;
};

/// Who knows what is still to be said: a channel.
struct last_speaker {
  const void* channel;
  void (*speak)(const void* channel, last_words& words) noexcept;
};

template <class Channel>
[[nodiscard]] last_speaker last_speaker_for(const Channel& channel) noexcept {
  return {&channel,
          [](const void* self, last_words& words) noexcept { static_cast<const Channel*>(self)->speak(words); }};
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
