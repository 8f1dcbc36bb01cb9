#pragma once
// A value's JSON text, or the error if it can't be encoded.

#include <lambda_proc/json/encode.hpp>

#include <stdexcept>
#include <string>

namespace support {

/// The JSON of `value`; throws the writer's error.
template <class T>
[[nodiscard]] std::string encoded(const T& value) {
  lambda_proc::json_writer writer;
  lambda_proc::encode(writer, value);
  if (writer.error() != nullptr) throw std::runtime_error(writer.error());
  return std::string(writer.view());
}

/// The error of encoding `value`; empty if there is none.
template <class T>
[[nodiscard]] std::string why_not_encoded(const T& value) {
  lambda_proc::json_writer writer;
  lambda_proc::encode(writer, value);
  return writer.error() == nullptr ? std::string() : writer.error();
}

}  // namespace support
