#pragma once
// A sample event from tests/data/events, decoded, and the checks that must hold for every sample.

#include <lambda_proc/core/failure.hpp>

#include "decoded.hpp"
#include "encoded.hpp"
#include "sample_checks.hpp"
#include "schema.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace support {

/// Decodes `text` as a T, and encodes it again.
template <class T>
lambda_proc::result<std::string> rewrite_as(const std::string& text) {
  json_source source(text);
  T value{};
  if (auto done = source.decode_into(value); !done) return std::move(done).error();
  return encoded(value);
}

/// The event in a file, decoded into a T, with the buffers that it views.
template <class T>
class event_sample {
 public:
  /// `name` is relative to tests/data/events, or an absolute path.
  explicit event_sample(const std::string& name) : text_(sample_text(name)), source_(text_) {
    if (auto done = source_.decode_into(event_); !done) throw std::runtime_error(name + done.error().message);
  }

  const T& operator*() const { return event_; }
  const T* operator->() const { return &event_; }

  [[nodiscard]] std::vector<std::string> unknown_keys() const { return checks().unknown_keys(); }
  void check_nothing_is_lost() const { checks().check_nothing_is_lost(); }

  /// All checks, for a sample in which every key is documented.
  void check() const { checks().check(); }

 private:
  [[nodiscard]] sample_checks checks() const { return {text_, schema_of<T>(), &rewrite_as<T>}; }

  std::string text_;
  json_source source_;
  T event_{};
};

}  // namespace support
