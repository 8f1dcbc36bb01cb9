#pragma once
// SPDX-License-Identifier: MIT
// The response to one invocation, sent to AWS Lambda's runtime API while the handler makes it. runtime_api_channel has
// one.

#include <lambda_proc/core/encode_base64.hpp>
#include <lambda_proc/crash/serving_thread.hpp>
#include <lambda_proc/io/forked_copy.hpp>
#include <lambda_proc/runtime_api/chunked_writer.hpp>
#include <lambda_proc/runtime_api/http_client.hpp>
#include <lambda_proc/runtime_api/response_reader.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include <sys/uio.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A POST whose body is chunked and whose trailers report a failure (AWS Lambda Developer Guide, "Building a custom
/// runtime for AWS Lambda", response streaming). One object serves all invocations of a loop. Its buffer is allocated
/// for the first response that is streamed.
class streamed_response {
 public:
  /// The largest JSON of a failure that is sent as a trailer. Servers limit the size of headers.
  static constexpr std::size_t max_failure_bytes = 6000;

  /// `thread` may be null.
  streamed_response(http_client& client, serving_thread* thread) : client_(client), thread_(thread) {}

  /// Call it before a handler that streams. `head` is the head of the request up to Content-Type; it is completed here,
  /// and must stay valid until close().
  void open(std::string& head) {
    chunks_.begin();
    head_ = &head;
    has_type_ = false;
    state_ = state::open;
  }
  void close() noexcept { state_ = state::none; }

  /// Whether a handler that streams was called, and nothing has been sent yet.
  [[nodiscard]] bool is_open() const noexcept { return state_ == state::open; }
  /// Whether anything was sent, or could not be sent.
  [[nodiscard]] bool has_started() const noexcept { return state_ == state::started || state_ == state::broken; }

  bool write_head(std::string_view json) {
    constexpr std::string_view separator("\0\0\0\0\0\0\0\0", 8);
    set_type("application/vnd.awslambda.http-integration-response");
    return write(json) && write(separator);
  }
  bool write(std::string_view bytes) {
    if (state_ == state::broken) return false;
    set_type(default_type);
    const auto send = [this](std::span<const iovec> pieces) { return transmit(pieces); };
    return chunks_.write(bytes, chunked_writer::sender(send));
  }
  bool flush() {
    if (state_ == state::broken) return false;
    const auto send = [this](std::span<const iovec> pieces) { return transmit(pieces); };
    return chunks_.flush(chunked_writer::sender(send));
  }
  /// Whether the client has left: the server has answered early, or has closed the connection.
  [[nodiscard]] bool is_closed() {
    if (state_ == state::started && client_.has_input()) state_ = state::broken;
    return state_ == state::broken;
  }

  /// Ends the response, and receives the answer to it. Call it in a critical section.
  [[nodiscard]] http_client::outcome finish(response_reader& answer) {
    if (state_ == state::broken) return client_.abandon(answer, {.time = std::chrono::seconds(1)});
    if (state_ == state::started) return end({}, answer, {});
    set_type(default_type);
    // All of it at once: then it can be sent again if the connection was closed while it was idle.
    http_client::outcome got{};
    const auto send = [&](std::span<const iovec> pieces) {
      got = client_.exchange(pieces, answer, {});
      return true;
    };
    chunks_.end({}, chunked_writer::sender(send));
    return got;
  }
  /// The same for a failure after the response has started; `json` is at most max_failure_bytes.
  [[nodiscard, gnu::cold]] http_client::outcome fail(std::string_view error_type, std::string_view json,
                                                     response_reader& answer) {
    const auto send = [this](std::span<const iovec> pieces) { return send_more(pieces, {}); };
    if (state_ == state::started) chunks_.flush(chunked_writer::sender(send));
    return state_ == state::broken ? finish(answer) : end(trailers(error_type, json), answer, {});
  }
  /// The same in a signal handler, after a crash. What was not sent yet is discarded.
  [[gnu::cold]] void crash(std::string_view error_type, std::string_view json, response_reader& answer,
                           const http_client::limits& bounds) noexcept {
    if (state_ == state::started) static_cast<void>(end(trailers(error_type, json), answer, bounds));
  }

 private:
  enum class state : std::uint8_t {
    none,
    open,     ///< A handler that streams is running. Nothing was sent yet.
    started,  ///< The head was sent, and perhaps chunks, each to its end.
    broken    ///< Nothing more can be sent.
  };

  static constexpr std::string_view default_type = "application/octet-stream";

  void set_type(std::string_view type) {
    if (has_type_) return;
    has_type_ = true;
    head_->append("Content-Type: ").append(type).append("\r\n\r\n");
    chunks_.set_head(*head_);
  }

  bool transmit(std::span<const iovec> pieces) {
    // A forked copy shares the connection, and must not reply.
    if (is_forked_copy()) ::_exit(EXIT_SUCCESS);
    // A crash on another thread does not interrupt a chunk.
    const critical_section section(thread_);
    if (state_ == state::started) return send_more(pieces, {});
    const bool sent = client_.begin(pieces) == http_client::outcome::completed;
    state_ = sent ? state::started : state::broken;
    return sent;
  }

  bool send_more(std::span<const iovec> pieces, const http_client::limits& bounds) {
    const bool sent = client_.send_more(pieces, bounds) == http_client::outcome::completed;
    if (!sent) state_ = state::broken;
    return sent;
  }

  http_client::outcome end(std::string_view trailers, response_reader& answer, const http_client::limits& bounds) {
    const auto send = [&](std::span<const iovec> pieces) { return send_more(pieces, bounds); };
    const bool sent = chunks_.end(trailers, chunked_writer::sender(send));
    return sent ? client_.finish(answer, bounds) : finish(answer);
  }

  // The trailers that request_heads declares. Built in the buffer, so that they need no memory after a crash.
  [[nodiscard, gnu::cold]] std::string_view trailers(std::string_view error_type, std::string_view json) noexcept {
    char* const start = chunks_.discard();
    char* end = start;
    const auto add = [&end](std::string_view text) { end += text.copy(end, text.size()); };
    add("Lambda-Runtime-Function-Error-Type: ");
    add(error_type);
    add("\r\nLambda-Runtime-Function-Error-Body: ");
    encode_base64(json, end);
    end += base64_size(json.size());
    add("\r\n");
    return {start, static_cast<std::size_t>(end - start)};
  }

  http_client& client_;
  serving_thread* thread_;
  chunked_writer chunks_;
  std::string* head_ = nullptr;
  bool has_type_ = false;
  state state_ = state::none;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
