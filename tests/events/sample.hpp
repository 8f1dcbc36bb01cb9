#pragma once
// A sample event from tests/data/events, decoded, and the checks that must hold for every sample.

#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/reflect.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <cstddef>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

namespace support {

using nlohmann::json;

inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("can't read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

template <class T>
inline constexpr bool is_name_map = false;
template <class Value, class Names>
inline constexpr bool is_name_map<lambda_proc::events::name_map<Value, Names>> = true;

/// Compares a JSON event with the members of the struct that it is decoded into.
class event_shape {
 public:
  /// The value of a member: its position, its path in failures, and a value of a wrong type for it.
  struct place {
    json::json_pointer at;
    std::string path;
    json wrong;
  };

  template <class T>
  static event_shape of(const json& event) {
    event_shape shape;
    shape.known = shape.walk<T>(event, json::json_pointer(), std::string());
    return shape;
  }

  /// The event without nulls and without the keys that T does not have.
  json known;
  std::vector<std::string> unknown_keys;
  /// The objects that are decoded into structs.
  std::vector<json::json_pointer> structs;
  std::vector<place> places;

 private:
  template <class T>
  json walk(const json& value, const json::json_pointer& at, const std::string& path) {
    namespace detail = lambda_proc::detail;
    if constexpr (detail::nullable<T>) {
      return value.is_null() ? value : walk<std::remove_cvref_t<decltype(*std::declval<T&>())>>(value, at, path);
    } else if constexpr (is_name_map<T>) {
      json out = json::object();
      for (const auto& [key, mapped] : value.items()) {
        if (mapped.is_null()) continue;  // counts as absent
        out[key] = walk<typename T::value_type::second_type>(mapped, at / key, path + member(key));
      }
      return out;
    } else if constexpr (detail::has_from_json<T> || std::is_same_v<T, lambda_proc::raw_json> || detail::variant<T>) {
      return value;
    } else if constexpr (detail::map<T>) {
      json out = json::object();
      for (const auto& [key, mapped] : value.items()) {
        out[key] = walk<typename T::mapped_type>(mapped, at / key, path + member(key));
      }
      return out;
    } else if constexpr (detail::sequence<T>) {
      json out = json::array();
      for (std::size_t i = 0; i < value.size(); ++i) {
        out.push_back(walk<typename T::value_type>(value[i], at / i, path + "[" + std::to_string(i) + "]"));
      }
      return out;
    } else if constexpr (lambda_proc::plain_struct<T>) {
      return walk_struct<T>(value, at, path);
    } else {
      return value;
    }
  }

  template <class T>
  json walk_struct(const json& value, const json::json_pointer& at, const std::string& path) {
    structs.push_back(at);
    json out = json::object();
    for (const auto& item : value.items()) {
      const std::string& key = item.key();
      const json& mapped = item.value();
      T model{};
      const bool is_known = lambda_proc::visit_members(model, [&](auto&... member) {
        std::size_t i = 0;
        return ((lambda_proc::json_names_of<T>[i++] == key &&
                 (out[key] = walk_member(member, mapped, at / key, path, key), true)) ||
                ...);
      });
      if (!is_known) unknown_keys.push_back(path + member(key));
      if (is_known && out[key].is_null()) out.erase(key);
    }
    return out;
  }

  template <class Member>
  json walk_member(const Member&, const json& value, const json::json_pointer& at, const std::string& path,
                   const std::string& key) {
    if constexpr (!std::is_same_v<Member, lambda_proc::raw_json> &&
                  !std::is_same_v<Member, std::optional<lambda_proc::raw_json>>) {
      if (!value.is_null())
        places.push_back({at, path + member(key), value.is_array() ? json::object() : json::array()});
    }
    return walk<Member>(value, at, path + member(key));
  }

  static std::string member(const std::string& key) {
    const bool plain =
        key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
    return plain && !key.empty() ? "." + key : "[\"" + key + "\"]";
  }
};

/// The event in a file, decoded into a T, with the buffers that it views.
template <class T>
class event_sample {
 public:
  /// `name` is relative to tests/data/events, or an absolute path.
  explicit event_sample(const std::string& name)
      : text_(file_text(name.starts_with('/') ? name : LAMBDA_PROC_TEST_EVENTS "/" + name)), source_(text_) {
    if (auto done = source_.decode_into(event_); !done) throw std::runtime_error(name + done.error().message);
  }

  const T& operator*() const { return event_; }
  const T* operator->() const { return &event_; }

  /// The paths of keys that the sample has and T does not.
  [[nodiscard]] std::vector<std::string> unknown_keys() const { return shape().unknown_keys; }

  /// Everything that T has is encoded as it was decoded.
  void check_nothing_is_lost() const { CHECK(json::parse(encoded(event_)) == shape().known); }

  /// AWS may add keys to any object in the future.
  void check_new_keys_are_skipped() const {
    json grown = json::parse(text_);
    for (const auto& at : shape().structs) grown[at]["addedByAWS"] = {{"a", {1, nullptr, "}"}}};
    json_source source(grown.dump());
    T event{};
    const auto done = source.decode_into(event);
    REQUIRE(done);
    CHECK(json::parse(encoded(event)) == shape().known);
  }

  /// A value of a wrong type, in any place, is a failure that names the place.
  void check_wrong_types_are_named() const {
    for (const auto& place : shape().places) {
      json wrong = json::parse(text_);
      wrong[place.at] = place.wrong;
      CAPTURE(place.path);
      CHECK_THAT(why_not<T>(wrong.dump()), Catch::Matchers::StartsWith(place.path + ": expected"));
    }
  }

  /// All of these checks, for a sample in which every key is documented.
  void check() const {
    CHECK(unknown_keys() == std::vector<std::string>{});
    check_nothing_is_lost();
    check_new_keys_are_skipped();
    check_wrong_types_are_named();
  }

 private:
  [[nodiscard]] event_shape shape() const { return event_shape::of<T>(json::parse(text_)); }

  std::string text_;
  json_source source_;
  T event_{};
};

}  // namespace support
