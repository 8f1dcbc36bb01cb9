#include <lambda_proc/runtime_api/endpoint.hpp>

#include <catch2/catch_all.hpp>

#include <array>
#include <string>
#include <string_view>
#include <tuple>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

// The address of the runtime API.

using lambda_proc::endpoint;
using lambda_proc::parse_endpoint;

namespace {

/// Address and port as the system prints them.
std::string address_of(const endpoint& server) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (server.address.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(server.address);
    ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    return std::string(text.data()) + " " + std::to_string(ntohs(v6.sin6_port));
  }
  const auto& v4 = reinterpret_cast<const sockaddr_in&>(server.address);
  ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
  return std::string(text.data()) + " " + std::to_string(ntohs(v4.sin_port));
}

}  // namespace

TEST_CASE("endpoint: addresses are accepted as AWS and local tools write them", "[endpoint]") {
  const auto [text, address, authority, prefix] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"127.0.0.1:9001", "127.0.0.1 9001", "127.0.0.1:9001", ""},
      {"169.254.100.1:9001", "169.254.100.1 9001", "169.254.100.1:9001", ""},
      {"localhost:3000", "127.0.0.1 3000", "localhost:3000", ""},
      {"localhost", "127.0.0.1 80", "localhost", ""},
      {"http://localhost:3000/prefix", "127.0.0.1 3000", "localhost:3000", "/prefix"},
      {"http://127.0.0.1/a/b/", "127.0.0.1 80", "127.0.0.1", "/a/b"},
      {"127.0.0.1:1/", "127.0.0.1 1", "127.0.0.1:1", ""},
      {"[::1]:9001", "::1 9001", "[::1]:9001", ""},
      {"[fd00::1]", "fd00::1 80", "[fd00::1]", ""},
      {"127.0.0.1:65535", "127.0.0.1 65535", "127.0.0.1:65535", ""},
  }));
  CAPTURE(text);
  const auto server = parse_endpoint(text);
  REQUIRE(server);
  CHECK(address_of(*server) == address);
  CHECK(server->authority == authority);
  CHECK(server->prefix == prefix);
}

TEST_CASE("endpoint: text that is not an address is refused with a message that quotes it", "[endpoint]") {
  const std::string text = GENERATE(
      as<std::string>(), "", "http://", "https://127.0.0.1:9001", "example.com:80", "127.0.0.1:", "127.0.0.1:0",
      "127.0.0.1:65536", "127.0.0.1:9001x", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0", "::1", "[::1", "::1]:80",
      "[::1]x", "[::1]:", "127.0.0.1:9001/a b", "127.0.0.1:9001\r\nX: y", "[127.0.0.1]:80", "/prefix",
      "localhost:3000?x", "[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001]:80");
  CAPTURE(text);
  const auto server = parse_endpoint(text);
  REQUIRE_FALSE(server);
  CHECK(server.error().type == "invalid_endpoint");
  CHECK(server.error().message ==
        "expected [http://]host[:port][/prefix] with the address of a host, got \"" + text + "\"");
}

TEST_CASE("endpoint: a very long address is refused with a shortened message", "[endpoint]") {
  const auto server = parse_endpoint("127.0.0.1/" + std::string(100'000, 'p'));
  REQUIRE_FALSE(server);
  CHECK(server.error().message.size() < 1200);
}
