#pragma once
// SPDX-License-Identifier: MIT
// Where and why decoding failed. The readers in decode.hpp return simdjson's error codes; this adds the path and the
// message, and is used only on the error path.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

using simdjson_value = simdjson::ondemand::value;

/// The text of a scalar, or the opening bracket of an object or array.
inline std::string_view token_of(simdjson_value& value) { return without_space_behind(value.raw_json_token()); }

/// The failure for an error code of simdjson's when there is no better message: the text is not JSON, or memory ran
/// out. The message starts with `where`.
[[gnu::cold]] LAMBDA_PROC_SEAM failure malformed_json(std::string_view type, std::string_view where,
                                                      simdjson::error_code code);

/// The path to the bad field, built from its end, and what was wrong there.
class decode_error {
 public:
  decode_error() = default;
  /// For reading ahead: if a from_json function of the program's own is needed, reading is postponed. Such a function
  /// may crash, throw or take long, and must do so while its request is known.
  [[nodiscard]] static decode_error ahead() {
    decode_error error;
    error.is_ahead_ = true;
    return error;
  }
  [[nodiscard]] bool is_ahead() const noexcept { return is_ahead_; }
  simdjson::error_code postpone() noexcept {
    was_postponed_ = true;
    return simdjson::INCORRECT_TYPE;
  }
  /// Whether reading was postponed. Then the value that was read so far is not valid.
  [[nodiscard]] bool was_postponed() const noexcept { return was_postponed_; }

  /// `what` (with its article) was expected, and the value that begins with `token` is something else. It takes the
  /// token instead of the value, since a value whose address is taken can't stay in registers.
  [[gnu::cold]] LAMBDA_PROC_SEAM simdjson::error_code expected(std::string_view what, std::string_view token);
  [[gnu::cold]] LAMBDA_PROC_SEAM simdjson::error_code expected_got(std::string_view what, std::string_view got);
  [[gnu::cold]] LAMBDA_PROC_SEAM simdjson::error_code missing(std::string_view member);
  [[gnu::cold]] LAMBDA_PROC_SEAM simdjson::error_code too_deep();
  [[gnu::cold]] LAMBDA_PROC_SEAM simdjson::error_code unknown(std::string_view member);
  /// The failure of a from_json function; its message starts with a path if it came from decode().
  [[gnu::cold]] LAMBDA_PROC_SEAM simdjson::error_code refused(const failure& why);
  /// The error code of a from_json function for the value that begins with `token`.
  [[gnu::cold]] LAMBDA_PROC_SEAM simdjson::error_code refused(simdjson::error_code code, std::string_view token);

  /// Discards the message of a failed attempt, before the value is read in another way.
  [[gnu::cold]] LAMBDA_PROC_SEAM void forget() noexcept;

  /// Prepends this member, or this element, to the path.
  [[gnu::cold]] LAMBDA_PROC_SEAM void in_member(std::string_view name);
  [[gnu::cold]] LAMBDA_PROC_SEAM void in_element(std::size_t index);

  /// The failure. Its message is `root`, the path, and what is wrong there. It has this type, unless a from_json
  /// function returned a failure of another type.
  [[gnu::cold]] LAMBDA_PROC_SEAM failure to_failure(std::string_view type, std::string_view root,
                                                    simdjson::error_code code) const;

  /// Describes the value that begins with `token` to a person: its text if it is short, or its type.
  LAMBDA_PROC_SEAM static std::string describe(std::string_view token);

 private:
  LAMBDA_PROC_SEAM simdjson::error_code stop(std::string what);

  std::string path_;
  std::string tail_;
  std::string type_;  // The type of a from_json function's failure.
  bool is_ahead_ = false;
  bool was_postponed_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/json/decode_error_definitions.hpp>
#endif
