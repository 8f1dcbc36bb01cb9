#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind decode_error.hpp.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/json/decode_error.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

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

failure malformed_json(std::string_view type, std::string_view where, simdjson::error_code code) {
  if (code == simdjson::MEMALLOC) return out_of_memory();
  const std::string_view fault = json_fault(code);
  return {std::string(type),
          std::string(where).append("malformed JSON").append(fault.empty() ? "" : ": ").append(fault)};
}

simdjson::error_code decode_error::expected(std::string_view what, std::string_view token) {
  return expected_got(what, describe(token));
}

simdjson::error_code decode_error::expected_got(std::string_view what, std::string_view got) {
  return stop(std::string("expected ").append(what).append(", got ").append(got));
}

simdjson::error_code decode_error::missing(std::string_view member) {
  stop("missing");
  in_member(member);
  return simdjson::NO_SUCH_FIELD;
}

simdjson::error_code decode_error::too_deep() {
  stop("nested too deeply");
  return simdjson::DEPTH_ERROR;
}

simdjson::error_code decode_error::unknown(std::string_view member) {
  const auto code = stop("unknown");
  in_member(member);
  return code;
}

simdjson::error_code decode_error::refused(const failure& why) {
  type_ = why.type;
  const bool has_path = why.message.starts_with('.') || why.message.starts_with('[') || why.message.starts_with(':');
  tail_ = has_path ? why.message : ": " + why.message;
  return simdjson::INCORRECT_TYPE;
}

simdjson::error_code decode_error::refused(simdjson::error_code code, std::string_view token) {
  // In our words: simdjson's differ between versions.
  const auto why = [code]() -> std::string {
    switch (code) {
      case simdjson::INCORRECT_TYPE: return "not of the expected type";
      case simdjson::NUMBER_ERROR:
      case simdjson::NUMBER_OUT_OF_RANGE: return "not a number in the expected range";
      case simdjson::NO_SUCH_FIELD: return "a member is missing";
      case simdjson::INDEX_OUT_OF_BOUNDS: return "an element is missing";
      default: {
        const std::string_view fault = json_fault(code);
        return fault.empty() ? "not accepted" : std::string(fault);
      }
    }
  };
  return code == simdjson::MEMALLOC ? code : stop(why() + ", got " + describe(token));
}

void decode_error::forget() noexcept {
  path_.clear();
  tail_.clear();
  type_.clear();
}

void decode_error::in_member(std::string_view name) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), is_word);
  path_.insert(0, plain ? "." + std::string(name) : "[\"" + std::string(name) + "\"]");
}

void decode_error::in_element(std::size_t index) { path_.insert(0, "[" + std::to_string(index) + "]"); }

failure decode_error::to_failure(std::string_view type, std::string_view root, simdjson::error_code code) const {
  // A path of a thousand levels is cut in the middle, because its ends say the most.
  constexpr std::size_t longest_end = 200;
  std::string place = std::string(root).append(path_);
  if (place.size() > 2 * longest_end) {
    const auto is_inside = [&place](std::size_t at) {
      return (static_cast<unsigned char>(place[at]) & 0xC0U) == 0x80U;
    };
    std::size_t from = longest_end;
    std::size_t to = place.size() - longest_end;
    while (is_inside(from)) --from;
    while (is_inside(to)) ++to;
    place.replace(from, to - from, "...");
  }
  // Without a message the code came from simdjson.
  if (tail_.empty()) return malformed_json(type, place + ": ", code);
  return {std::string(type_.empty() ? type : type_), place + tail_};
}

std::string decode_error::describe(std::string_view token) {
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

simdjson::error_code decode_error::stop(std::string what) {
  tail_ = ": " + std::move(what);
  return simdjson::INCORRECT_TYPE;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
