#pragma once
// SPDX-License-Identifier: MIT
// The wire of apex (github.com/apex/apex, shim/index.js, and apex/go-apex, apex.go).

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/aws_context.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <cstddef>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace wire {

/// One line of JSON each way. Replies are matched by id and may come in any order:
///
///     {"id":"a","event":…,"context":…}        {"id":"a","value":…}
///                                             {"id":"a","error":"type: message"}
///
/// Keys without content are omitted: a null value, and the id of a request without one (the shim ignores such a reply).
struct apex {
  static constexpr wire_traits traits{
      .name = "apex", .example = R"({"id":"…","event":…,"context":…})", .answers_blank_lines = false};

  static result<void> read(std::string_view line, request& into) {
    result<void> done = detail::read_aws_envelope(line, false, into);
    if (done && into.id.empty()) return failure{"invalid_request", "id: missing"};
    return done;
  }

  static void open(json_writer& out, const request& request) {
    begin(out, request);
    out.append(value_key);
  }

  static const char* close(json_writer& out, std::size_t value) {
    if (out.view().substr(value) == "null") {
      out.truncate(value - value_key.size());
      if (out.view().ends_with(',')) out.truncate(out.size() - 1);
    }
    out.append("}");
    return nullptr;
  }

  static void fail(json_writer& out, const request& request, std::string_view type, std::string_view message) {
    begin(out, request);
    out.append("\"error\":\"");
    out.escaped(type);
    out.append(": ");
    out.escaped(message);
    out.append("\"}");
  }

 private:
  static constexpr std::string_view value_key = "\"value\":";

  static void begin(json_writer& out, const request& request) {
    out.append("{");
    if (request.id.empty()) return;
    out.append("\"id\":");
    out.append(request.id);
    out.append(",");
  }
};

}  // namespace wire
}  // namespace v0
}  // namespace lambda_proc
