#pragma once
// SPDX-License-Identifier: MIT
// The reply to an HTTP event, in the format of the front end that sent it.

#include <lambda_proc/events/base64.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/http_request.hpp>
#include <lambda_proc/events/http_status.hpp>
#include <lambda_proc/handler/http_head.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// An HTTP response, built the same way for every front end:
///
///     return http_response(request).json(item).header("cache-control", "no-store").cookie("seen=1; Secure");
///
/// It is written in the format that the request's front end reads: repeated headers and cookies in the right place,
/// bytes as base64, no nulls. It owns its text. Anything that HTTP can't carry (an invalid status, a line break in a
/// header) becomes the failure `invalid_reply`.
///
/// Formats: API Gateway Developer Guide, "Lambda proxy integrations in API Gateway", output format, and "Create AWS
/// Lambda proxy integrations for HTTP APIs", Lambda function response; User Guide for Application Load Balancers,
/// "Respond to the load balancer".
class http_response {
 public:
  explicit http_response(http_format format, int status = 200) : format_(format), head_(status) {}
  /// The reply to `request`, in its format.
  template <http_request Request>
  explicit http_response(const Request& request, int status = 200) : http_response(request.reply_format(), status) {
    is_head_ = detail::method_of(request) == "HEAD";
  }

  /// A status from 100 to 599. A reply to HEAD, and one with a status of 1xx, 204 or 304, is sent without its body.
  http_response& status(int code) & {
    head_.status(code);
    return *this;
  }

  /// Sets a header, and replaces its previous values.
  http_response& header(std::string_view name, std::string_view value) & {
    head_.header(name, value);
    return *this;
  }
  /// Adds a value to a header.
  http_response& add_header(std::string_view name, std::string_view value) & {
    head_.add_header(name, value);
    return *this;
  }
  /// Adds a Set-Cookie header: "id=17; Max-Age=3600; Secure; HttpOnly".
  http_response& cookie(std::string_view value) & {
    head_.cookie(value);
    return *this;
  }

  /// Sets the body and its content-type. A body that is not UTF-8 is sent as base64.
  http_response& text(std::string body, std::string_view content_type = "text/plain; charset=utf-8") & {
    body_ = std::move(body);
    is_binary_ = false;
    return header("content-type", content_type);
  }
  /// Sets the body to a value as JSON.
  template <encodable T>
  http_response& json(const T& value) & {
    json_writer writer;
    encode(writer, value);
    if (writer.error() != nullptr) error_ = writer.error();
    return text(std::string(writer.view()), "application/json");
  }
  /// Sets the body to bytes, which are sent to AWS as base64. A REST API decodes them only for the binary media types
  /// in its configuration.
  http_response& binary(std::string bytes, std::string_view content_type) & {
    body_ = std::move(bytes);
    is_binary_ = true;
    return header("content-type", content_type);
  }

  // The same for temporaries, so that a chain of calls ends in a move.
  http_response&& status(int code) && { return std::move(status(code)); }
  http_response&& header(std::string_view name, std::string_view value) && { return std::move(header(name, value)); }
  http_response&& add_header(std::string_view name, std::string_view value) && {
    return std::move(add_header(name, value));
  }
  http_response&& cookie(std::string_view value) && { return std::move(cookie(value)); }
  http_response&& text(std::string body, std::string_view content_type = "text/plain; charset=utf-8") && {
    return std::move(text(std::move(body), content_type));
  }
  template <encodable T>
  http_response&& json(const T& value) && {
    return std::move(json(value));
  }
  http_response&& binary(std::string bytes, std::string_view content_type) && {
    return std::move(binary(std::move(bytes), content_type));
  }

  /// Why this can't be sent: the failure's message, or null if it can.
  [[nodiscard]] const char* error() const noexcept { return error_ != nullptr ? error_ : head_.error(); }

  friend void to_json(json_writer& writer, const http_response& response) {
    if (response.error() != nullptr) return writer.fail(response.error());
    writer.begin_object();
    const std::string_view body = response.has_body() ? response.body_ : std::string_view();
    const bool as_base64 = !body.empty() && (response.is_binary_ || !simdjson::validate_utf8(body));
    writer.key("statusCode");
    writer.number(response.head_.status());
    if (response.format_ == http_format::alb || response.format_ == http_format::alb_multi_value) {
      writer.key("statusDescription");
      writer.string(std::to_string(response.head_.status()).append(" ").append(reason_phrase(response.head_.status())));
    }
    response.write_headers(writer);
    writer.key("body");
    as_base64 ? writer.string(to_base64(body)) : writer.string(body);
    writer.key("isBase64Encoded");
    writer.boolean(as_base64);
    writer.end_object();
  }

 private:
  using field = http_head::field;

  // RFC 9110, sections 6.4.1 and 9.3.2.
  [[nodiscard]] bool has_body() const noexcept {
    const int status = head_.status();
    return !is_head_ && status >= 200 && status != 204 && status != 304;
  }

  void write_headers(json_writer& writer) const {
    switch (format_) {
      case http_format::api_gateway_v1: return write_v1(writer);
      case http_format::api_gateway_v2: return head_.write_headers(writer);
      case http_format::alb: return write_alb(writer);
      case http_format::alb_multi_value: return write_lists(writer, 1);
    }
  }

  // API Gateway merges both maps; only the second can hold a header with several values.
  void write_v1(json_writer& writer) const {
    writer.key("headers");
    writer.begin_object();
    for (const field& one : head_.fields()) {
      if (one.values.size() == 1) write_text(writer, one.name, one.values.front());
    }
    writer.end_object();
    if (std::ranges::any_of(head_.fields(), [](const field& one) { return one.values.size() > 1; }))
      write_lists(writer, 2);
  }

  // Cookies can't be joined, and a load balancer without multi-value headers takes one value for each name. But names
  // that differ in case are different keys for the load balancer, and the same header for the client.
  void write_alb(json_writer& writer) const {
    writer.key("headers");
    writer.begin_object();
    for (const field& one : head_.fields()) {
      if (!one.is_cookie()) {
        write_text(writer, one.name, one.joined());
        continue;
      }
      for (std::size_t i = 0; i < one.values.size(); ++i) write_text(writer, in_case(one.name, i), one.values[i]);
    }
    writer.end_object();
  }

  void write_lists(json_writer& writer, std::size_t least) const {
    writer.key("multiValueHeaders");
    writer.begin_object();
    for (const field& one : head_.fields()) {
      if (one.values.size() < least) continue;
      writer.key(one.name);
      encode(writer, one.values);
    }
    writer.end_object();
  }

  static void write_text(json_writer& writer, std::string_view name, std::string_view value) {
    writer.key(name);
    writer.string(value);
  }

  // A variant of the name for each number: bit i of `number` flips the case of the i-th letter.
  static std::string in_case(std::string name, std::size_t number) {
    for (char& c : name) {
      if (c == '-') continue;
      if ((number & 1U) != 0) c = static_cast<char>(c ^ 0x20);
      number >>= 1U;
    }
    return name;
  }

  http_format format_;
  http_head head_;
  bool is_binary_ = false;
  bool is_head_ = false;
  std::string body_;
  const char* error_ = nullptr;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
