#pragma once
// SPDX-License-Identifier: MIT
// The log records about the runtime API itself. runtime_api_channel writes them.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/log/log.hpp>
#include <lambda_proc/runtime_api/endpoint.hpp>
#include <lambda_proc/runtime_api/http_outcome.hpp>
#include <lambda_proc/runtime_api/response_reader.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Each record has the id of the invocation. Fatal records, after which nothing is served, also have the address of the
/// runtime API.
class runtime_api_log {
 public:
  /// Both must outlive it. `id` is the id of the current invocation.
  runtime_api_log(const endpoint& server, const std::string& id) : server_(server), id_(id) {}

  [[gnu::cold]] void client_left() const { record(log_level::warn, "the client left before the end of the reply"); }

  [[gnu::cold]] void refused(const response_reader& answer) const {
    record(log_level::warn, "the runtime API refused the reply", "status", answer.status(), "answer",
           shortened(answer.body()));
  }

  [[gnu::cold]] void fatal(std::string_view message) const { record_fatal(message); }
  [[gnu::cold]] void fatal(std::string_view message, const response_reader& unexpected) const {
    record_fatal(message, "status", unexpected.status(), "answer", shortened(unexpected.body()));
  }
  /// `error` is an errno, or 0.
  [[gnu::cold]] void fatal(std::string_view message, http_outcome why, int error) const {
    record_fatal(message, "why", describe(why), "error",
                 error == 0 ? std::string() : std::generic_category().message(error));
  }

 private:
  static std::string_view shortened(std::string_view text) noexcept {
    constexpr std::size_t most = 300;
    return text.substr(0, most);
  }

  template <class... Fields>
  void record_fatal(std::string_view message, const Fields&... fields) const {
    record(log_level::fatal, message, fields..., "endpoint", server_.authority);
  }

  template <class... Fields>
  void record(log_level level, std::string_view message, const Fields&... fields) const {
    context current;
    current.aws_request_id = id_;
    logger(current).log(level, message, fields...);
  }

  const endpoint& server_;
  const std::string& id_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
