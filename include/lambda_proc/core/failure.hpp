#pragma once
// SPDX-License-Identifier: MIT
// Failures as values; everything in the library that can fail returns one.

#include <cassert>
#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace lambda_proc {
inline namespace v0 {

/// What went wrong: `type` for programs, `message` for people.
///
/// `type` is a stable word that callers switch on. The library's own: `invalid_request` (the line is not a
/// request), `request_too_large`, `invalid_event`, `invalid_context`, `invalid_reply`, `reply_too_large`,
/// `std::bad_alloc` (memory ran out), `crash`. All others come from the handler, or are the type name of an exception
/// that it threw.
struct failure {
  std::string type;
  std::string message;

  friend bool operator==(const failure&, const failure&) = default;
};

/// A T or a failure, like C++23's std::expected<T, failure>.
///
/// A handler returns either; both convert:
///
///     result<item> f(const key& k) {
///       if (k.id.empty()) return failure{"bad_key", "the id is empty"};
///       return item{…};
///     }
template <class T>
class [[nodiscard]] result {
 public:
  using value_type = T;

  template <class U = T>
    requires(std::constructible_from<T, U> && !std::same_as<std::remove_cvref_t<U>, result> &&
             !std::same_as<std::remove_cvref_t<U>, failure>)
  constexpr explicit(!std::convertible_to<U, T>) result(U&& value)
      : state_(std::in_place_index<0>, std::forward<U>(value)) {}
  constexpr result(failure why) : state_(std::in_place_index<1>, std::move(why)) {}

  [[nodiscard]] constexpr bool has_value() const noexcept { return state_.index() == 0; }
  constexpr explicit operator bool() const noexcept { return has_value(); }

  /// The value. Precondition (asserted): it is not a failure.
  [[nodiscard]] constexpr T& operator*() & noexcept { return value_of(*this); }
  [[nodiscard]] constexpr const T& operator*() const& noexcept { return value_of(*this); }
  [[nodiscard]] constexpr T&& operator*() && noexcept { return std::move(value_of(*this)); }
  [[nodiscard]] constexpr T* operator->() noexcept { return &value_of(*this); }
  [[nodiscard]] constexpr const T* operator->() const noexcept { return &value_of(*this); }

  template <class U>
  [[nodiscard]] constexpr T value_or(U&& other) const& {
    return has_value() ? **this : static_cast<T>(std::forward<U>(other));
  }

  /// The failure. Precondition (asserted): it is one.
  [[nodiscard]] constexpr failure& error() & noexcept { return error_of(*this); }
  [[nodiscard]] constexpr const failure& error() const& noexcept { return error_of(*this); }
  [[nodiscard]] constexpr failure&& error() && noexcept { return std::move(error_of(*this)); }

 private:
  static constexpr auto& value_of(auto& self) noexcept {
    assert(self.has_value());
    return *std::get_if<0>(&self.state_);
  }
  static constexpr auto& error_of(auto& self) noexcept {
    assert(!self.has_value());
    return *std::get_if<1>(&self.state_);
  }

  std::variant<T, failure> state_;
};

/// Nothing, or a failure.
template <>
class [[nodiscard]] result<void> {
 public:
  using value_type = void;

  constexpr result() noexcept = default;
  constexpr result(failure why) : error_(std::move(why)) {}

  [[nodiscard]] constexpr bool has_value() const noexcept { return !error_; }
  constexpr explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] constexpr const failure& error() const& noexcept {
    assert(!has_value());
    return *error_;
  }
  [[nodiscard]] constexpr failure&& error() && noexcept {
    assert(!has_value());
    return std::move(*error_);
  }

 private:
  std::optional<failure> error_;
};

}  // namespace v0
}  // namespace lambda_proc
