#pragma once
// SPDX-License-Identifier: MIT
// A host's child process: requests go in, replies and logs come out, all without blocking. Every wait has a time limit,
// and nothing outlives this object. The fake hosts beside this file use it.

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hosts {

/// A descriptor that closes itself.
class descriptor {
 public:
  explicit descriptor(int fd = -1) : fd_(fd) {}
  descriptor(descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~descriptor() { close(); }

  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

struct pipe_ends {
  descriptor out;
  descriptor in;
};

inline pipe_ends make_pipe() {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  return {descriptor(fds[0]), descriptor(fds[1])};
}

/// How a child ended.
struct ending {
  int status;

  [[nodiscard]] bool exited_with(int code) const { return WIFEXITED(status) && WEXITSTATUS(status) == code; }
  [[nodiscard]] bool killed_by(int signal) const { return WIFSIGNALED(status) && WTERMSIG(status) == signal; }
};

using environment = std::vector<std::pair<std::string, std::string>>;

class host_process {
 public:
  struct settings {
    std::string program;
    /// The child's whole environment, except for variables that sanitizers need.
    hosts::environment environment = {};
    /// The descriptor to which the child writes replies.
    int reply_fd = 1;
    std::chrono::seconds limit{20};
  };

  explicit host_process(const settings& chosen) : deadline_(std::chrono::steady_clock::now() + chosen.limit) {
    ::signal(SIGPIPE, SIG_IGN);
    pipe_ends input = make_pipe();
    pipe_ends replies = make_pipe();
    pipe_ends output = make_pipe();
    pipe_ends log = make_pipe();
    start(chosen, {{input.out.get(), 0},
                   {chosen.reply_fd == 1 ? replies.in.get() : output.in.get(), 1},
                   {log.in.get(), 2},
                   {chosen.reply_fd == 1 ? -1 : replies.in.get(), chosen.reply_fd}});
    input_ = std::move(input.in);
    replies_ = {std::move(replies.out), {}};
    output_ = {std::move(output.out), {}};
    log_ = {std::move(log.out), {}};
    // A host that writes markers into the logs keeps them open for writing.
    output_writer_ = std::move(output.in);
    log_writer_ = std::move(log.in);
    for (const int fd : {input_.get(), replies_.fd.get(), output_.fd.get(), log_.fd.get()}) {
      ::fcntl(fd, F_SETFL, O_NONBLOCK);
    }
  }
  host_process(const host_process&) = delete;
  host_process& operator=(const host_process&) = delete;
  ~host_process() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }

  [[nodiscard]] pid_t pid() const { return child_; }

  /// Writes bytes as fast as the child reads them; replies are read meanwhile.
  void write(std::string_view bytes) {
    pending_ += bytes;
    pump_until([this] { return pending_.empty() || input_gone_; });
  }
  void close_input() { input_.close(); }
  [[nodiscard]] bool input_gone() const { return input_gone_; }

  /// The next bytes of the replies. `find_end` returns the end in the bytes received so far, or npos if it is not there
  /// yet. If the replies end first, all bytes.
  template <class FindEnd>
  std::string read_reply(FindEnd find_end) {
    std::size_t end = std::string::npos;
    pump_until(
        [&] { return (end = find_end(std::string_view(replies_.text))) != std::string::npos || replies_.ended; });
    return take(replies_, end == std::string::npos ? replies_.text.size() : end);
  }
  /// The next line, with its line break.
  std::string read_line() {
    return read_reply([](std::string_view text) {
      const std::size_t end = text.find('\n');
      return end == std::string::npos ? end : end + 1;
    });
  }
  /// The next `count` bytes of the replies.
  std::string read_bytes(std::size_t count) {
    return read_reply([count](std::string_view text) { return text.size() < count ? std::string::npos : count; });
  }
  /// All replies up to the end.
  std::string read_all() {
    pump_until([this] { return replies_.ended; });
    return take(replies_, replies_.text.size());
  }
  [[nodiscard]] bool replies_ended() const { return replies_.ended; }
  /// Stops reading replies, so that they stay in the pipe, or starts again.
  void hold_replies(bool hold) { replies_held_ = hold; }
  /// Closes the host's end of the replies.
  void close_replies() {
    replies_.fd.close();
    replies_.ended = true;
  }
  /// How many bytes the child can write while nothing is read.
  [[nodiscard]] std::size_t reply_capacity() const {
    return static_cast<std::size_t>(::fcntl(replies_.fd.get(), F_GETPIPE_SZ));
  }
  /// The replies received but not returned yet.
  [[nodiscard]] std::string_view unread_replies() const { return replies_.text; }

  /// Waits until the log contains `text`.
  void wait_for_log(std::string_view text) {
    pump_until([&] { return log_.text.find(text) != std::string::npos; });
  }
  /// Closes the host's own ends and reads both logs to their end. read_output() reads stdout, if that is not for
  /// replies.
  std::string read_output() { return read_rest(output_, output_writer_); }
  std::string read_log() { return read_rest(log_, log_writer_); }

  /// Writes a marker to both logs, and returns the text before it in each.
  std::pair<std::string, std::string> mark_logs(std::string_view mark) {
    std::string texts[2];
    stream* const streams[] = {&output_, &log_};
    const int writers[] = {output_writer_.get(), log_writer_.get()};
    for (int i = 0; i < 2; ++i) {
      if (::write(writers[i], mark.data(), mark.size()) < 0) throw std::runtime_error("no mark could be written");
      std::size_t found = std::string::npos;
      pump_until([&] { return (found = streams[i]->text.find(mark)) != std::string::npos; });
      texts[i] = take(*streams[i], found);
      take(*streams[i], mark.size());
    }
    return {texts[0], texts[1]};
  }
  /// The log after the last marker.
  [[nodiscard]] std::string_view unread_log() {
    pump_once(0);
    return log_.text;
  }

  void send_signal(int signal) const { ::kill(child_, signal); }

  /// Waits until the child ends, and reads its output meanwhile.
  ending wait() {
    siginfo_t info{};
    pump_until([&] {
      info.si_pid = 0;
      return ::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
    });
    int status = 0;
    ::waitpid(std::exchange(child_, -1), &status, 0);
    return {status};
  }

  /// Waits until `done` returns true, and reads the child's output meanwhile.
  template <class Done>
  void pump_until(Done done) {
    while (!done()) {
      if (std::chrono::steady_clock::now() > deadline_) throw std::runtime_error("the child took too long");
      // poll(2) wakes up when the child closes its streams, but not when it ends, so check in short intervals.
      constexpr int tick_ms = 10;
      pump_once(tick_ms);
    }
  }

 private:
  struct stream {
    descriptor fd;
    std::string text;
    bool ended = false;
  };

  static std::string take(stream& from, std::size_t count) {
    std::string text = from.text.substr(0, count);
    from.text.erase(0, count);
    return text;
  }

  std::string read_rest(stream& from, descriptor& writer) {
    writer.close();
    pump_until([&] { return from.ended; });
    return take(from, from.text.size());
  }

  static void read_some(stream& from) {
    char bytes[65536];
    const auto count = ::read(from.fd.get(), bytes, sizeof bytes);
    if (count > 0) from.text.append(bytes, static_cast<std::size_t>(count));
    from.ended = count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
  }

  void pump_once(int wait_ms) {
    stream* const streams[] = {&replies_, &output_, &log_};
    pollfd polled[4];
    for (int i = 0; i < 3; ++i) polled[i] = {streams[i]->ended ? -1 : streams[i]->fd.get(), POLLIN, 0};
    if (replies_held_) polled[0].fd = -1;
    polled[3] = {pending_.empty() ? -1 : input_.get(), POLLOUT, 0};
    if (::poll(polled, 4, wait_ms) <= 0) return;
    for (int i = 0; i < 3; ++i) {
      if (polled[i].revents != 0) read_some(*streams[i]);
    }
    if (polled[3].revents == 0) return;
    const auto count = ::write(input_.get(), pending_.data(), pending_.size());
    if (count > 0) pending_.erase(0, static_cast<std::size_t>(count));
    if (count < 0 && errno != EAGAIN && errno != EINTR) input_gone_ = true;
  }

  void start(const settings& chosen, const std::vector<std::pair<int, int>>& descriptors) {
    // All memory is allocated before the fork.
    std::vector<std::string> variables;
    for (const auto& [name, value] : chosen.environment) variables.push_back(name + "=" + value);
    for (const char* const name : {"ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"}) {
      if (const char* const value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
    }
    std::vector<char*> pointers;
    for (std::string& variable : variables) pointers.push_back(variable.data());
    pointers.push_back(nullptr);
    std::string program = chosen.program;
    char* const arguments[] = {program.data(), nullptr};
    child_ = ::fork();
    if (child_ < 0) throw std::runtime_error("fork failed");
    if (child_ > 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::signal(SIGPIPE, SIG_DFL);
    // Moves the descriptors to high numbers first, so that none is overwritten by another.
    constexpr int out_of_the_way = 100;
    int moved[8];
    std::size_t count = 0;
    for (const auto& [fd, target] : descriptors)
      moved[count++] = fd < 0 ? -1 : ::fcntl(fd, F_DUPFD_CLOEXEC, out_of_the_way);
    count = 0;
    for (const auto& [fd, target] : descriptors) {
      if (moved[count] >= 0) ::dup2(moved[count], target);
      ++count;
    }
    ::execve(program.c_str(), arguments, pointers.data());
    ::_exit(127);
  }

  std::chrono::steady_clock::time_point deadline_;
  pid_t child_ = -1;
  descriptor input_;
  std::string pending_;
  bool input_gone_ = false;
  stream replies_;
  bool replies_held_ = false;
  stream output_;
  stream log_;
  descriptor output_writer_;
  descriptor log_writer_;
};

}  // namespace hosts
