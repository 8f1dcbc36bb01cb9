#pragma once
// SPDX-License-Identifier: MIT
// Converts failure types to AWS Lambda's error types. runtime_api_channel sends them.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

constexpr bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char to_upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

/// The value of the header Lambda-Runtime-Function-Error-Type. Lambda accepts (Runtime|Function)\.[A-Z][a-zA-Z]+ and
/// counts everything else as Runtime.Unknown. So invalid_event becomes Function.InvalidEvent, std::out_of_range becomes
/// Function.StdOutOfRange, and a type that Lambda accepts stays as it is. Never allocates: crash replies use it.
class error_type {
 public:
  [[gnu::cold]] explicit error_type(std::string_view failure_type) noexcept {
    if (failure_type == "crash") {
      add("Runtime.Crash");
    } else if (failure_type == "reply_too_large") {
      add("Function.ResponseSizeTooLarge");
    } else if (is_accepted(failure_type)) {
      add(failure_type);
    } else {
      add("Function.");
      add_in_camel_case(failure_type);
    }
  }

  [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), size_}; }

 private:
  static constexpr std::size_t longest = 128;

  static bool is_accepted(std::string_view type) noexcept {
    for (const std::string_view origin : {"Runtime.", "Function."}) {
      if (!type.starts_with(origin) || type.size() > longest) continue;
      const std::string_view name = type.substr(origin.size());
      return name.size() > 1 && name[0] <= 'Z' && std::ranges::all_of(name, is_letter);
    }
    return false;
  }

  void add(std::string_view text) noexcept { size_ += text.copy(text_.data() + size_, longest - size_); }

  void add_in_camel_case(std::string_view type) noexcept {
    const std::size_t start = size_;
    bool in_word = false;
    for (const char c : type) {
      if (is_letter(c) && size_ < longest) text_[size_++] = in_word ? c : to_upper(c);
      in_word = is_letter(c);
    }
    // Lambda requires at least two letters.
    if (size_ < start + 2) {
      size_ = start;
      add("Error");
    }
  }

  std::array<char, longest> text_;
  std::size_t size_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
