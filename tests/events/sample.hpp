#pragma once
// A sample event from tests/data/events, decoded, and the checks that must hold for every sample.

#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/reflect.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <algorithm>
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

template <class T>
inline constexpr bool holds_variant = false;
template <class T>
inline constexpr bool holds_variant<std::optional<T>> = lambda_proc::detail::variant<T>;

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
  /// The objects that are decoded into maps of std, which take no null.
  std::vector<json::json_pointer> maps;

 private:
  template <class T>
  json walk(const json& value, const json::json_pointer& at, const std::string& path) {
    namespace detail = lambda_proc::detail;
    if constexpr (detail::nullable<T>) {
      return value.is_null() ? value : walk<std::remove_cvref_t<decltype(*std::declval<T&>())>>(value, at, path);
    } else if constexpr (std::is_same_v<T, lambda_proc::events::text_map>) {
      json out = json::object();
      for (const auto& [key, mapped] : value.items()) {
        if (!mapped.is_null()) out[key] = mapped.is_boolean() || mapped.is_number() ? json(mapped.dump()) : mapped;
      }
      return out;
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
      maps.push_back(at);
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
      const std::size_t index = index_of<T>(key);
      if (index == lambda_proc::member_count<T>) {
        unknown_keys.push_back(path + member(key));
        continue;
      }
      const std::string name{lambda_proc::json_names_of<T>[index]};
      lambda_proc::visit_members(model, [&](auto&... member) {
        std::size_t i = 0;
        static_cast<void>(
            ((i++ == index && (out[name] = walk_member(member, mapped, at / key, path, name), true)) || ...));
      });
      if (out[name].is_null()) out.erase(name);
    }
    return out;
  }

  // The member that is written as `key`, or read from it as well.
  template <class T>
  static std::size_t index_of(const std::string& key) {
    const auto& names = lambda_proc::json_names_of<T>;
    std::size_t index = static_cast<std::size_t>(std::find(names.begin(), names.end(), key) - names.begin());
    if constexpr (lambda_proc::detail::has_json_aliases<T>) {
      for (std::size_t i = 0; i < T::json_aliases.entries.size(); ++i) {
        if (T::json_aliases.entries[i].second == key)
          index = lambda_proc::detail::member_of_key<T>[lambda_proc::member_count<T> + i];
      }
    }
    return index;
  }

  template <class Member>
  json walk_member(const Member&, const json& value, const json::json_pointer& at, const std::string& path,
                   const std::string& key) {
    if constexpr (!std::is_same_v<Member, lambda_proc::raw_json> &&
                  !std::is_same_v<Member, std::optional<lambda_proc::raw_json>>) {
      const bool may_be_array = value.is_array() || lambda_proc::detail::variant<Member> || holds_variant<Member>;
      if (!value.is_null()) places.push_back({at, path + member(key), may_be_array ? json::object() : json::array()});
    }
    if (value.is_null()) return value;
    return walk<Member>(value, at, path + member(key));
  }

  static std::string member(const std::string& key) {
    const bool plain =
        key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
    return plain && !key.empty() ? "." + key : "[\"" + key + "\"]";
  }
};

/// Members that an event may not lack: they tell what it is, or are its whole point. docs/aws_events.md lists them,
/// too.
inline const std::vector<std::string> required_keys = {
    "Records",
    "records",
    "body",
    "data",
    "dynamodb",
    "kinesis",
    "Sns",
    "Message",
    "ses",
    "s3",
    "object",
    "key",
    "recordId",
    "awslogs",
    "requestContext",
    "triggerSource",
    "type",
    "detail-type",
    "authorizationToken",
    "fieldName",
    "info",
    "taskId",
    "s3Key",
    "tasks",
    "alarmData",
    "RequestType",
    "SecretId",
    "Step",
    "sessionState",
    "Details",
    "messages",
    "rmqMessagesByQueue",
    "operationType",
    "event",
    "events",
    "id",
    "CodePipeline.job",
    "LifecycleEventHookExecutionId",
    "invokingEvent",
    "protocolData",
    "actionGroup",
    "serverId",
    "condition",
    "raw_path",
    "targetGroupArn",
    "connection-id",
    "templateArn",
};

/// Whether this is the type and value of a DynamoDB attribute, or the name and bytes of a Kafka header: the only member
/// of its object, and the whole of it.
inline bool is_only_member(const json& whole, const json::json_pointer& at) {
  const auto parent = at.parent_pointer();
  if (parent.empty() || whole[parent].size() != 1) return false;
  static const std::vector<std::string> types{"S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"};
  if (std::ranges::find(types, at.back()) != types.end()) return true;
  return !parent.parent_pointer().empty() && parent.parent_pointer().back() == "headers";
}

/// Whether all of a value says nothing more than its absence.
inline bool is_empty(const json& value) {
  if (value.is_object() || value.is_array()) return std::ranges::all_of(value, is_empty);
  return value.is_null() || value == false || value == 0 || value == "" || value == "1970-01-01T00:00:00Z" ||
         value == "1970-01-01T00:00:00.000Z" || value == "0";
}

/// Removes the empty members of `written` that `expected` lacks.
inline void remove_empty(json& written, const json& expected) {
  if (written.is_array() && expected.is_array()) {
    for (std::size_t i = 0; i < written.size() && i < expected.size(); ++i) remove_empty(written[i], expected[i]);
  }
  if (!written.is_object() || !expected.is_object()) return;
  for (auto i = written.begin(); i != written.end();) {
    const auto other = expected.find(i.key());
    if (other == expected.end() && is_empty(*i)) {
      i = written.erase(i);
      continue;
    }
    if (other != expected.end()) remove_empty(*i, *other);
    ++i;
  }
}

/// Calls visit(pointer) for each member of each object in `value`, at any depth.
inline void each_member(const json& value, const json::json_pointer& at, const auto& visit) {
  for (const auto& item : value.items()) {
    const json& inner = item.value();
    const auto here = value.is_array() ? at / std::stoul(item.key()) : at / item.key();
    if (value.is_object()) visit(here);
    if (inner.is_structured()) each_member(inner, here, visit);
  }
}

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
  void check_nothing_is_lost() const { CHECK(rewritten(event_) == shape().known); }

  /// AWS may add keys to any object in the future.
  void check_new_keys_are_skipped() const {
    json grown = json::parse(text_);
    for (const auto& at : shape().structs) grown[at]["addedByAWS"] = {{"a", {1, nullptr, "}"}}};
    json_source source(grown.dump());
    T event{};
    const auto done = source.decode_into(event);
    REQUIRE(done);
    CHECK(rewritten(event) == shape().known);
  }

  /// AWS may leave out any member, or send null for it, but for required_keys.
  void check_members_may_be_missing() const {
    const json whole = json::parse(text_);
    const auto maps = shape().maps;
    each_member(whole, json::json_pointer(), [&](const json::json_pointer& at) {
      if (is_only_member(whole, at)) return;
      json without = whole;
      without[at.parent_pointer()].erase(at.back());
      json with_null = whole;
      with_null[at] = nullptr;
      const bool in_map = std::ranges::find(maps, at.parent_pointer()) != maps.end();
      for (const json& part : {without, in_map ? without : with_null}) {
        json_source source(part.dump());
        T event{};
        const auto done = source.decode_into(event);
        CAPTURE(at.to_string());
        if (done) {
          // What is left of it is written, and can be read again.
          const std::string text = encoded(event);
          json_source again(text);
          CHECK(again.decode_into(event));
        } else {
          CAPTURE(done.error().message);
          CHECK(std::ranges::find(required_keys, at.back()) != required_keys.end());
          CHECK_THAT(done.error().message, Catch::Matchers::EndsWith(": missing"));
        }
      }
    });
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
    check_members_may_be_missing();
  }

 private:
  [[nodiscard]] json rewritten(const T& event) const {
    json written = json::parse(encoded(event));
    remove_empty(written, shape().known);
    return written;
  }

  [[nodiscard]] event_shape shape() const { return event_shape::of<T>(json::parse(text_)); }

  std::string text_;
  json_source source_;
  T event_{};
};

}  // namespace support
