#pragma once
// SPDX-License-Identifier: MIT
// apex's parent (apex/apex, shim/index.js and byline.js): many requests in flight, replies matched by id in any order.
// Lines end at "\r\n", "\r" or "\n"; a line without a string id is dropped.

#include "host_process.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace hosts {

class apex_shim {
 public:
  /// The arguments of a request's callback: JSON texts, empty if the reply has no such key.
  struct outcome {
    std::string error;
    std::string value;
  };

  explicit apex_shim(const std::string& program, environment extra = {})
      : process_({.program = program, .environment = with_wire(std::move(extra))}) {}

  /// Sends a request and returns its id.
  std::string send(std::string_view event) {
    std::string id = std::to_string(count_++);
    waiting_.insert(id);
    process_.write("{\"id\":\"" + id + "\",\"event\":" + std::string(event) + ",\"context\":{\"awsRequestId\":\"r" +
                   id +
                   "\",\"identity\":{\"cognitoIdentityId\":null,\"cognitoIdentityPoolId\":null},"
                   "\"clientContext\":null,\"invokedFunctionArn\":\"arn\"}}\n");
    return id;
  }
  void send_raw(std::string_view bytes) { process_.write(bytes); }

  outcome wait_for(const std::string& id) {
    while (!outcomes_.contains(id)) {
      const std::string line = process_.read_reply([](std::string_view text) {
        const std::size_t end = text.find_first_of("\r\n");
        return end == std::string_view::npos ? end : end + 1;
      });
      if (line.empty()) throw std::runtime_error("the child is gone, and so is the container");
      take(std::string_view(line).substr(0, line.size() - 1));
    }
    auto found = outcomes_.extract(id);
    return found.mapped();
  }
  outcome call(std::string_view event) { return wait_for(send(event)); }

  [[nodiscard]] std::size_t dropped() const { return dropped_; }
  [[nodiscard]] host_process& process() { return process_; }

 private:
  static environment with_wire(environment extra) {
    extra.emplace_back("LAMBDA_PROC_WIRE", "apex");
    return extra;
  }

  void take(std::string_view line) {
    if (line.empty()) return;
    simdjson::dom::parser parser;
    simdjson::dom::element reply;
    if (parser.parse(simdjson::padded_string(line)).get(reply))
      throw std::runtime_error("not JSON: " + std::string(line));
    std::string_view id;
    if (reply["id"].get_string().get(id)) {
      ++dropped_;
      return;
    }
    if (waiting_.erase(std::string(id)) == 0)
      throw std::runtime_error("no request waits for this reply: " + std::string(line));
    outcome got;
    if (simdjson::dom::element value; !reply["value"].get(value)) got.value = simdjson::minify(value);
    if (simdjson::dom::element error; !reply["error"].get(error)) got.error = simdjson::minify(error);
    outcomes_.emplace(id, got);
  }

  host_process process_;
  std::size_t count_ = 0;
  std::size_t dropped_ = 0;
  std::set<std::string> waiting_;
  std::map<std::string, outcome> outcomes_;
};

}  // namespace hosts
