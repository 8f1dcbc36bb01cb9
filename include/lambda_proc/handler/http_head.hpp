#pragma once
// SPDX-License-Identifier: MIT
// The status and the headers of an HTTP response, without its body. Streamed replies begin with one, and
// events::http_response has one.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lambda_proc {
inline namespace v0 {

/// The head of an HTTP response that is streamed:
///
///     out.head(http_head(200).header("content-type", "text/event-stream").cookie("seen=1; Secure"));
///
/// It owns its text. Anything that HTTP can't carry (an invalid status, a line break in a header) becomes the failure
/// `invalid_reply`.
class http_head {
 public:
  explicit http_head(int status = 200) { this->status(status); }

  /// A status from 100 to 599.
  LAMBDA_PROC_SEAM http_head& status(int code) &;
  /// Sets a header, and replaces its previous values.
  LAMBDA_PROC_SEAM http_head& header(std::string_view name, std::string_view value) &;
  /// Adds a value to a header.
  LAMBDA_PROC_SEAM http_head& add_header(std::string_view name, std::string_view value) &;
  /// Adds a Set-Cookie header: "id=17; Max-Age=3600; Secure; HttpOnly".
  http_head& cookie(std::string_view value) & { return add_header(set_cookie, value); }

  // The same for temporaries, so that a chain of calls ends in a move.
  http_head&& status(int code) && { return std::move(status(code)); }
  http_head&& header(std::string_view name, std::string_view value) && { return std::move(header(name, value)); }
  http_head&& add_header(std::string_view name, std::string_view value) && {
    return std::move(add_header(name, value));
  }
  http_head&& cookie(std::string_view value) && { return std::move(cookie(value)); }

  /// Why this can't be sent: the failure's message, or null if it can.
  [[nodiscard]] const char* error() const noexcept { return error_; }

  /// A header and its values, in the order in which they were added.
  struct field {
    std::string name;
    std::vector<std::string> values;

    [[nodiscard]] LAMBDA_PROC_SEAM bool is_cookie() const noexcept;
    /// The values as one, as HTTP allows for all headers but Set-Cookie.
    [[nodiscard]] LAMBDA_PROC_SEAM std::string joined() const;
  };
  [[nodiscard]] int status() const noexcept { return status_; }
  [[nodiscard]] const std::vector<field>& fields() const noexcept { return fields_; }

  /// Writes the members `headers` and `cookies` of an object, as function URLs and HTTP APIs read them.
  LAMBDA_PROC_SEAM void write_headers(json_writer& writer) const;
  /// Writes the members `statusCode`, `headers` and, if there are any, `cookies`.
  LAMBDA_PROC_SEAM void write_members(json_writer& writer) const;

 private:
  static constexpr std::string_view set_cookie = "set-cookie";

  LAMBDA_PROC_SEAM std::vector<std::string>& values_of(std::string_view name);
  LAMBDA_PROC_SEAM void check(std::string_view name, std::string_view value);

  int status_ = 200;
  std::vector<field> fields_;
  const char* error_ = nullptr;
};

}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/handler/http_head_definitions.hpp>
#endif
