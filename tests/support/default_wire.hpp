#pragma once
// SPDX-License-Identifier: MIT
// Lines of the default wire, as tests write and expect them.

#include <cstddef>
#include <string>
#include <string_view>

namespace support {

inline std::string request(std::string_view event) { return std::string("{\"event\":").append(event).append("}\n"); }
inline std::string request(std::string_view id, std::string_view event) {
  return std::string("{\"id\":\"").append(id).append("\",\"event\":").append(event).append("}\n");
}

inline std::string reply(std::size_t number, std::string_view data) {
  return "{\"proc_req_id\":" + std::to_string(number) + ",\"error\":null,\"data\":" + std::string(data) + "}\n";
}
inline std::string reply(std::string_view id, std::size_t number, std::string_view data) {
  return "{\"id\":\"" + std::string(id) + "\"," + reply(number, data).substr(1);
}

}  // namespace support
