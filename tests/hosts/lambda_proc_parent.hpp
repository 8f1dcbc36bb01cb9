#pragma once
// SPDX-License-Identifier: MIT
// The original parent, jasonmoo/lambda_proc's example/index.js: no ids, one request at a time, and each reply the three
// keys in their order.

#include "host_process.hpp"
#include "is_json.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace hosts {

class lambda_proc_parent {
 public:
  explicit lambda_proc_parent(const std::string& program, environment extra = {})
      : process_({.program = program, .environment = std::move(extra)}) {}

  /// Returns the reply's data as JSON text. Throws if the reply is a failure, or one that the original parent could not
  /// handle.
  std::string call(std::string_view event) {
    process_.write(std::string(R"({"event":)")
                       .append(event)
                       .append(R"(,"context":{"awsRequestId":"r"}})"
                               "\n"));
    const std::string line = process_.read_line();
    // The original parent parses when a chunk ends in a newline, so nothing may follow.
    if (!process_.unread_replies().empty()) throw std::runtime_error("two replies in one chunk");
    const std::string start = R"({"proc_req_id":)" + std::to_string(count_++) + R"(,"error":)";
    if (!line.starts_with(start)) throw std::runtime_error("not a reply to this request: " + line);
    const std::string_view rest = std::string_view(line).substr(start.size());
    constexpr std::string_view good = R"(null,"data":)";
    if (!rest.starts_with(good)) throw std::runtime_error(line);
    if (!is_json(line)) throw std::runtime_error("not JSON: " + line);
    return std::string(rest.substr(good.size(), rest.size() - good.size() - 2));
  }

  [[nodiscard]] host_process& process() { return process_; }

 private:
  host_process process_;
  std::uint64_t count_ = 0;
};

}  // namespace hosts
