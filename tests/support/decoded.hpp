#pragma once
// Decodes a text into a T, and keeps the buffers that T may view.

#include <lambda_proc/json/decode.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace support {

/// A JSON text to decode. It is wrapped in an array, so that scalars are ordinary values.
class json_source {
 public:
  explicit json_source(std::string_view text)
      : text_(std::string("[").append(text).append("]")), document_(parser_.iterate(text_)) {}

  template <class T>
  [[nodiscard]] lambda_proc::result<void> decode_into(T& out) {
    for (auto element : document_.get_array()) {
      simdjson::ondemand::value value;
      if (const auto code = element.get(value)) return lambda_proc::failure{"support", simdjson::error_message(code)};
      return lambda_proc::decode(value, out);
    }
    return lambda_proc::failure{"support", "nothing to decode"};
  }

 private:
  simdjson::padded_string text_;
  simdjson::ondemand::parser parser_;
  simdjson::simdjson_result<simdjson::ondemand::document> document_;
};

/// The failure of decoding `text` as a T; throws if it does not fail.
template <class T>
[[nodiscard]] lambda_proc::failure decode_failure(std::string_view text) {
  json_source source(text);
  T out{};
  auto done = source.decode_into(out);
  if (done) throw std::logic_error("was decoded: " + std::string(text));
  return std::move(done).error();
}

/// The message of that failure.
template <class T>
[[nodiscard]] std::string why_not(std::string_view text) {
  return decode_failure<T>(text).message;
}

/// `text` decoded as a T without views; throws if that fails.
template <class T>
[[nodiscard]] T decoded(std::string_view text) {
  json_source source(text);
  T out{};
  if (auto done = source.decode_into(out); !done) throw std::runtime_error(done.error().message);
  return out;
}

}  // namespace support
