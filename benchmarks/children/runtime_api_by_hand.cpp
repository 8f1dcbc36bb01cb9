// What a good engineer writes in an hour: a client for AWS Lambda's runtime API over a socket, for this one server. It
// echoes the event after simdjson has indexed it, and has no failures, no chunks and no second connection.

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <simdjson.h>

namespace {

constexpr std::string_view path = "/2018-06-01/runtime/invocation/";

class connection {
 public:
  explicit connection(const char* address) {
    const std::string_view text = address;
    const std::string host(text.substr(0, text.find(':')));
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(static_cast<std::uint16_t>(std::atoi(address + host.size() + 1)));
    ::inet_pton(AF_INET, host.c_str(), &server.sin_addr);
    fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
    constexpr int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0) std::exit(1);
    buffer_.resize(std::size_t{1} << 16U);
  }

  void send(std::string_view head, std::string_view body) const {
    while (!head.empty() || !body.empty()) {
      iovec parts[2] = {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}};
      const ssize_t count = ::writev(fd_, parts, 2);
      if (count < 0) std::exit(1);
      const auto of_head = std::min(head.size(), static_cast<std::size_t>(count));
      head.remove_prefix(of_head);
      body.remove_prefix(static_cast<std::size_t>(count) - of_head);
    }
  }

  // Receives a response; returns its body and stores its head.
  std::string_view receive(std::string_view& head) {
    std::size_t end = 0;
    std::size_t wanted = 0;
    std::size_t head_end = 0;
    while (head_end == 0 || end < wanted) {
      if (end + simdjson::SIMDJSON_PADDING >= buffer_.size()) buffer_.resize(2 * buffer_.size());
      const ssize_t count = ::recv(fd_, buffer_.data() + end, buffer_.size() - simdjson::SIMDJSON_PADDING - end, 0);
      if (count <= 0) std::exit(0);
      end += static_cast<std::size_t>(count);
      if (head_end != 0) continue;
      head = {buffer_.data(), end};
      head_end = head.find("\r\n\r\n");
      if (head_end == std::string_view::npos) {
        head_end = 0;
        continue;
      }
      head_end += 4;
      head = head.substr(0, head_end);
      const std::string_view length = header("Content-Length: ", head);
      std::size_t size = 0;
      std::from_chars(length.data(), length.data() + length.size(), size);
      wanted = head_end + size;
    }
    head = {buffer_.data(), head_end};
    return {buffer_.data() + head_end, wanted - head_end};
  }

  static std::string_view header(std::string_view name, std::string_view head) {
    const std::size_t start = head.find(name) + name.size();
    return head.substr(start, head.find('\r', start) - start);
  }

  [[nodiscard]] std::size_t capacity() const { return buffer_.size(); }

 private:
  int fd_;
  std::string buffer_;
};

}  // namespace

int main() {
  const char* const address = std::getenv("AWS_LAMBDA_RUNTIME_API");
  connection server(address);
  const std::string host = std::string(" HTTP/1.1\r\nHost: ") + address + "\r\n";
  const std::string next = "GET " + std::string(path) + "next" + host + "\r\n";
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  std::string post;
  for (;;) {
    server.send(next, {});
    std::string_view head;
    const std::string_view event = server.receive(head);
    const simdjson::padded_string_view padded(event.data(), event.size(), event.size() + simdjson::SIMDJSON_PADDING);
    std::string_view text;
    if (parser.iterate(padded).get(document) || document.raw_json().get(text)) return 1;
    char size[20];
    char* const end = std::to_chars(size, size + sizeof size, text.size()).ptr;
    post.assign("POST ").append(path).append(connection::header("Lambda-Runtime-Aws-Request-Id: ", head));
    post.append("/response").append(host).append("Content-Type: application/json\r\nContent-Length: ");
    post.append(size, static_cast<std::size_t>(end - size)).append("\r\n\r\n");
    server.send(post, text);
    server.receive(head);
  }
}
