#pragma once
// SPDX-License-Identifier: MIT
// Where and why decoding stopped. The readers of decode answer with simdjson's error codes; this keeps what a code
// can't say, and is touched on the way out of a failure only.

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

/// The text of a scalar, or the opening bracket of what is none.
inline std::string_view token_of(simdjson_value& value) { return without_space_behind(value.raw_json_token()); }

/// What is wrong with a text that is no JSON; empty for a bracket, comma, colon or value that is missing or out of
/// place. simdjson's own words change from version to version, as does which code it gives for such a one.
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

/// What simdjson's code means where there are no better words for it: the text is no JSON, or memory ran out. `where`
/// is to stand in front of the message.
[[gnu::cold, gnu::noinline]] inline failure malformed_json(std::string_view type, std::string_view where,
                                                           simdjson::error_code code) {
  if (code == simdjson::MEMALLOC) return out_of_memory();
  const std::string_view fault = json_fault(code);
  return {std::string(type),
          std::string(where).append("malformed JSON").append(fault.empty() ? "" : ": ").append(fault)};
}

/// The path to the bad field, put together from its end, and what was wrong there.
class decode_trail {
 public:
  decode_trail() = default;
  /// For reading ahead: where a from_json function of the program's own is needed, reading is put off. Whether such a
  /// function crashes, throws or takes its time, it does so while the request that it works for is known.
  [[nodiscard]] static decode_trail ahead() {
    decode_trail trail;
    trail.is_ahead_ = true;
    return trail;
  }
  [[nodiscard]] bool is_ahead() const noexcept { return is_ahead_; }
  simdjson::error_code put_off() noexcept {
    was_put_off_ = true;
    return simdjson::INCORRECT_TYPE;
  }
  /// Then what was read is good for nothing, whatever came after it.
  [[nodiscard]] bool was_put_off() const noexcept { return was_put_off_; }

  /// `what` was wanted here (with its article), and the value that begins with `token` is something else. Not the value
  /// itself: one whose address is taken can't be kept in registers, and that costs more than to read a short string.
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
  /// A from_json function's own words; with a path of its own in front where they come from decode().
  [[gnu::cold, gnu::noinline]] simdjson::error_code refused(const failure& why) {
    const bool has_path = why.message.starts_with('.') || why.message.starts_with('[') || why.message.starts_with(':');
    tail_ = has_path ? why.message : ": " + why.message;
    return simdjson::INCORRECT_TYPE;
  }

  /// The value that failed is read in another way: the message belongs to the attempt that made it.
  [[gnu::cold, gnu::noinline]] void forget() noexcept {
    path_.clear();
    tail_.clear();
  }

  /// What failed stands in this member, or in this element, of what is left now.
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

  /// The failure: its message is `root`, the path, and what is wrong there.
  [[gnu::cold, gnu::noinline]] failure to_failure(std::string_view type, std::string_view root,
                                                  simdjson::error_code code) const {
    const std::string place = std::string(root).append(path_);
    // Without words of its own the code came from simdjson.
    if (tail_.empty()) return malformed_json(type, place + ": ", code);
    return {std::string(type), place + tail_};
  }

  /// What the value that begins with `token` looks like to a person: its own text where that is short, its type
  /// otherwise.
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
  bool was_put_off_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
