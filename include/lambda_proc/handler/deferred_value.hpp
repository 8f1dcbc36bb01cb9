#pragma once
// SPDX-License-Identifier: MIT
// A value in the middle of a document that can be read after what follows it. event and request share it.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/decode_error.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// On-Demand parsing only goes forward, and a value that was read can be neither read again nor sliced. This class
/// slices the value when the parser reaches it. Then an object (as nearly every event is) can be read once, by
/// resetting the document's own iterator. Every other reading gets a parser of its own, so that strings that an earlier
/// one unescaped stay valid.
class deferred_value {
 public:
  deferred_value() = default;
  deferred_value(const deferred_value&) = delete;
  deferred_value& operator=(const deferred_value&) = delete;

  /// Stores the value at the document's current position, and skips it.
  LAMBDA_PROC_SEAM simdjson::error_code hold(simdjson_value& value);

  /// The same for a value that will not be read: it is checked to be JSON.
  LAMBDA_PROC_SEAM simdjson::error_code hold_checked(simdjson_value& value);

  /// Stores the text of a value.
  void hold_text(std::string_view text) {
    kind_ = kind::other;
    text_ = text;
  }

  [[nodiscard]] bool has_value() const noexcept { return kind_ != kind::nothing; }
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

  /// The value, at its start; NO_SUCH_FIELD if none is stored.
  LAMBDA_PROC_SEAM simdjson::simdjson_result<simdjson_value> value();

  /// Forgets the value. Keeps memory for the next one, except what only an unusual one needed.
  LAMBDA_PROC_SEAM void release();

 private:
  enum class kind { nothing, scalar, object, other };

  struct reading {
    std::string text;
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
  };

  LAMBDA_PROC_SEAM simdjson::simdjson_result<simdjson_value> parse_again();

  kind kind_ = kind::nothing;
  std::string_view text_;
  simdjson_value value_;
  simdjson::ondemand::object object_;
  // Each in a place of its own, since parsers and documents must not move.
  std::vector<std::unique_ptr<reading>> readings_;
  std::size_t readings_in_use_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/handler/deferred_value_definitions.hpp>
#endif
