#pragma once
// SPDX-License-Identifier: MIT
// What is behind a response_stream: sends the parts of a reply to the host, or collects them. invocation has one for a
// handler that streams.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/handler/http_head.hpp>
#include <lambda_proc/handler/stream_host.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Serves one reply after the other; memory is kept for the next one. A collected reply is a JSON string, or with a
/// head the object that HTTP front ends read: statusCode, headers, cookies, body and isBase64Encoded.
class stream_writer {
 public:
  /// Before the handler is called. `out` is the reply's writer and must outlive the reply.
  LAMBDA_PROC_SEAM void open(const stream_host& host, json_writer& out);
  /// After the handler has returned without a failure.
  LAMBDA_PROC_SEAM result<void> close();
  /// Frees the memory of a large reply.
  LAMBDA_PROC_SEAM void shrink() noexcept;

  LAMBDA_PROC_SEAM bool head(const http_head& head);
  LAMBDA_PROC_SEAM bool write(std::string_view bytes);
  LAMBDA_PROC_SEAM bool flush();
  [[nodiscard]] LAMBDA_PROC_SEAM bool is_closed() const;

 private:
  bool refuse(const char* why) noexcept {
    if (error_ == nullptr) error_ = why;
    return false;
  }
  LAMBDA_PROC_SEAM bool collect(std::string_view bytes);

  stream_host host_;
  json_writer* out_ = nullptr;
  std::string collected_;
  bool has_head_ = false;
  bool has_body_ = false;
  bool is_too_large_ = false;
  // Why the reply can't be sent: the message of an `invalid_reply`.
  const char* error_ = nullptr;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/handler/stream_writer_definitions.hpp>
#endif
