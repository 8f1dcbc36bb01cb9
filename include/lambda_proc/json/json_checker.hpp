#pragma once
// SPDX-License-Identifier: MIT
// Whether a text is JSON, told without a parser: simdjson's On-Demand checks only what it is asked for.

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
  /// `parsed`: the text is part of a line that simdjson's first stage has accepted. Then strings are known to be
  /// closed, to be UTF-8 and to have no control characters, and there is padding behind the line.
  explicit json_checker(std::string_view text, bool parsed = false) noexcept
      : start_(text.data()), end_(text.data() + text.size()), parsed_(parsed) {}

  /// Whether the text is one value, in well-formed UTF-8, not nested beyond max_depth.
  bool check() noexcept {
    const char* p = start_;
    for (;;) {
      p = behind_space(p);
      if (at(p, '{')) {
        if (!open(true)) return false;
        p = behind_space(p + 1);
        if (!at(p, '}')) {
          p = behind_key(p);
          if (p == nullptr) return false;
          continue;
        }
      } else if (at(p, '[')) {
        if (!open(false)) return false;
        p = behind_space(p + 1);
        if (p < end_ && *p != ']') continue;
      } else {
        p = behind_scalar(p);
        if (p == nullptr) return false;
      }
      p = behind_ends(p);
      if (p == nullptr) return false;
      if (depth_ == 0) return p == end_;
    }
  }

  /// The same for what is no object and no array.
  bool check_scalar() const noexcept { return behind_scalar(start_) == end_; }

  /// Whether nesting is why the check failed.
  [[nodiscard]] bool too_deep() const noexcept { return depth_ > max_depth; }

 private:
  // The functions below take the place to read from, and give the one behind what they read; null where it is not
  // there.

  bool at(const char* p, char c) const noexcept { return p < end_ && *p == c; }

  const char* behind_space(const char* p) const noexcept {
    while (p < end_ && is_space(*p)) ++p;
    return p;
  }

  // Behind the brackets that end after a value, and the comma and key that follow them. At depth_ 0 all is read.
  const char* behind_ends(const char* p) noexcept {
    for (;;) {
      p = behind_space(p);
      if (depth_ == 0) return p;
      if (p == end_) return nullptr;
      const char c = *p++;
      if (c == ',') return in_object_ ? behind_key(behind_space(p)) : p;
      if (c != (in_object_ ? '}' : ']')) return nullptr;
      close();
    }
  }

  const char* behind_key(const char* p) const noexcept {
    p = behind_string(p);
    if (p == nullptr) return nullptr;
    p = behind_space(p);
    return at(p, ':') ? p + 1 : nullptr;
  }

  const char* behind_string(const char* p) const noexcept {
    if (!at(p, '"')) return nullptr;
    ++p;
    if (parsed_) return string_end(p);
    for (;;) {
      p = plain_end(p, end_);
      if (p == end_) return nullptr;
      if (*p == '"') return p + 1;
      if (*p != '\\') return nullptr;
      p = escape_end(p, end_);
      if (p == nullptr) return nullptr;
    }
  }

  const char* behind_scalar(const char* p) const noexcept {
    if (p == end_) return nullptr;
    switch (*p) {
      case '"': return behind_string(p);
      case 't': return behind_word(p, "true");
      case 'f': return behind_word(p, "false");
      case 'n': return behind_word(p, "null");
      default: return behind_number(p);
    }
  }

  const char* behind_word(const char* p, std::string_view word) const noexcept {
    return std::string_view(p, static_cast<std::size_t>(end_ - p)).starts_with(word) ? p + word.size() : nullptr;
  }

  const char* behind_number(const char* p) const noexcept {
    if (at(p, '-')) ++p;
    p = at(p, '0') ? p + 1 : behind_digits(p);
    if (p != nullptr && at(p, '.')) p = behind_digits(p + 1);
    if (p != nullptr && (at(p, 'e') || at(p, 'E'))) {
      ++p;
      if (at(p, '+') || at(p, '-')) ++p;
      p = behind_digits(p);
    }
    return p;
  }

  const char* behind_digits(const char* p) const noexcept {
    const char* const start = p;
    while (p < end_ && *p >= '0' && *p <= '9') ++p;
    return p == start ? nullptr : p;
  }

  bool open(bool object) noexcept {
    if (depth_ == max_depth) {
      ++depth_;
      return false;
    }
    const std::uint64_t bit = std::uint64_t{1} << (depth_ % 64);
    auto& outer = outer_[depth_ / 64];
    outer = in_object_ ? outer | bit : outer & ~bit;
    in_object_ = object;
    ++depth_;
    return true;
  }
  void close() noexcept {
    --depth_;
    in_object_ = (outer_[depth_ / 64] >> (depth_ % 64) & 1U) != 0;
  }

  const char* start_;
  const char* end_;
  bool parsed_;
  bool in_object_ = false;
  std::size_t depth_ = 0;
  // For each depth, whether what is around it is an object.
  std::array<std::uint64_t, max_depth / 64> outer_;
};

/// Whether text is one JSON value (RFC 8259, UTF-8), nested at most max_depth.
inline bool is_json(std::string_view text) noexcept { return json_checker(text).check(); }

/// Whether text is one such value without brackets, and nothing stands around it.
inline bool is_json_scalar(std::string_view text) noexcept { return json_checker(text).check_scalar(); }

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
