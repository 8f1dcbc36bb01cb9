// An echo with nlohmann/json, as its users write it.

#include <nlohmann/json.hpp>

#include <cstdint>
#include <iostream>
#include <string>

int main() {
  std::ios::sync_with_stdio(false);
  std::uint64_t count = 0;
  for (std::string line; std::getline(std::cin, line);) {
    nlohmann::json request = nlohmann::json::parse(line);
    nlohmann::json reply{{"proc_req_id", count++}, {"error", nullptr}, {"data", std::move(request["event"])}};
    std::cout << reply.dump() << '\n' << std::flush;
  }
}
