#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind json_checker.hpp.

#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Checks text against RFC 8259 in one pass, without recursion and without memory of its own.
class json_checker {
 public:
  /// `deepest`: how deep the text may be nested, at most max_depth.
  explicit json_checker(std::string_view text, std::size_t deepest = max_depth) noexcept
      : p_(text.data()), end_(text.data() + text.size()), deepest_(deepest) {}

  /// Whether the text is one value, in well-formed UTF-8, not nested too deep.
  bool check() noexcept {
    for (;;) {
      skip_space();
      if (at('{')) {
        if (!open(true)) return false;
        skip_space();
        if (!at('}')) {
          if (!key()) return false;
          continue;
        }
      } else if (at('[')) {
        if (!open(false)) return false;
        skip_space();
        if (p_ < end_ && *p_ != ']') continue;
      } else if (!scalar()) {
        return false;
      }
      bool more = false;
      if (!close(more)) return false;
      if (!more) return p_ == end_;
    }
  }

  /// The same for scalars only.
  bool check_scalar() noexcept { return scalar() && p_ == end_; }

  /// Whether the check failed because of the nesting.
  [[nodiscard]] bool too_deep() const noexcept { return depth_ > deepest_; }

 private:
  bool at(char c) const noexcept { return p_ < end_ && *p_ == c; }

  void skip_space() noexcept {
    while (p_ < end_ && is_space(*p_)) ++p_;
  }

  bool in_object() const noexcept { return (kinds_[(depth_ - 1) / 64] >> ((depth_ - 1) % 64) & 1U) != 0; }

  bool open(bool object) noexcept {
    if (depth_ == deepest_) {
      ++depth_;
      return false;
    }
    const std::uint64_t bit = std::uint64_t{1} << (depth_ % 64);
    auto& word = kinds_[depth_ / 64];
    word = object ? word | bit : word & ~bit;
    ++depth_;
    ++p_;
    return true;
  }

  // After a value, or after the opening bracket of an empty container: leaves all containers that end here. Sets `more`
  // if another value must follow.
  bool close(bool& more) noexcept {
    for (;;) {
      skip_space();
      if (depth_ == 0) return true;
      if (p_ == end_) return false;
      const char c = *p_++;
      if (c == ',') {
        more = true;
        skip_space();
        return !in_object() || key();
      }
      if (c != (in_object() ? '}' : ']')) return false;
      --depth_;
    }
  }

  bool key() noexcept {
    if (!string()) return false;
    skip_space();
    if (!at(':')) return false;
    ++p_;
    return true;
  }

  bool string() noexcept {
    if (!at('"')) return false;
    ++p_;
    for (;;) {
      p_ = plain_end(p_, end_);
      if (p_ == end_) return false;
      if (*p_ == '"') {
        ++p_;
        return true;
      }
      if (*p_ != '\\') return false;
      p_ = escape_end(p_, end_);
      if (p_ == nullptr) return false;
    }
  }

  bool scalar() noexcept {
    if (p_ == end_) return false;
    switch (*p_) {
      case '"': return string();
      case 't': return word("true");
      case 'f': return word("false");
      case 'n': return word("null");
      default: return number();
    }
  }

  bool word(std::string_view expected) noexcept {
    if (std::string_view(p_, static_cast<std::size_t>(end_ - p_)).substr(0, expected.size()) != expected) return false;
    p_ += expected.size();
    return true;
  }

  bool number() noexcept {
    if (at('-')) ++p_;
    if (at('0')) {
      ++p_;
    } else if (!digits()) {
      return false;
    }
    if (at('.')) {
      ++p_;
      if (!digits()) return false;
    }
    if (at('e') || at('E')) {
      ++p_;
      if (at('+') || at('-')) ++p_;
      if (!digits()) return false;
    }
    return true;
  }

  static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

  bool digits() noexcept {
    const char* const start = p_;
    while (p_ < end_ && is_digit(*p_)) ++p_;
    return p_ != start;
  }

  const char* p_;
  const char* end_;
  std::size_t deepest_;
  std::size_t depth_ = 0;
  std::array<std::uint64_t, max_depth / 64> kinds_;
};

json_validity check_json(std::string_view text, std::size_t deepest) noexcept {
  json_checker checker(text, deepest);
  if (checker.check()) return json_validity::valid;
  return checker.too_deep() ? json_validity::too_deep : json_validity::malformed;
}

bool is_json_scalar(std::string_view text) noexcept { return json_checker(text).check_scalar(); }

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
