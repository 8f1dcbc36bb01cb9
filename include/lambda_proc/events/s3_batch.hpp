#pragma once
// SPDX-License-Identifier: MIT
// Amazon S3 Batch Operations: tasks to do, one for each object, and the response.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/events/batch_processor.hpp>
#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/events/s3_key.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct s3_batch_job {
  std::string_view id;
  /// What the job's creator passed along; only in version 2.0.
  std::optional<string_map> user_arguments;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct s3_batch_event;

struct s3_batch_task {
  std::string_view task_id;
  /// The object's key, URL-encoded as in the job's manifest.
  s3_key key;
  std::optional<std::string_view> s3_version_id;
  /// Only in version 1.0.
  std::optional<std::string_view> s3_bucket_arn;
  /// The bucket's name; only in version 2.0.
  std::optional<std::string_view> s3_bucket;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"task_id", "key"};
  static constexpr auto json_names = names{"key", "s3Key"};

  using event_type = s3_batch_event;
  [[nodiscard]] std::string_view item_identifier() const noexcept { return task_id; }
};

/// Tasks of a job; in practice one. Answer with an s3_batch_response, which for_each makes out of a handler of one
/// task.
///
/// Fields: S3 User Guide, "Invoke AWS Lambda function" (batch-ops-invoke-lambda).
struct s3_batch_event {
  /// "1.0" or "2.0"
  std::string_view invocation_schema_version;
  std::string_view invocation_id;
  s3_batch_job job;
  std::vector<s3_batch_task> tasks;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"tasks"};
};

enum class s3_batch_result_code : std::uint8_t { succeeded, temporary_failure, permanent_failure };
constexpr auto json_names(s3_batch_result_code) {
  using enum s3_batch_result_code;
  return names{succeeded, "Succeeded", temporary_failure, "TemporaryFailure", permanent_failure, "PermanentFailure"};
}

/// What a handler of one task returns to for_each, if there is more to say than that it succeeded. S3 tries a task with
/// a temporary failure again.
struct s3_batch_outcome {
  s3_batch_result_code code = s3_batch_result_code::succeeded;
  /// Text for the job's report.
  std::string text;
};

struct s3_batch_result {
  std::string_view task_id;
  s3_batch_result_code result_code = s3_batch_result_code::succeeded;
  /// Text for the job's report.
  std::string result_string;

  using json_naming = camel_case;
};

/// The results. A task that is not named counts as treat_missing_keys_as says.
struct s3_batch_response {
  std::string_view invocation_schema_version;
  s3_batch_result_code treat_missing_keys_as = s3_batch_result_code::permanent_failure;
  std::string_view invocation_id;
  std::vector<s3_batch_result> results;

  using json_naming = camel_case;

  /// The response to `event`, without results.
  [[nodiscard]] static s3_batch_response to(const s3_batch_event& event) {
    s3_batch_response response;
    response.invocation_schema_version = event.invocation_schema_version;
    response.invocation_id = event.invocation_id;
    return response;
  }
  void add(const s3_batch_task& task, s3_batch_result_code code, std::string text = {}) {
    results.push_back({task.task_id, code, std::move(text)});
  }
};

template <>
inline constexpr event_source source_of<s3_batch_event> = event_source::s3_batch;

}  // namespace events

namespace detail {

template <>
struct batch_processor<events::s3_batch_task> {
  using task = events::s3_batch_task;
  using response = events::s3_batch_response;
  using code = events::s3_batch_result_code;

  static void report(response& to, const task& from, std::monostate) { to.add(from, code::succeeded); }
  static void report(response& to, const task& from, std::string_view text) {
    to.add(from, code::succeeded, std::string(text));
  }
  static void report(response& to, const task& from, const events::s3_batch_outcome& outcome) {
    to.add(from, outcome.code, outcome.text);
  }

  template <class Returned, class Value>
  static constexpr bool takes =
      requires(response& to, const task& from, const Value& value) { report(to, from, value); };

  static response process(const events::s3_batch_event& event, events::fifo_failure, auto&& handle) {
    auto all = response::to(event);
    for (const task& one : event.tasks) {
      const auto use = [&](const auto& value) -> result<void> {
        report(all, one, value);
        return {};
      };
      const result<void> done = handle(one, use);
      if (!done) all.add(one, code::permanent_failure, done.error().message);
    }
    return all;
  }
};

}  // namespace detail

LAMBDA_PROC_EVENT_TABLE(events::s3_batch_event);

}  // namespace v0
}  // namespace lambda_proc
