#pragma once
// SPDX-License-Identifier: MIT
// Decodes JSON inside a string of an event: the SNS notification in an SQS body, the S3 event in an SNS message, a
// decompressed CloudWatch Logs document.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/decode_error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// Decodes JSON that came as a string:
///
///     embedded_json body, message;
///     const auto notification = body.as<sns_notification>(record.body);           // SNS in SQS
///     const auto event = message.as<s3_event>(notification->message);            // S3 in that SNS
///
/// Views in a decoded value are valid until the next text is decoded, or this object ends, so use one object for each
/// level of nesting. It keeps its memory: an object that lives as long as the handler soon stops allocating. Don't
/// share it between threads.
class embedded_json {
 public:
  /// Decodes `text` as a T. A failure (`invalid_event`) names the path, which begins with "embedded".
  template <decodable T>
  [[nodiscard]] result<T> as(std::string_view text) {
    T out{};
    if (result<void> done = read_into(text, out); !done) return std::move(done).error();
    return out;
  }

  /// The same into an existing value, which keeps its memory; see decode().
  template <decodable T>
  [[nodiscard]] result<void> read_into(std::string_view text, T& out) {
    detail::decode_error error;
    const auto code = read(text, out, error);
    if (code == simdjson::SUCCESS) return {};
    return error.to_failure("invalid_event", "embedded", code);
  }

 private:
  template <class T>
  simdjson::error_code read(std::string_view text, T& out, detail::decode_error& error) {
    // Inside an array even a scalar is an ordinary value: simdjson treats a scalar document differently.
    text_.assign("[").append(text).append("]").append(simdjson::SIMDJSON_PADDING, ' ');
    const simdjson::padded_string_view padded(text_.data(), text.size() + 2, text_.size());
    if (const auto code = parser_.iterate(padded).get(document_)) return code;
    simdjson::ondemand::array elements;
    if (const auto code = document_.get_array().get(elements)) return code;
    std::size_t count = 0;
    for (auto element : elements) {
      simdjson::ondemand::value value;
      if (const auto code = element.get(value)) return code;
      if (++count > 1) return error.expected_got("one JSON value", "another one after it");
      if (const auto code = detail::read(value, out, error)) return code;
    }
    if (count == 0) return error.expected_got("one JSON value", "nothing");
    const bool at_end = document_.current_location().error() == simdjson::OUT_OF_BOUNDS;
    return at_end ? simdjson::SUCCESS : error.expected_got("one JSON value", "something after it");
  }

  std::string text_;
  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
};

}  // namespace events
}  // namespace v0
}  // namespace lambda_proc
