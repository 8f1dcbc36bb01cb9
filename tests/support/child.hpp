#pragma once
// SPDX-License-Identifier: MIT
// A program under test: started with the descriptors and the environment that the test chooses. Every wait has a
// deadline, and the program ends with the test.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace support {

/// A descriptor that closes itself.
class unique_fd {
 public:
  unique_fd() = default;
  explicit unique_fd(int fd) noexcept : fd_(fd) {}
  unique_fd(unique_fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  unique_fd& operator=(unique_fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~unique_fd();

  [[nodiscard]] int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

/// The kind of one of a child's descriptors. The test holds the other end of pipes and sockets.
class wiring {
 public:
  /// `capacity` in bytes; 0 for the system's default.
  static wiring pipe(int capacity = 0) { return {kind::pipe, capacity}; }
  static wiring socket() { return {kind::socket, 0}; }
  /// Opened with open(2); a new file is readable and writable by its owner.
  static wiring file(std::string path, int flags);
  /// A descriptor of the test, which stays open.
  static wiring given(int fd) { return {kind::given, fd}; }
  static wiring closed() { return {kind::closed, 0}; }

  /// The child's end has O_NONBLOCK.
  [[nodiscard]] wiring nonblocking() && {
    nonblocking_ = true;
    return std::move(*this);
  }

 private:
  friend class child;
  enum class kind { pipe, socket, file, given, closed };
  wiring(kind k, int number) : kind_(k), number_(number) {}

  struct ends {
    unique_fd child;
    unique_fd test;
  };
  // `child_reads` is the direction of a pipe. Children read from 0 and from 5 on.
  [[nodiscard]] ends open(bool child_reads) const;

  kind kind_;
  int number_;
  std::string path_;
  bool nonblocking_ = false;
};

/// The path of a program in tests/children.
[[nodiscard]] std::string child_path(std::string_view name);

/// The test's own environment with these changes ("NAME=value").
[[nodiscard]] std::vector<std::string> environment_with(const std::vector<std::string>& changes);

struct child_setup {
  /// By default 0, 1 and 2 are pipes. All descriptors that are not listed are closed.
  std::map<int, wiring> descriptors = {};
  /// The whole environment ("NAME=value" each); if it is not set, the test's own.
  std::optional<std::vector<std::string>> environment = std::nullopt;
};

/// How a child ended.
struct ending {
  /// The exit status; -1 if a signal ended it.
  int status = -1;
  /// The signal that ended it, or 0.
  int signal = 0;
  /// The user and system time that it used.
  std::chrono::milliseconds cpu{};
};

/// A running program. Every function that waits for it gives up after time_limit, with an exception that says what was
/// awaited and what the child had written to stderr. The program and its own children end with this object.
///
/// While a function waits for one descriptor, the others are read, too, so that the child does not block on them.
class child {
 public:
  static constexpr std::chrono::seconds time_limit{10};

  /// argv[0] is a path, or the name of a program in tests/children.
  explicit child(std::vector<std::string> argv, const child_setup& setup = {});
  child(const child&) = delete;
  child& operator=(const child&) = delete;
  ~child();

  /// Returns when all of it was written. False if the reading end is closed.
  bool send(std::string_view text, int fd = 0);
  /// Closes the test's end of a descriptor.
  void close(int fd);

  /// The next line with its line break; without one if the stream ends first.
  [[nodiscard]] std::string read_line(int fd = 1);
  /// Everything up to the end.
  [[nodiscard]] std::string read_all(int fd = 1);
  /// Everything up to and including `text`.
  std::string read_until(std::string_view text, int fd = 1);

  /// Stops reading from a descriptor, so that it fills up.
  void hold(int fd);
  void release(int fd);
  /// From now on reads the descriptor byte by byte.
  void sip(int fd);

  void signal(int number) const;
  /// Returns once the child has stopped (SIGSTOP).
  void wait_until_stopped() const;
  /// The memory in use (VmRSS), and the peak so far (VmHWM).
  [[nodiscard]] long memory_kib() const { return status_number("VmRSS:"); }
  [[nodiscard]] long peak_memory_kib() const { return status_number("VmHWM:"); }
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

  /// Waits until it ends.
  ending wait();
  /// Closes its input, then waits until it ends.
  ending finish();

 private:
  struct stream {
    unique_fd fd;
    bool child_reads = false;
    bool held = false;
    bool sipped = false;
    // Whether the end of the stream was read.
    bool ended = false;
    std::string unread;
  };

  stream& at(int fd) { return streams_.at(fd); }
  // Reads from all descriptors until done() is true. Also checks done() when the descriptor `writing` is writable.
  template <class Done>
  void pump(std::string_view what, Done done, int writing = -1);
  [[noreturn]] void give_up(std::string_view what);
  [[nodiscard]] long status_number(std::string_view name) const;

  pid_t pid_ = -1;
  unique_fd life_;
  std::map<int, stream> streams_;
  std::optional<ending> ending_;
};

}  // namespace support
