#pragma once
// SPDX-License-Identifier: MIT
// The same requests and replies in the format of each wire, for tests that hold for all wires.

#include <cstddef>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hosts {

struct wire_words {
  std::string name;
  /// Whether requests carry ids, which are optional.
  bool ids = false;

  [[nodiscard]] int reply_fd() const { return name == "openwhisk" ? 3 : 1; }
  [[nodiscard]] bool has_request_ids() const { return name != "lines" && !is_sized(); }
  [[nodiscard]] bool logs() const { return has_request_ids(); }

  [[nodiscard]] std::string request(int n, const std::string& event) const {
    const std::string number = std::to_string(n);
    if (!has_request_ids()) return frame(event);
    if (name == "openwhisk") return R"({"value":)" + event + R"(,"activation_id":"r)" + number + "\"}\n";
    const std::string id = ids ? R"("id":"i)" + number + "\"," : "";
    return "{" + id + R"("event":)" + event + R"(,"context":{"awsRequestId":"r)" + number + "\"}}\n";
  }

  [[nodiscard]] std::string reply(int n, const std::string& value) const {
    if (name == "apex") return R"({"id":"i)" + std::to_string(n) + R"(","value":)" + value + "}\n";
    if (name != "lambda_proc") return frame(value);
    return opening(n) + R"(null,"data":)" + value + "}\n";
  }

  [[nodiscard]] std::string failure(int n, const std::string& type, const std::string& message) const {
    if (name == "apex") return R"({"id":"i)" + std::to_string(n) + R"(","error":")" + type + ": " + message + "\"}\n";
    if (name == "openwhisk") return R"({"error":")" + type + ": " + message + "\"}\n";
    if (name != "lambda_proc") return frame(R"({"error":{"type":")" + type + R"(","message":")" + message + "\"}}");
    if (!ids)
      return opening(n) + "\"" + type + ": " + message +
             R"(","data":null})"
             "\n";
    return opening(n) + "\"" + message + R"(","error_type":")" + type +
           R"(","data":null})"
           "\n";
  }

  friend std::ostream& operator<<(std::ostream& out, const wire_words& words) {
    return out << words.name << (words.ids ? " with ids" : "");
  }

 private:
  [[nodiscard]] bool is_sized() const { return name == "netstring" || name == "length_prefixed_uint32_be"; }

  [[nodiscard]] std::string opening(int n) const {
    const std::string number = std::to_string(n);
    return "{" + (ids ? R"("id":"i)" + number + "\"," : "") + R"("proc_req_id":)" + number + R"(,"error":)";
  }

  [[nodiscard]] std::string frame(const std::string& line) const {
    if (name == "netstring") return std::to_string(line.size()) + ":" + line + ",";
    if (name != "length_prefixed_uint32_be") return line + "\n";
    std::string framed;
    for (int shift = 24; shift >= 0; shift -= 8) framed += static_cast<char>(line.size() >> shift & 0xFFU);
    return framed + line;
  }
};

inline const wire_words all_wires[] = {{"lambda_proc"}, {"lambda_proc", true},         {"apex", true}, {"lines"},
                                       {"netstring"},   {"length_prefixed_uint32_be"}, {"openwhisk"}};

}  // namespace hosts
