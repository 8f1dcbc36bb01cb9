#include "sample_checks.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

namespace support {

namespace {

using nlohmann::json;

/// Compares a JSON event with the schema of the type that it is decoded into.
class event_shape {
 public:
  /// The value of a member: its position, its path in failures, and a value of a wrong type for it.
  struct place {
    json::json_pointer at;
    std::string path;
    json wrong;
  };

  event_shape(const json& event, const schema& type) : known(walk(event, type, json::json_pointer(), std::string())) {}

  std::vector<std::string> unknown_keys;
  /// The objects that are decoded into structs.
  std::vector<json::json_pointer> structs;
  std::vector<place> places;
  /// The objects that are decoded into maps of std, which take no null.
  std::vector<json::json_pointer> maps;
  /// The event without nulls and without the keys that its type does not have.
  json known;

 private:
  json walk(const json& value, const schema& type, const json::json_pointer& at, const std::string& path) {
    if (value.is_null()) return value;
    switch (type.kind) {
      case schema::opaque: return value;
      case schema::text_map: return walk_texts(value);
      case schema::name_map: return walk_map(value, type, at, path);
      case schema::map: maps.push_back(at); return walk_map(value, type, at, path);
      case schema::list: return walk_list(value, type, at, path);
      case schema::structure: return walk_structure(value, type, at, path);
    }
    throw std::logic_error("no such kind");
  }

  static json walk_texts(const json& value) {
    json out = json::object();
    for (const auto& [key, mapped] : value.items()) {
      if (!mapped.is_null()) out[key] = mapped.is_boolean() || mapped.is_number() ? json(mapped.dump()) : mapped;
    }
    return out;
  }

  json walk_map(const json& value, const schema& type, const json::json_pointer& at, const std::string& path) {
    json out = json::object();
    for (const auto& [key, mapped] : value.items()) {
      if (type.kind == schema::name_map && mapped.is_null()) continue;  // counts as absent
      out[key] = walk(mapped, type.element(), at / key, path + member(key));
    }
    return out;
  }

  json walk_list(const json& value, const schema& type, const json::json_pointer& at, const std::string& path) {
    json out = json::array();
    for (std::size_t i = 0; i < value.size(); ++i) {
      out.push_back(walk(value[i], type.element(), at / i, path + "[" + std::to_string(i) + "]"));
    }
    return out;
  }

  json walk_structure(const json& value, const schema& type, const json::json_pointer& at, const std::string& path) {
    structs.push_back(at);
    json out = json::object();
    for (const auto& [key, mapped] : value.items()) {
      const auto found = std::ranges::find(type.members, key, &schema::member::key);
      if (found == type.members.end()) {
        unknown_keys.push_back(path + member(key));
      } else if (!mapped.is_null()) {
        const std::string here = path + member(std::string(found->name));
        if (!found->takes_any_type)
          places.push_back({at / key, here, mapped.is_array() || found->takes_arrays ? json::object() : json::array()});
        out[std::string(found->name)] = walk(mapped, found->type(), at / key, here);
      }
    }
    return out;
  }

  static std::string member(const std::string& key) {
    const bool plain =
        key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
    return plain && !key.empty() ? "." + key : "[\"" + key + "\"]";
  }
};

/// Members that an event may not lack: they tell what it is, or are its whole point. docs/aws_events.md lists them,
/// too.
const std::vector<std::string> required_keys = {
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
bool is_only_member(const json& whole, const json::json_pointer& at) {
  const auto parent = at.parent_pointer();
  if (parent.empty() || whole[parent].size() != 1) return false;
  static const std::vector<std::string> types{"S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"};
  if (std::ranges::find(types, at.back()) != types.end()) return true;
  return !parent.parent_pointer().empty() && parent.parent_pointer().back() == "headers";
}

/// Whether all of a value says nothing more than its absence.
bool is_empty(const json& value) {
  if (value.is_object() || value.is_array()) return std::ranges::all_of(value, is_empty);
  return value.is_null() || value == false || value == 0 || value == "" || value == "1970-01-01T00:00:00Z" ||
         value == "1970-01-01T00:00:00.000Z" || value == "0";
}

/// Removes the empty members of `written` that `expected` lacks.
void remove_empty(json& written, const json& expected) {
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
void each_member(const json& value, const json::json_pointer& at, const auto& visit) {
  for (const auto& item : value.items()) {
    const json& inner = item.value();
    const auto here = value.is_array() ? at / std::stoul(item.key()) : at / item.key();
    if (value.is_object()) visit(here);
    if (inner.is_structured()) each_member(inner, here, visit);
  }
}

/// What is written, without the empty members that the sample lacks.
json written(const lambda_proc::result<std::string>& text, const json& known) {
  REQUIRE(text);
  json value = json::parse(*text);
  remove_empty(value, known);
  return value;
}

}  // namespace

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("can't read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

std::string sample_text(const std::string& name) {
  return file_text(name.starts_with('/') ? name : LAMBDA_PROC_TEST_EVENTS "/" + name);
}

std::string compact(std::string_view text) { return json::parse(text).dump(); }

std::vector<std::string> sample_checks::unknown_keys() const {
  return event_shape(json::parse(text_), type_).unknown_keys;
}

std::string sample_checks::known() const { return event_shape(json::parse(text_), type_).known.dump(); }

std::vector<std::string> sample_checks::typed_places() const {
  std::vector<std::string> paths;
  for (const auto& place : event_shape(json::parse(text_), type_).places) paths.push_back(place.path);
  return paths;
}

void sample_checks::check_nothing_is_lost() const {
  const json known = event_shape(json::parse(text_), type_).known;
  CHECK(written(rewrite_(text_), known) == known);
}

void sample_checks::check_new_keys_are_skipped() const {
  json grown = json::parse(text_);
  const event_shape shape(grown, type_);
  for (const auto& at : shape.structs) grown[at]["addedByAWS"] = {{"a", {1, nullptr, "}"}}};
  CHECK(written(rewrite_(grown.dump()), shape.known) == shape.known);
}

void sample_checks::check_members_may_be_missing() const {
  const json whole = json::parse(text_);
  const auto maps = event_shape(whole, type_).maps;
  each_member(whole, json::json_pointer(), [&](const json::json_pointer& at) {
    if (is_only_member(whole, at)) return;
    json without = whole;
    without[at.parent_pointer()].erase(at.back());
    json with_null = whole;
    with_null[at] = nullptr;
    const bool in_map = std::ranges::find(maps, at.parent_pointer()) != maps.end();
    for (const json& part : {without, in_map ? without : with_null}) {
      const auto text = rewrite_(part.dump());
      CAPTURE(at.to_string());
      if (text) {
        // What is left of it is written, and can be read again.
        CHECK(rewrite_(*text));
      } else {
        CAPTURE(text.error().message);
        CHECK(std::ranges::find(required_keys, at.back()) != required_keys.end());
        CHECK_THAT(text.error().message, Catch::Matchers::EndsWith(": missing"));
      }
    }
  });
}

void sample_checks::check_wrong_types_are_named() const {
  const json whole = json::parse(text_);
  for (const auto& place : event_shape(whole, type_).places) {
    json wrong = whole;
    wrong[place.at] = place.wrong;
    CAPTURE(place.path);
    const auto text = rewrite_(wrong.dump());
    REQUIRE_FALSE(text);
    CHECK_THAT(text.error().message, Catch::Matchers::StartsWith(place.path + ": expected"));
  }
}

void sample_checks::check() const {
  CHECK(unknown_keys() == std::vector<std::string>{});
  check_nothing_is_lost();
  check_new_keys_are_skipped();
  check_wrong_types_are_named();
  check_members_may_be_missing();
}

}  // namespace support
