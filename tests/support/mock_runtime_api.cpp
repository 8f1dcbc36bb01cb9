// SPDX-License-Identifier: MIT

#include "mock_runtime_api.hpp"

#include <array>
#include <cctype>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <cerrno>

namespace support {
namespace {

int checked(int answer, const char* what) {
  if (answer == -1) throw std::system_error(errno, std::generic_category(), what);
  return answer;
}

void wait_for(int fd, short events, const char* what) {
  constexpr int time_limit_ms = 20'000;
  pollfd waiting{.fd = fd, .events = events, .revents = 0};
  int found = 0;
  do {
    found = ::poll(&waiting, 1, time_limit_ms);
  } while (found < 0 && errno == EINTR);
  if (found == 0) throw std::runtime_error(std::string("waited in vain for ") + what);
}

std::string head_of(std::string_view id, std::string_view headers) {
  return std::string("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: ")
      .append(id)
      .append("\r\n")
      .append(headers);
}

}  // namespace

bool mock_connection::fill() {
  std::array<char, 65536> buffer;
  wait_for(fd_.get(), POLLIN, "a request");
  const auto count = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
  if (count > 0) unread_.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::optional<std::string> mock_connection::take(std::size_t size) {
  while (unread_.size() < size) {
    if (!fill()) return std::nullopt;
  }
  std::string taken = unread_.substr(0, size);
  unread_.erase(0, size);
  return taken;
}

std::optional<std::string> mock_connection::receive_line() {
  std::size_t end = 0;
  while ((end = unread_.find("\r\n")) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  std::string line = unread_.substr(0, end);
  unread_.erase(0, end + 2);
  return line;
}

std::optional<std::map<std::string, std::string>> mock_connection::take_fields() {
  std::map<std::string, std::string> fields;
  for (;;) {
    const auto line = receive_line();
    if (!line) return std::nullopt;
    if (line->empty()) return fields;
    const std::size_t colon = line->find(": ");
    if (colon == std::string::npos) throw std::runtime_error("a header without a colon: " + *line);
    std::string name = line->substr(0, colon);
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (!fields.emplace(name, line->substr(colon + 2)).second) throw std::runtime_error("a header twice: " + name);
  }
}

std::optional<http_request> mock_connection::receive_head() {
  const auto line = receive_line();
  if (!line) return std::nullopt;
  http_request request;
  request.method = line->substr(0, line->find(' '));
  request.path = line->substr(request.method.size() + 1, line->rfind(' ') - request.method.size() - 1);
  auto headers = take_fields();
  if (!headers) return std::nullopt;
  request.headers = *std::move(headers);
  return request;
}

std::optional<std::string> mock_connection::receive_chunk() {
  const auto size_line = receive_line();
  if (!size_line) return std::nullopt;
  std::size_t used = 0;
  const std::size_t size = std::stoul(*size_line, &used, 16);
  if (used != size_line->size()) throw std::runtime_error("not the size of a chunk: " + *size_line);
  if (size == 0) return std::string();
  auto chunk = take(size);
  if (!chunk) return std::nullopt;
  const auto end = take(2);
  if (!end) return std::nullopt;
  if (*end != "\r\n") throw std::runtime_error("a chunk does not end with a line break");
  return chunk;
}

std::map<std::string, std::string> mock_connection::receive_trailers() {
  auto trailers = take_fields();
  if (!trailers) throw std::runtime_error("the body does not end");
  return *std::move(trailers);
}

std::optional<http_request> mock_connection::receive() {
  auto request = receive_head();
  if (!request) return std::nullopt;
  if (request->headers.contains("transfer-encoding")) {
    for (;;) {
      const auto chunk = receive_chunk();
      if (!chunk) return std::nullopt;
      if (chunk->empty()) break;
      request->body += *chunk;
    }
    request->trailers = receive_trailers();
  } else if (request->headers.contains("content-length")) {
    auto body = take(std::stoul(request->headers["content-length"]));
    if (!body) return std::nullopt;
    request->body = *std::move(body);
  }
  return request;
}

void mock_connection::send(std::string_view text) const {
  while (!text.empty()) {
    wait_for(fd_.get(), POLLOUT, "the client to receive");
    const auto count = ::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL);
    if (count < 0) return;  // the test then finds out what the client did instead
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

void mock_connection::send_in_parts(std::string_view text, std::size_t size) const {
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size()))) send(text.substr(0, size));
}

void mock_connection::end() const { ::shutdown(fd_.get(), SHUT_WR); }

void mock_connection::reset() {
  const linger none{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
  close();
}

mock_runtime_api::mock_runtime_api() : fd_(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  checked(::bind(fd_.get(), reinterpret_cast<sockaddr*>(&address), size), "bind");
  checked(::listen(fd_.get(), SOMAXCONN), "listen");
  checked(::getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
  address_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

mock_connection mock_runtime_api::accept() const {
  wait_for(fd_.get(), POLLIN, "a connection");
  unique_fd connection(checked(::accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept"));
  constexpr int on = 1;
  ::setsockopt(connection.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return mock_connection(std::move(connection));
}

std::string invocation(std::string_view id, std::string_view event, std::string_view headers) {
  return head_of(id, headers)
      .append("Content-Length: ")
      .append(std::to_string(event.size()))
      .append("\r\n\r\n")
      .append(event);
}

std::string chunked_invocation(std::string_view id, std::string_view event, std::size_t size) {
  std::string text = head_of(id, "Transfer-Encoding: chunked\r\n\r\n");
  for (; !event.empty(); event.remove_prefix(std::min(size, event.size()))) {
    std::array<char, 32> head;
    const auto length = std::min(size, event.size());
    text.append(head.data(), static_cast<std::size_t>(std::snprintf(head.data(), head.size(), "%zx\r\n", length)));
    text.append(event.substr(0, length)).append("\r\n");
  }
  return text.append("0\r\n\r\n");
}

std::string answer(std::string_view status, std::string_view body) {
  return std::string("HTTP/1.1 ")
      .append(status)
      .append("\r\nContent-Length: ")
      .append(std::to_string(body.size()))
      .append("\r\n\r\n")
      .append(body);
}

}  // namespace support
