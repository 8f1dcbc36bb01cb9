#pragma once
// SPDX-License-Identifier: MIT
// Where and why decoding failed. The readers in decode.hpp return simdjson's error codes; this adds the path and the
// message, and is used only on the error path.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

using simdjson_value = simdjson::ondemand::value;

/// The text of a scalar, or the opening bracket of an object or array.
inline std::string_view token_of(simdjson_value& value) { return without_space_behind(value.raw_json_token()); }

/// Describes what is wrong with text that is not JSON; empty for a bracket, comma, colon or value that is missing or
/// misplaced. simdjson's own messages, and its codes for the latter, differ between versions.
inline std::string_view json_fault(simdjson::error_code code) noexcept {
  switch (code) {
    case simdjson::EMPTY: return "nothing there";
    case simdjson::UTF8_ERROR: return "not UTF-8";
    case simdjson::UNESCAPED_CHARS: return "a control character in a string";
    case simdjson::UNCLOSED_STRING: return "a string without an end";
    case simdjson::STRING_ERROR: return "a string with a bad escape";
    case simdjson::DEPTH_ERROR: return "nested too deep";
    case simdjson::CAPACITY: return "too long";
    default: return {};
  }
}

/// The failure for an error code of simdjson's when there is no better message: the text is not JSON, or memory ran
/// out. The message starts with `where`.
[[gnu::cold, gnu::noinline]] inline failure malformed_json(std::string_view type, std::string_view where,
                                                           simdjson::error_code code) {
  if (code == simdjson::MEMALLOC) return out_of_memory();
  const std::string_view fault = json_fault(code);
  return {std::string(type),
          std::string(where).append("malformed JSON").append(fault.empty() ? "" : ": ").append(fault)};
}

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
  [[gnu::cold, gnu::noinline]] simdjson::error_code expected(std::string_view what, std::string_view token) {
    return expected_got(what, describe(token));
  }
  [[gnu::cold, gnu::noinline]] simdjson::error_code expected_got(std::string_view what, std::string_view got) {
    return stop(std::string("expected ").append(what).append(", got ").append(got));
  }
  [[gnu::cold, gnu::noinline]] simdjson::error_code missing(std::string_view member) {
    stop("missing");
    in_member(member);
    return simdjson::NO_SUCH_FIELD;
  }
  [[gnu::cold, gnu::noinline]] simdjson::error_code too_deep() {
    stop("nested too deeply");
    return simdjson::DEPTH_ERROR;
  }
  /// The message of a from_json function; it starts with a path if it came from decode().
  [[gnu::cold, gnu::noinline]] simdjson::error_code refused(const failure& why) {
    const bool has_path = why.message.starts_with('.') || why.message.starts_with('[') || why.message.starts_with(':');
    tail_ = has_path ? why.message : ": " + why.message;
    return simdjson::INCORRECT_TYPE;
  }

  /// Discards the message of a failed attempt, before the value is read in another way.
  [[gnu::cold, gnu::noinline]] void forget() noexcept {
    path_.clear();
    tail_.clear();
  }

  /// Prepends this member, or this element, to the path.
  [[gnu::cold, gnu::noinline]] void in_member(std::string_view name) {
    const auto is_word = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), is_word);
    path_.insert(0, plain ? "." + std::string(name) : "[\"" + std::string(name) + "\"]");
  }
  [[gnu::cold, gnu::noinline]] void in_element(std::size_t index) {
    path_.insert(0, "[" + std::to_string(index) + "]");
  }

  /// The failure. Its message is `root`, the path, and what is wrong there.
  [[gnu::cold, gnu::noinline]] failure to_failure(std::string_view type, std::string_view root,
                                                  simdjson::error_code code) const {
    const std::string place = std::string(root).append(path_);
    // Without a message the code came from simdjson.
    if (tail_.empty()) return malformed_json(type, place + ": ", code);
    return {std::string(type), place + tail_};
  }

  /// Describes the value that begins with `token` to a person: its text if it is short, or its type.
  static std::string describe(std::string_view token) {
    token = without_space_behind(token);
    if (token.empty()) return "nothing";
    if (token.front() == '{') return "an object";
    if (token.front() == '[') return "an array";
    constexpr std::size_t longest = 40;
    if (token.size() <= longest) return std::string(token);
    std::size_t cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(token[cut]) & 0xC0U) == 0x80U) --cut;
    return std::string(token.substr(0, cut)).append("...");
  }

 private:
  simdjson::error_code stop(std::string what) {
    tail_ = ": " + std::move(what);
    return simdjson::INCORRECT_TYPE;
  }

  std::string path_;
  std::string tail_;
  bool is_ahead_ = false;
  bool was_postponed_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
