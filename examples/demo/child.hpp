#pragma once
// A child process with its stdin and stdout on pipes, as a host sees it.

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

// Every error ends the demo.
[[noreturn]] inline void give_up(const std::string& why) {
  std::fprintf(stderr, "demo: %s\n", why.c_str());
  std::exit(1);
}

class child {
 public:
  // Its stderr is appended to the file `log`.
  child(const std::string& program, const std::string& log) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) give_up("no pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    std::string name = program;
    std::array<char*, 2> arguments{name.data(), nullptr};
    const int error = ::posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    if (error != 0) give_up("can't start " + program);
    requests_ = in[1];
    replies_ = out[0];
  }
  child(const child&) = delete;
  child& operator=(const child&) = delete;

  void send(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t count = ::write(requests_, text.data(), text.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) give_up("the child takes no requests");
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  // The next `lines` replies, including the last line break.
  std::string receive(std::size_t lines = 1) {
    std::string text;
    while (lines > 0) {
      const ssize_t count = ::read(replies_, buffer_.data(), buffer_.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) give_up("the child ended before its last reply");
      const std::string_view part(buffer_.data(), static_cast<std::size_t>(count));
      lines -= std::min(lines, static_cast<std::size_t>(std::ranges::count(part, '\n')));
      text += part;
    }
    return text;
  }

  // Its peak memory so far.
  [[nodiscard]] double peak_megabytes() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    std::string word;
    while (status >> word) {
      double kilobytes = 0;
      if (word == "VmHWM:" && status >> kilobytes) return kilobytes / 1024;
    }
    return 0;
  }

  // Ends its input and waits until it has ended.
  void close() const {
    ::close(requests_);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    ::close(replies_);
    if (status != 0) give_up("the child left with status " + std::to_string(status));
  }

 private:
  pid_t pid_ = 0;
  int requests_ = -1;
  int replies_ = -1;
  std::array<char, std::size_t{1} << 16U> buffer_;
};
