#pragma once
// SPDX-License-Identifier: MIT
// The default wire: that of the Go package lambda_proc (github.com/jasonmoo/lambda_proc) and of the Node.js parent in
// node/. The same child serves both parents.

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

/// One line of JSON each way:
///
///     {"event":…,"context":…}        {"proc_req_id":N,"error":null,"data":…}
///                                    {"proc_req_id":N,"error":"type: message","data":null}
///
/// Keys come in any order and unknown ones are skipped; context may be missing. N counts the lines that are not blank,
/// from 0. A request with an "id" (a string or a number) gets a reply with more keys:
///
///     {"id":"a","event":…}           {"id":"a","proc_req_id":N,"error":null,"data":…}
///                                    {"id":"a","proc_req_id":N,"error":"message","error_type":"type","data":null}
struct lambda_proc {
  static constexpr wire_traits traits{
      .name = "lambda_proc", .example = R"({"event":…,"context":…})", .answers_blank_lines = false};

  static result<void> read(std::string_view line, request& into) { return detail::read_aws_envelope(line, true, into); }

  static void open(json_writer& out, const request& request) {
    begin(out, request);
    out.append(",\"error\":null,\"data\":");
  }

  static const char* close(json_writer& out, std::size_t) {
    out.append("}");
    return nullptr;
  }

  static void fail(json_writer& out, const request& request, std::string_view type, std::string_view message) {
    begin(out, request);
    out.append(",\"error\":\"");
    if (request.id.empty()) {
      // This host knows only the message, so the type is part of it.
      out.escaped(type);
      out.append(": ");
      out.escaped(message);
    } else {
      out.escaped(message);
      out.append("\",\"error_type\":\"");
      out.escaped(type);
    }
    out.append("\",\"data\":null}");
  }

 private:
  static void begin(json_writer& out, const request& request) {
    if (request.id.empty()) {
      out.append("{\"proc_req_id\":");
    } else {
      out.append("{\"id\":");
      out.append(request.id);
      out.append(",\"proc_req_id\":");
    }
    out.number(request.number);
  }
};

}  // namespace wire
}  // namespace v0
}  // namespace lambda_proc
