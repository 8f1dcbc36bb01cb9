#pragma once
// SPDX-License-Identifier: MIT
// A mock of AWS Lambda's runtime API, which sends exactly the bytes that the test chooses. Each call has a time limit.

#include "child.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace support {

struct http_request {
  std::string method;
  std::string path;
  /// Names in lower case.
  std::map<std::string, std::string> headers;
  std::string body;
  /// Those of a chunked body, with names in lower case.
  std::map<std::string, std::string> trailers;
};

class mock_connection {
 public:
  explicit mock_connection(unique_fd fd) : fd_(std::move(fd)) {}

  /// The next request; nothing if the client closes the connection instead.
  std::optional<http_request> receive();
  /// The same without its body.
  std::optional<http_request> receive_head();
  /// The next line without its line break; nothing at the end.
  std::optional<std::string> receive_line();
  /// The next chunk of a body; an empty one is the last. Nothing if the client closes the connection instead.
  std::optional<std::string> receive_chunk();
  /// What follows the last chunk.
  std::map<std::string, std::string> receive_trailers();
  void send(std::string_view text) const;
  /// Sends the text in parts of this size, so that each is received separately as far as the system allows.
  void send_in_parts(std::string_view text, std::size_t size) const;
  /// Ends sending: the client finds end of file.
  void end() const;
  /// Closes the connection with a reset.
  void reset();
  void close() { fd_ = {}; }

 private:
  // Reads more bytes. Returns false at the end.
  bool fill();
  // The next bytes, which are removed. Nothing at the end.
  std::optional<std::string> take(std::size_t size);
  // Headers, or trailers, up to their empty line.
  std::optional<std::map<std::string, std::string>> take_fields();

  unique_fd fd_;
  std::string unread_;
};

class mock_runtime_api {
 public:
  /// Listens on a free port of 127.0.0.1.
  mock_runtime_api();

  /// The value for AWS_LAMBDA_RUNTIME_API.
  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] mock_connection accept() const;
  /// Refuses further connections.
  void close() { fd_ = {}; }

 private:
  unique_fd fd_;
  std::string address_;
};

/// The answer to /next. `headers` are additional headers, each with its line break.
[[nodiscard]] std::string invocation(std::string_view id, std::string_view event, std::string_view headers = "");
/// The same in chunks of this size.
[[nodiscard]] std::string chunked_invocation(std::string_view id, std::string_view event, std::size_t size);
[[nodiscard]] std::string answer(std::string_view status, std::string_view body);
/// The answer to a valid reply.
inline const std::string accepted = answer("202 Accepted", "{\"status\":\"OK\"}\n");

/// The paths of the request for the next invocation, and of the reply to one.
inline const std::string next_path = "/2018-06-01/runtime/invocation/next";
[[nodiscard]] inline std::string response_path(std::string_view id) {
  return std::string("/2018-06-01/runtime/invocation/").append(id).append("/response");
}
[[nodiscard]] inline std::string error_path(std::string_view id) {
  return std::string("/2018-06-01/runtime/invocation/").append(id).append("/error");
}

}  // namespace support
