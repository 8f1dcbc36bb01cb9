#pragma once
// A digest of everything in a struct. Two ways of reading an event must agree on it, although each has its own structs:
// what the event lacks does not count.

#include "events_by_hand.hpp"

#include <lambda_proc/events.hpp>
#include <lambda_proc/lambda_proc.hpp>

#include <bit>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace workloads {

class digest {
 public:
  template <class T>
  explicit digest(const T& value) {
    add(value);
  }

  friend bool operator==(const digest&, const digest&) = default;

  // The number of texts, numbers and booleans; names in maps are not counted.
  [[nodiscard]] std::size_t scalars() const noexcept { return scalars_; }

 private:
  void mix(std::uint64_t bits) noexcept { sum_ = std::rotl((sum_ ^ bits) * 0x9E37'79B9'7F4A'7C15U, 29); }
  void mix(std::string_view text) noexcept {
    mix(text.size());
    for (const char c : text) mix(static_cast<unsigned char>(c));
  }

  // Text that the event lacks is a null view, or an empty optional.
  void add(std::string_view text) noexcept {
    if (text.data() == nullptr) return;
    ++scalars_;
    mix(text);
  }
  // All numbers are added as doubles, since one way may store an integer where the other stores a fraction.
  template <class Number>
    requires std::is_arithmetic_v<Number>
  void add(Number number) noexcept {
    ++scalars_;
    mix(std::bit_cast<std::uint64_t>(static_cast<double>(number)));
  }
  void add(std::monostate) noexcept { add(true); }  // {"NULL":true}
  void add(const lambda_proc::raw_json& json) noexcept { add(json.text()); }
  void add(const lambda_proc::events::base64& bytes) noexcept { add(bytes.text()); }
  template <class Unit, bool Quoted>
  void add(const lambda_proc::events::epoch_time<Unit, Quoted>& time) noexcept {
    add(std::chrono::duration<double, typename Unit::period>(time.time.time_since_epoch()).count());
  }
  void add(const lambda_proc::events::dynamodb_time& time) noexcept {
    add(std::chrono::duration<double>(time.time.time_since_epoch()).count());
  }
  void add(const lambda_proc::events::rfc3339_time& time) noexcept { add(time.time); }
  template <class Duration>
  void add(std::chrono::sys_time<Duration> time) noexcept {
    add(time.time_since_epoch().count());
  }

  template <class T>
  void add(const std::optional<T>& value) noexcept {
    if (value) add(*value);
  }
  template <class T>
  void add(const std::pair<std::string_view, T>& entry) noexcept {
    mix(entry.first);
    add(entry.second);
  }
  template <class... T>
  void add(const std::variant<T...>& value) noexcept {
    mix(value.index());
    std::visit([this](const auto& held) { add(held); }, value);
  }
  void add(const by_hand::attribute& value) noexcept {
    using enum by_hand::attribute::kind;
    mix(static_cast<std::uint64_t>(value.type));
    switch (value.type) {
      case null:
      case boolean: return add(value.truth);
      case string:
      case number:
      case binary: return add(value.text);
      case list: return add(value.list);
      case map: return add(value.map);
      case strings:
      case numbers:
      case binaries: return add(value.texts);
    }
  }
  // Vectors, maps, and structs member by member.
  template <class T>
    requires std::is_class_v<T>
  void add(const T& value) noexcept {
    if constexpr (requires { value.begin(); }) {
      mix(value.size());
      for (const auto& item : value) add(item);
    } else {
      lambda_proc::visit_members(value, [this](const auto&... member) { (add(member), ...); });
    }
  }

  std::uint64_t sum_ = 0;
  std::size_t scalars_ = 0;
};

}  // namespace workloads
