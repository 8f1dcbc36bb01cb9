#pragma once
// SPDX-License-Identifier: MIT
// The channel that reads requests from lines and writes replies as lines, in the format of a wire.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_thread.hpp>
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

/// The channel between serve() and a pair of streams. run() makes one unless there are workers; tests make their own.
class line_channel {
 public:
  /// Bulk mode writes when it has collected this many bytes: enough that system calls are few, and little enough that
  /// the replies are still in the cache.
  static constexpr std::size_t bulk_bytes = std::size_t{64} << 10U;

  struct settings {
    /// Replies may be collected while further requests are in the buffer. Otherwise each is written before the next
    /// request is parsed.
    bool bulk = false;
    /// No more requests are read once this is true. A signal handler or another thread may set it.
    const std::atomic<bool>* stop = nullptr;
    /// Called before each reply is written.
    void (*before_reply)() = nullptr;
    /// Called after the first reply was written, for preparations that the first request should not wait for.
    void (*after_first_reply)() = nullptr;
    /// Records which request is in flight, for crash replies.
    detail::serving_thread* thread = nullptr;
  };

  /// The wire, for example wire_of<wire::lambda_proc>, the reader and the writer must outlive the channel. The reader's
  /// framing must be that of the wire.
  line_channel(const any_wire& wire, line_reader& reader, reply_writer& writer)
      : line_channel(wire, reader, writer, settings{}) {}
  line_channel(const any_wire& wire, line_reader& reader, reply_writer& writer, const settings& chosen)
      : wire_(wire), reader_(reader), writer_(writer), settings_(chosen), replies_(wire) {}

  /// Waits for the next request. False if there are no more.
  [[nodiscard]] bool next(request& request) {
    if (count_ == 1 && settings_.after_first_reply != nullptr) settings_.after_first_reply();
    line_reader::status found{};
    if (!detail::next_request_line(wire_, reader_, settings_.stop, found)) return false;
    taken_at_ = replies_.finished().size();
    detail::take_request(count_++, settings_.thread, request);
    detail::read_request(wire_, found, reader_.line(), settings_.thread, request);
    return true;
  }

  /// Streamed replies are collected, because a reply is a single line.
  [[nodiscard]] detail::stream_host streams() const noexcept { return detail::collected_streams(wire_); }

  /// Begins the reply, and returns the writer to which the value is appended.
  [[nodiscard]] json_writer& open(const request& request) { return replies_.open(request); }

  /// Ends the reply. Returns a failure if the host can't take the value; then call fail().
  [[nodiscard]] result<void> close() { return replies_.close(); }

  /// Writes a failure as the reply, in place of what was already written of it.
  void fail(const request& request, const failure& why) { replies_.fail(request, why); }

  /// Sends the reply. False if the host is gone.
  bool send() {
    if (settings_.before_reply != nullptr) settings_.before_reply();
    if (settings_.thread != nullptr) settings_.thread->answered();
    const bool can_wait = settings_.bulk && replies_.finished().size() < bulk_bytes && reader_.has_line();
    return can_wait || flush();
  }

  /// Sends collected replies. False if the host is gone.
  bool flush() {
    const detail::critical_section section(settings_.thread);
    const bool sent = replies_.finished().empty() || writer_.write(replies_.finished());
    replies_.clear();
    return sent;
  }

  /// In a signal handler: sends the collected replies, and a failure for the in-flight request.
  [[gnu::cold]] void send_crash_replies(detail::crash_replies& replies) const noexcept {
    replies.send(replies_.finished());
    const bool answered = replies_.finished().size() != taken_at_;
    if (!answered) replies.fail(*settings_.thread);
  }

 private:
  const any_wire& wire_;
  line_reader& reader_;
  reply_writer& writer_;
  settings settings_;
  detail::reply_composer replies_;
  std::uint64_t count_ = 0;
  // The size of the finished replies when the in-flight request was taken.
  std::size_t taken_at_ = 0;
};

}  // namespace v0
}  // namespace lambda_proc
