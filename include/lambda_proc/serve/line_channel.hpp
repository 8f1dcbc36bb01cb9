#pragma once
// SPDX-License-Identifier: MIT
// Requests from lines and replies as lines, in the words of a wire: the channel of every process, and of tests.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/crash/crash_mark.hpp>
#include <lambda_proc/crash/last_words.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/serve/line_request.hpp>
#include <lambda_proc/wire/reply_composer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace lambda_proc {
inline namespace v0 {

/// The channel between serve() and a pair of streams.
class line_channel {
 public:
  struct settings {
    /// A reply may wait in memory for those of the requests that have already been read; without it, each leaves before
    /// the next request is looked at.
    bool bulk = false;
    /// Ends the requests when it is true; a signal handler or another thread may set it.
    const std::atomic<bool>* stop = nullptr;
    /// Called before each reply leaves.
    void (*before_reply)() = nullptr;
    /// Called when the first reply has left: what a process prepares there, its first request does not wait for.
    void (*after_first_reply)() = nullptr;
    /// Told which request is in hand.
    detail::crash_mark* mark = nullptr;
  };

  /// Reader and writer must outlive this; the reader's framing is the wire's. wire_of<wire::lambda_proc> is one.
  line_channel(const any_wire& wire, line_reader& reader, reply_writer& writer)
      : line_channel(wire, reader, writer, settings{}) {}
  line_channel(const any_wire& wire, line_reader& reader, reply_writer& writer, const settings& chosen)
      : wire_(wire), reader_(reader), writer_(writer), settings_(chosen), replies_(wire) {}

  /// Waits for the next request. False: there are no more.
  [[nodiscard]] bool next(request& request) {
    if (count_ == 1 && settings_.after_first_reply != nullptr) settings_.after_first_reply();
    line_reader::status found{};
    if (!detail::next_request_line(wire_, reader_, settings_.stop, found)) return false;
    taken_at_ = replies_.finished().size();
    detail::take_request(count_++, settings_.mark, request);
    detail::read_request(wire_, found, reader_.line(), settings_.mark, request);
    return true;
  }

  /// Begins the reply; the value is to be appended to what this gives.
  [[nodiscard]] json_writer& open(const request& request) { return replies_.open(request); }

  /// Ends the reply. A failure says why the host can't take the value; fail() must follow then.
  [[nodiscard]] result<void> close() { return replies_.close(); }

  /// Puts a failure in the place of what was begun, if anything was.
  void fail(const request& request, const failure& why) { replies_.fail(request, why); }

  /// Sends the reply. False: the host is gone.
  bool send() {
    if (settings_.before_reply != nullptr) settings_.before_reply();
    if (settings_.mark != nullptr) settings_.mark->answered();
    const bool can_wait = settings_.bulk && replies_.finished().size() < bulk_bytes && reader_.has_line();
    return can_wait || flush();
  }

  /// Sends what still waits. False: the host is gone.
  bool flush() {
    const detail::whole_section section(settings_.mark);
    const bool sent = replies_.finished().empty() || writer_.write(replies_.finished());
    replies_.clear();
    return sent;
  }

  /// In a signal handler, says what is left to say.
  void speak(detail::last_words& words) const noexcept {
    words.send(replies_.finished());
    const bool answered = replies_.finished().size() != taken_at_;
    if (!answered) words.fail(*settings_.mark);
  }

 private:
  // Large enough for few system calls, small enough to stay in the cache.
  static constexpr std::size_t bulk_bytes = std::size_t{64} << 10U;

  const any_wire& wire_;
  line_reader& reader_;
  reply_writer& writer_;
  settings settings_;
  detail::reply_composer replies_;
  std::uint64_t count_ = 0;
  // The size of the finished replies when the request in hand was taken.
  std::size_t taken_at_ = 0;
};

}  // namespace v0
}  // namespace lambda_proc
