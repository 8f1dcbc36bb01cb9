#pragma once
// SPDX-License-Identifier: MIT
// Requests from lines and replies as lines, in the words of a wire: the channel of every process, and of tests.

#include <lambda_proc/failure.hpp>
#include <lambda_proc/json_writer.hpp>
#include <lambda_proc/line_reader.hpp>
#include <lambda_proc/reply_writer.hpp>
#include <lambda_proc/request.hpp>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {

/// The channel between serve() and a pair of streams. Wire says what the lines mean; see wire/lambda_proc.hpp for one.
template <class Wire>
class line_channel {
 public:
  /// Reader and writer must outlive this. With `bulk` a reply may wait in memory for those of the requests that have
  /// already been read; without it, each leaves before the next request is looked at. `stop`, if given, ends the
  /// requests when it is not 0.
  line_channel(line_reader& reader, reply_writer& writer, bool bulk = false,
               const volatile std::sig_atomic_t* stop = nullptr)
      : reader_(reader), writer_(writer), bulk_(bulk), stop_(stop) {}

  /// Waits for the next request. False: there are no more.
  [[nodiscard]] bool next(request& request) {
    for (;;) {
      if (stopped()) return false;
      const auto status = reader_.next();
      if (status == line_reader::status::end || status == line_reader::status::failed) return false;
      // What a signal cut off is not a request.
      if (reader_.at_end() && stopped()) return false;
      if (!Wire::answers_blank_lines && status == line_reader::status::line && is_blank(reader_.line())) continue;
      request.restart(count_++);
      if (status == line_reader::status::too_long) {
        request.refusal = failure{"request_too_large", "the line is longer than the limit"};
      } else if (result<void> done = Wire::read(reader_.line(), request); !done) {
        request.refusal = std::move(done).error();
      }
      return true;
    }
  }

  /// Begins the reply; the value is to be appended to what this gives.
  [[nodiscard]] json_writer& open(const request& request) {
    start_ = json_.size();
    Wire::open(json_, request);
    return json_;
  }

  /// Sends the reply that was begun. False: the host is gone.
  bool close() {
    Wire::close(json_);
    return send();
  }

  /// Sends a failure in place of what was begun, if anything was. False: the host is gone.
  bool fail(const request& request, const failure& why) {
    json_.truncate(std::min(start_, json_.size()));
    Wire::fail(json_, request, why);
    return send();
  }

  /// Sends what still waits. False: the host is gone.
  bool flush() {
    const bool sent = json_.size() == 0 || writer_.write(json_.view());
    json_.clear(line_reader::kept_bytes);
    start_ = 0;
    return sent;
  }

 private:
  // Large enough for few system calls, small enough to stay in the cache.
  static constexpr std::size_t bulk_bytes = std::size_t{64} << 10U;

  static bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }
  bool stopped() const { return stop_ != nullptr && *stop_ != 0; }

  bool send() {
    start_ = json_.size();
    const bool can_wait = bulk_ && json_.size() < bulk_bytes && reader_.has_line();
    return can_wait || flush();
  }

  line_reader& reader_;
  reply_writer& writer_;
  json_writer json_;
  // Where the reply in hand begins.
  std::size_t start_ = 0;
  std::uint64_t count_ = 0;
  bool bulk_;
  const volatile std::sig_atomic_t* stop_;
};

}  // namespace v0
}  // namespace lambda_proc
