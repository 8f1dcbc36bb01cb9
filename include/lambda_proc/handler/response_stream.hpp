#pragma once
// SPDX-License-Identifier: MIT
// A reply that is written while the handler makes it; the last argument of a handler that streams.

#include <lambda_proc/handler/http_head.hpp>
#include <lambda_proc/handler/stream_writer.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {

/// A reply in parts. A handler that takes it returns nothing; the reply ends when it returns:
///
///     result<void> count(const context&, const query& q, response_stream& out) {
///       out.head(http_head(200).header("content-type", "text/event-stream"));
///       for (int i = 0; i < q.events && !out.closed(); ++i) {
///         out.write("data: " + std::to_string(i) + "\n\n");
///         out.flush();
///       }
///       return {};
///     }
///
/// As a native function of AWS Lambda (the runtime API), parts are sent when 64 KB are written, at flush(), and at the
/// end; write() waits while the client reads too slowly. A failure or an exception before anything was sent is an
/// ordinary failure. After that it ends the reply, and the client sees that the reply is incomplete.
///
/// All other hosts take a reply in one piece: the parts are collected up to the host's limit, and the reply is text or,
/// after head(), the object that HTTP front ends read (with a body of base64 if it is not UTF-8). A failure replaces
/// the whole reply.
///
/// Only the handler's own thread may use it, and only until the handler returns.
class response_stream {
 public:
  explicit response_stream(detail::stream_writer& writer) noexcept : writer_(writer) {}
  response_stream(const response_stream&) = delete;
  response_stream& operator=(const response_stream&) = delete;

  /// Makes the reply an HTTP response. Call it once, before the first write(); otherwise, or if HTTP can't carry the
  /// head, the reply is the failure `invalid_reply`. Returns false if nothing more can be sent.
  bool head(const http_head& head) { return writer_.head(head); }

  /// Adds text, or bytes. The memory may be reused afterwards. Returns false if nothing more can be sent.
  bool write(std::string_view text) { return writer_.write(text); }
  bool write(std::span<const std::byte> bytes) {
    return writer_.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }

  /// Sends what was written so far. Returns false if nothing more can be sent.
  bool flush() { return writer_.flush(); }

  /// Whether nothing more can be sent, because the client left, the reply is larger than the host takes, or its head
  /// was refused. What is written then is dropped. Where the reply is sent in parts, this costs a system call.
  [[nodiscard]] bool closed() const { return writer_.is_closed(); }

 private:
  detail::stream_writer& writer_;
};

}  // namespace v0
}  // namespace lambda_proc
