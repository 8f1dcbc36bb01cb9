#pragma once
// SPDX-License-Identifier: MIT
// The address of AWS Lambda's runtime API, as AWS_LAMBDA_RUNTIME_API gives it. runtime_api_channel connects to it.

#include <lambda_proc/core/decimal.hpp>
#include <lambda_proc/core/failure.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace lambda_proc {
inline namespace v0 {

/// A server to connect to, and the parts of its URL that requests need.
struct endpoint {
  sockaddr_storage address{};
  socklen_t address_size = 0;
  /// The value of the Host header: host and port as they were written.
  std::string authority;
  /// The prefix of all paths: empty, or "/…" without a trailing slash.
  std::string prefix;
};

namespace detail {

[[gnu::cold]] inline bool set_address(endpoint& out, std::string_view host, std::uint16_t port) {
  // inet_pton(3) needs a terminator.
  std::array<char, INET6_ADDRSTRLEN + 1> text{};
  if (host == "localhost") host = "127.0.0.1";
  const bool is_ipv6 = host.starts_with('[') && host.ends_with(']');
  if (is_ipv6) host = host.substr(1, host.size() - 2);
  if (host.size() >= text.size()) return false;
  host.copy(text.data(), host.size());
  if (is_ipv6) {
    auto& address = reinterpret_cast<sockaddr_in6&>(out.address);
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    out.address_size = sizeof address;
    return ::inet_pton(AF_INET6, text.data(), &address.sin6_addr) == 1;
  }
  auto& address = reinterpret_cast<sockaddr_in&>(out.address);
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  out.address_size = sizeof address;
  return ::inet_pton(AF_INET, text.data(), &address.sin_addr) == 1;
}

}  // namespace detail

/// Parses `[http://]host[:port][/prefix]`. `host` is an IPv4 address, an IPv6 address in brackets, or localhost, which
/// is 127.0.0.1: names are not looked up, because a statically linked glibc can't. The port is 80 if it is missing.
[[nodiscard, gnu::cold]] inline result<endpoint> parse_endpoint(std::string_view text) {
  constexpr std::size_t longest = 1000;
  const auto malformed = [text] {
    return failure{"invalid_endpoint", "expected [http://]host[:port][/prefix] with the address of a host, got \"" +
                                           std::string(text.substr(0, longest)) + "\""};
  };
  for (const char c : text) {
    // These characters can't be in a request line.
    if (c <= ' ' || c >= 0x7F) return malformed();
  }
  if (text.size() > longest) return malformed();
  std::string_view rest = text;
  constexpr std::string_view scheme = "http://";
  if (rest.starts_with(scheme)) rest.remove_prefix(scheme.size());
  const std::string_view authority = rest.substr(0, rest.find('/'));
  std::string_view prefix = rest.substr(authority.size());
  while (prefix.ends_with('/')) prefix.remove_suffix(1);

  const std::size_t colon = authority.find(':', authority.starts_with('[') ? authority.find(']') : 0);
  std::uint16_t port = 80;
  if (colon != std::string_view::npos) {
    const std::uint64_t number = detail::decimal(authority.substr(colon + 1)).value_or(0);
    if (number == 0 || number > std::numeric_limits<std::uint16_t>::max()) return malformed();
    port = static_cast<std::uint16_t>(number);
  }
  endpoint out;
  if (!detail::set_address(out, authority.substr(0, colon), port)) return malformed();
  out.authority = authority;
  out.prefix = prefix;
  return out;
}

}  // namespace v0
}  // namespace lambda_proc
