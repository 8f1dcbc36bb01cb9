#pragma once
// A child process as a host sees it, with the kernel's statistics. round_trip and growth use it.

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char** environ;

// Every error ends the benchmark.
[[noreturn]] inline void give_up(const std::string& why) {
  std::fprintf(stderr, "benchmark: %s\n", why.c_str());
  std::exit(1);
}

using benchmark_clock = std::chrono::steady_clock;

inline double microseconds_since(benchmark_clock::time_point start) {
  return std::chrono::duration<double, std::micro>(benchmark_clock::now() - start).count();
}

inline double quantile(std::vector<double> all, double part) {
  std::ranges::sort(all);
  return all.at(static_cast<std::size_t>(part * static_cast<double>(all.size() - 1) + 0.5));
}
inline double median(const std::vector<double>& all) { return quantile(all, 0.5); }

// Prints one number of a table; script/bench assembles the tables.
inline void report(std::string_view table, std::string_view row, std::string_view column, double value) {
  std::printf("%.*s\t%.*s\t%.*s\t%.6g\n", static_cast<int>(table.size()), table.data(), static_cast<int>(row.size()),
              row.data(), static_cast<int>(column.size()), column.data(), value);
  std::fflush(stdout);
}

// Shows the progress on a terminal, in one line that is overwritten.
inline void progress(const std::string& what) {
  if (::isatty(STDERR_FILENO) == 1) std::fprintf(stderr, "\r\033[K%s", what.c_str());
}

// The processor time that this process has used so far, in microseconds.
inline double own_processor_time() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

// Binds this process and the children that it starts from now on to one processor, or to all again. Waking a process on
// another processor takes several times as long as what is measured here, and how often it happens depends on the
// scheduler.
inline void use_one_processor(bool one) {
  static const cpu_set_t all = [] {
    cpu_set_t found;
    ::sched_getaffinity(0, sizeof found, &found);
    return found;
  }();
  cpu_set_t chosen = all;
  if (one) {
    std::size_t last = CPU_SETSIZE - 1;
    while (last > 0 && !CPU_ISSET(last, &all)) --last;
    CPU_ZERO(&chosen);
    CPU_SET(last, &chosen);
  }
  ::sched_setaffinity(0, sizeof chosen, &chosen);
}

class child {
 public:
  // Its stdin is the file `input`, or is written with send(). Its stdout is the file `output`, or is read with skip()
  // and receive(). Its stderr is discarded.
  explicit child(const std::vector<std::string>& command, const char* input = nullptr, const char* output = nullptr) {
    std::array<int, 2> in{-1, -1};
    std::array<int, 2> out{};
    if ((input == nullptr && ::pipe2(in.data(), O_CLOEXEC) != 0) || ::pipe2(out.data(), O_CLOEXEC) != 0) {
      give_up("no pipe");
    }
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    if (input == nullptr) {
      ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    } else {
      ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0);
    }
    if (output == nullptr) {
      ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    } else {
      ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY, 0);
    }
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int error = ::posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (in[0] >= 0) ::close(in[0]);
    ::close(out[1]);
    if (error != 0) give_up("can't start " + command[0]);
    requests_ = in[1];
    replies_ = out[0];
  }
  child(child&& other) noexcept : pid_(other.pid_), requests_(other.requests_), replies_(other.replies_) {
    other.pid_ = 0;
  }
  child& operator=(child&&) = delete;
  // Ends its input and waits until it has ended.
  ~child() {
    if (pid_ == 0) return;
    if (requests_ >= 0) ::close(requests_);
    ::close(replies_);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
  }

  void send(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t count = ::write(requests_, text.data(), text.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) give_up("the child takes no requests");
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  // Waits for `lines` replies, and returns their size in bytes.
  std::size_t skip(std::size_t lines = 1) const {
    std::size_t bytes = 0;
    while (lines > 0) {
      const std::string_view part = read();
      const auto found = static_cast<std::size_t>(std::ranges::count(part, '\n'));
      if (found > lines) give_up("the child answers more than it was asked");
      lines -= found;
      bytes += part.size();
    }
    return bytes;
  }

  // The next reply.
  std::string receive() const {
    std::string text;
    while (!text.ends_with('\n')) text += read();
    return text;
  }

  // Sends a text with this number of requests without waiting, and waits for the replies. Returns the time in
  // microseconds.
  double stream(std::string_view text, std::size_t requests) const {
    const auto start = benchmark_clock::now();
    std::thread sender([&] { send(text); });
    skip(requests);
    const double time = microseconds_since(start);
    sender.join();
    return time;
  }

  void terminate() const { ::kill(pid_, SIGTERM); }

  // The processor time that it has used so far, in microseconds.
  [[nodiscard]] double processor_time() const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/schedstat");
    double nanoseconds = 0;
    in >> nanoseconds;
    return nanoseconds / 1000;
  }
  // Its peak memory so far, in megabytes.
  [[nodiscard]] double peak_memory() const { return status("VmHWM:") / 1024; }
  [[nodiscard]] double context_switches() const {
    return status("voluntary_ctxt_switches:") + status("nonvoluntary_ctxt_switches:");
  }

 private:
  std::string_view read() const {
    for (;;) {
      const ssize_t count = ::read(replies_, buffer_.data(), buffer_.size());
      if (count > 0) return {buffer_.data(), static_cast<std::size_t>(count)};
      if (count == 0 || errno != EINTR) give_up("the child ended before its last reply");
    }
  }

  [[nodiscard]] double status(std::string_view name) const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/status");
    std::string word;
    double value = 0;
    while (in >> word) {
      if (word == name && in >> value) return value;
    }
    return 0;
  }

  // Shared by all children: its content is consumed before the next read.
  static constexpr std::size_t buffer_bytes = std::size_t{1} << 16U;
  static inline std::array<char, buffer_bytes> buffer_;

  pid_t pid_ = 0;
  int requests_ = -1;
  int replies_ = -1;
};
