#pragma once
// SPDX-License-Identifier: MIT
// Amazon DocumentDB: a batch of changes from a change stream.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct documentdb_namespace {
  std::string_view db;
  std::optional<std::string_view> coll;

  using json_missing = leave_empty;
};

/// One change, as MongoDB describes it. Documents are extended JSON ({"$oid":…}, {"$date":…}); decode them with
/// embedded_json.
struct documentdb_change {
  /// The position in the stream, an object.
  raw_json id;
  /// "insert", "update", "replace", "delete", "drop", "dropDatabase", "rename" or "invalidate".
  std::string_view operation_type;
  /// {"$timestamp":{"t":…,"i":…}}
  std::optional<raw_json> cluster_time;
  documentdb_namespace ns;
  /// The id of the document, an object.
  std::optional<raw_json> document_key;
  std::optional<raw_json> full_document;
  std::optional<raw_json> full_document_before_change;
  std::optional<raw_json> update_description;
  std::optional<documentdb_namespace> to;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr auto json_names = names{"id", "_id"};
  static constexpr std::string_view json_required[] = {"operation_type"};
};

struct documentdb_record {
  documentdb_change event;

  using json_missing = leave_empty;
};

/// A batch (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DocumentDB": with-documentdb). It succeeds or
/// fails as a whole; the reply is ignored.
struct documentdb_event {
  /// "aws:docdb"
  std::string_view event_source;
  /// The cluster's ARN.
  std::string_view event_source_arn;
  std::vector<documentdb_record> events;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"events"};
};

template <>
inline constexpr event_source source_of<documentdb_event> = event_source::documentdb;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::documentdb_event);

}  // namespace v0
}  // namespace lambda_proc
