// Measures what an invocation on AWS Lambda costs a native function: this program acts as the runtime API and measures
// each contender in turn, in several rounds.
//
//     runtime_api [rounds]
//
// All contenders echo the event, and every reply is checked. Prints table, row, column, value, which script/bench turns
// into tables. Times are in microseconds, from the event to the request for the next one.

#include "child.hpp"
#include "workloads.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>

namespace {

using command = std::vector<std::string>;

struct contender {
  std::string name;
  std::string program;
};

const std::vector<contender> contenders{
    {"by hand", LAMBDA_PROC_CHILDREN "/runtime_api_by_hand"},
    {"lambda_proc", LAMBDA_PROC_CHILDREN "/echo"},
    {"libcurl", LAMBDA_PROC_CHILDREN "/runtime_api_curl"},
};

class listener {
 public:
  listener() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(fd_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd_, 16) != 0 ||
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      give_up("no socket to listen on");
    }
    ::setenv("AWS_LAMBDA_RUNTIME_API", ("127.0.0.1:" + std::to_string(ntohs(address.sin_port))).c_str(), 1);
    ::setenv("LAMBDA_PROC_WIRE", "runtime_api", 1);
  }
  listener(const listener&) = delete;
  listener& operator=(const listener&) = delete;
  ~listener() { ::close(fd_); }

  [[nodiscard]] int accept() const {
    const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) give_up("no connection");
    constexpr int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
  }

 private:
  int fd_;
};

// A running function that has asked for its first invocation.
class function {
 public:
  function(const contender& who, const listener& server)
      : started_(benchmark_clock::now()),
        process_(std::in_place, command{who.program}, "/dev/null"),
        fd_(server.accept()) {
    receive();
    start_time_ = microseconds_since(started_);
  }
  function(const function&) = delete;
  function& operator=(const function&) = delete;
  function(function&& other) noexcept
      : started_(other.started_), start_time_(other.start_time_), process_(std::move(other.process_)), fd_(other.fd_) {
    other.fd_ = -1;
  }
  ~function() {
    if (fd_ < 0) return;
    // Ends the process first, because it would connect again.
    process_->terminate();
    process_.reset();
    ::close(fd_);
  }

  // Returns the reply to an event; the view is valid until the next call.
  std::string_view invoke(std::string_view event) {
    text_.assign("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: ");
    text_.append("8476a536-e9f4-11e8-9739-").append(std::to_string(100'000'000'000 + count_++));
    text_.append("\r\nLambda-Runtime-Deadline-Ms: 1795659960603\r\nLambda-Runtime-Invoked-Function-Arn: ");
    text_.append("arn:aws:lambda:us-east-1:123456789012:function:shop\r\nLambda-Runtime-Trace-Id: ");
    text_.append("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1\r\n");
    text_.append("Date: Fri, 27 Nov 2026 00:00:00 GMT\r\nContent-Length: ").append(std::to_string(event.size()));
    text_.append("\r\n\r\n").append(event);
    send(text_);
    reply_ = receive();
    send("HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n");
    receive();
    return reply_;
  }

  [[nodiscard]] double start_time() const { return start_time_; }
  [[nodiscard]] const child& process() const { return *process_; }

 private:
  void send(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t count = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
      if (count < 0) give_up("the function takes no events");
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  // Receives a request; returns its body.
  std::string_view receive() {
    std::size_t size = 0;
    std::size_t head = 0;
    std::size_t wanted = 0;
    while (head == 0 || size < wanted) {
      if (size == buffer_.size()) buffer_.resize(2 * buffer_.size());
      const ssize_t count = ::recv(fd_, buffer_.data() + size, buffer_.size() - size, 0);
      if (count <= 0) give_up("the function asks for no more events");
      size += static_cast<std::size_t>(count);
      const std::string_view text(buffer_.data(), size);
      const std::size_t end = head == 0 ? text.find("\r\n\r\n") : std::string_view::npos;
      if (end == std::string_view::npos) continue;
      head = end + 4;
      constexpr std::string_view length = "Content-Length: ";
      const std::size_t found = text.substr(0, head).find(length);
      wanted =
          head + (found == std::string_view::npos ? 0 : std::strtoul(text.data() + found + length.size(), nullptr, 10));
    }
    return std::string_view(buffer_).substr(head, wanted - head);
  }

  benchmark_clock::time_point started_;
  double start_time_ = 0;
  std::optional<child> process_;
  int fd_;
  std::uint64_t count_ = 0;
  std::string text_;
  std::string_view reply_;
  std::string buffer_ = std::string(std::size_t{1} << 16U, '\0');
};

using samples = std::map<std::string, std::vector<double>>;

void in_turn(const std::string& table, int rounds, auto measure) {
  std::vector<samples> all(contenders.size());
  for (int round = 0; round < rounds; ++round) {
    progress(table + ", round " + std::to_string(round + 1) + " of " + std::to_string(rounds));
    for (std::size_t i = 0; i < contenders.size(); ++i) {
      // Every other round runs backwards, so that no contender is always first.
      const std::size_t which = round % 2 == 0 ? i : contenders.size() - 1 - i;
      for (const auto& [column, value] : measure(which)) all[which][column].push_back(value);
    }
  }
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    for (const auto& [column, values] : all[i]) {
      report(table, contenders[i].name, column, median(values));
      std::vector<double> ratios;
      for (std::size_t round = 0; round < values.size(); ++round) {
        ratios.push_back(values[round] / std::max(all[0][column][round], 1e-9));
      }
      report(table, contenders[i].name, column + ", ratio", median(ratios));
    }
  }
}

using numbers = std::map<std::string, double>;

void measure_start(const listener& server, int rounds) {
  in_turn("runtime API, start", rounds, [&](std::size_t which) -> numbers {
    std::vector<double> times;
    double peak = 0;
    for (int i = 0; i < 11; ++i) {
      function one(contenders[which], server);
      times.push_back(one.start_time());
      one.invoke(workloads::small_event);
      peak = std::max(peak, one.process().peak_memory());
    }
    return {{"first /next", median(times)}, {"peak MB", peak}};
  });
}

void measure_invocations(const listener& server, const std::string& name, const std::string& event, int rounds) {
  const auto invocations = static_cast<int>(std::clamp<std::size_t>(2'000'000 / event.size(), 20, 1000));
  std::vector<function> functions;
  functions.reserve(contenders.size());
  for (const contender& who : contenders) functions.emplace_back(who, server);
  in_turn("runtime API, " + name, rounds, [&](std::size_t which) -> numbers {
    function& one = functions[which];
    if (one.invoke(event) != event) give_up(contenders[which].name + " answers wrongly");
    std::vector<double> times;
    const double before = one.process().processor_time();
    for (int i = 0; i < invocations; ++i) {
      const auto start = benchmark_clock::now();
      const std::string_view reply = one.invoke(event);
      times.push_back(microseconds_since(start));
      if (reply.size() != event.size()) give_up(contenders[which].name + " answers wrongly");
    }
    return {{"p50", median(times)},
            {"p99", quantile(times, 0.99)},
            {"CPU", (one.process().processor_time() - before) / invocations},
            {"peak MB", one.process().peak_memory()}};
  });
}

}  // namespace

int main(int count, char** words) {
  ::signal(SIGPIPE, SIG_IGN);
  ::alarm(600);  // rather than wait for ever
  const int rounds = count > 1 ? std::atoi(words[1]) : 9;
  use_one_processor(true);
  const listener server;
  measure_start(server, rounds);
  measure_invocations(server, "0.5 KB", std::string(workloads::small_event), rounds);
  measure_invocations(server, "6 KB", workloads::sqs_event(10), rounds);
  measure_invocations(server, "1 MB", workloads::filler_event(1'000'000), rounds);
  progress("");
}
