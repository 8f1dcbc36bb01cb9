#pragma once
// SPDX-License-Identifier: MIT
// The heads of the requests to AWS Lambda's runtime API. runtime_api_channel uses it.

#include <lambda_proc/core/version.hpp>
#include <lambda_proc/runtime_api/endpoint.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Paths and headers are those of docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. The head of a POST is valid
/// until the next one is made. Allocates only when it is constructed, because crash replies need heads, too.
class request_heads {
 public:
  /// A longer request id can't be used.
  static constexpr std::size_t longest_id = 256;

  /// `server` must outlive it.
  explicit request_heads(const endpoint& server) : server_(server) {
    common_.append(" HTTP/1.1\r\nHost: ").append(server.authority).append("\r\nUser-Agent: lambda_proc/");
    common_.append(std::to_string(version.major)).append(".").append(std::to_string(version.minor));
    common_.append(".").append(std::to_string(version.patch)).append("\r\n");
    next_.append("GET ").append(server.prefix).append(invocation).append("next").append(common_).append("\r\n");
    constexpr std::size_t longest_other_headers = 512;
    post_.reserve(next_.size() + longest_id + longest_other_headers);
  }

  /// The GET that waits for the next invocation.
  [[nodiscard]] std::string_view next() const noexcept { return next_; }

  /// The POST of a reply of `size` bytes, which is a failure if there is an `error_type`.
  std::string_view reply(std::string_view id, std::size_t size, std::string_view error_type) {
    begin(invocation).append(id).append(error_type.empty() ? "/response" : "/error");
    return end(size, error_type);
  }

  /// The POST that reports that the process can't serve.
  [[gnu::cold]] std::string_view init_error(std::size_t size, std::string_view error_type) {
    begin("/2018-06-01/runtime/init/error");
    return end(size, error_type);
  }

  /// The POST of a reply that is streamed, up to Content-Type; streamed_response completes it.
  std::string& streamed_reply(std::string_view id) {
    return begin(invocation).append(id).append("/response").append(common_).append(streaming_headers);
  }

 private:
  static constexpr std::string_view invocation = "/2018-06-01/runtime/invocation/";
  static constexpr std::string_view streaming_headers =
      "Lambda-Runtime-Function-Response-Mode: streaming\r\n"
      "Transfer-Encoding: chunked\r\n"
      "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n";

  std::string& begin(std::string_view path) { return post_.assign("POST ").append(server_.prefix).append(path); }

  std::string_view end(std::size_t size, std::string_view error_type) {
    std::array<char, 20> digits;
    const char* const last = std::to_chars(digits.data(), digits.data() + digits.size(), size).ptr;
    post_.append(common_).append("Content-Type: application/json\r\nContent-Length: ");
    post_.append(digits.data(), static_cast<std::size_t>(last - digits.data()));
    if (!error_type.empty()) post_.append("\r\nLambda-Runtime-Function-Error-Type: ").append(error_type);
    return post_.append("\r\n\r\n");
  }

  const endpoint& server_;
  // The end of the request line, and the headers that all requests have.
  std::string common_;
  std::string next_;
  std::string post_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
