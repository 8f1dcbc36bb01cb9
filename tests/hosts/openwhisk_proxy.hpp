#pragma once
// SPDX-License-Identifier: MIT
// OpenWhisk's ActionLoop proxy (apache/openwhisk-runtime-go: executor.go, runHandler.go): replies on descriptor 3, one
// request at a time, and a marker after each activation's part of both logs.

#include "host_process.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace hosts {

class openwhisk_proxy {
 public:
  struct activation {
    int status;
    std::string body;
    std::string output;
    std::string log;
  };

  /// The child's environment has only the given variables, not even PATH.
  explicit openwhisk_proxy(const std::string& program, bool wait_for_ack, environment extra = {})
      : process_({.program = program, .environment = with_wire(std::move(extra), wait_for_ack), .reply_fd = 3}) {
    if (!wait_for_ack) return;
    if (const std::string line = process_.read_line(); line != "{\"ok\":true}\n") {
      throw std::runtime_error("The action did not initialize properly: " + line);
    }
  }

  activation run(std::string_view value) {
    process_.write(R"({"value":)" + std::string(value) +
                   R"(,"namespace":"_","action_name":"/_/f","action_version":"0.0.1","activation_id":"act)" +
                   std::to_string(count_++) +
                   R"(","transaction_id":"t","deadline":"4102444800000","api_key":"k"})"
                   "\n");
    activation done{.status = 200, .body = process_.read_line(), .output = {}, .log = {}};
    auto [output, log] = process_.mark_logs("XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\n");
    done.output = std::move(output);
    done.log = std::move(log);
    if (done.body.empty()) done.status = 500;
    // There must be no reply before the first request or between requests.
    if (!process_.unread_replies().empty()) throw std::runtime_error("a reply without a request");
    simdjson::dom::element reply;
    simdjson::dom::parser parser;
    if (done.status == 200 && (parser.parse(done.body).get(reply) || !(reply.is_object() || reply.is_array()))) {
      done.status = 502;
    }
    return done;
  }

  [[nodiscard]] host_process& process() { return process_; }

 private:
  static environment with_wire(environment extra, bool wait_for_ack) {
    extra.emplace_back("LAMBDA_PROC_WIRE", "openwhisk");
    if (wait_for_ack) extra.emplace_back("__OW_WAIT_FOR_ACK", "1");
    return extra;
  }

  host_process process_;
  int count_ = 0;
};

}  // namespace hosts
