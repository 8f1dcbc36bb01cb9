#pragma once
// A value's JSON text, or why there is none.

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

/// Why `value` has no JSON; empty where it has.
template <class T>
[[nodiscard]] std::string why_not_encoded(const T& value) {
  lambda_proc::json_writer writer;
  lambda_proc::encode(writer, value);
  return writer.error() == nullptr ? std::string() : writer.error();
}

}  // namespace support
