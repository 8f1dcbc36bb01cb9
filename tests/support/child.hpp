#pragma once
// SPDX-License-Identifier: MIT
// A program under test: started with the descriptors and the environment that the test says, spoken to with deadlines,
// and gone when the test is.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace support {

/// A descriptor that is closed with its owner.
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

/// What one of a child's descriptors is. The test holds the other end of pipes and sockets.
class wiring {
 public:
  /// `capacity` in bytes, where the system's own is not wanted.
  static wiring pipe(int capacity = 0) { return {kind::pipe, capacity}; }
  static wiring socket() { return {kind::socket, 0}; }
  /// Opened as open(2) does it; a file that is created is readable and writable for its owner.
  static wiring file(std::string path, int flags);
  /// One that the test has, and keeps.
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
  // A pipe's direction follows from the child's descriptor: it reads from 0 and from 5 on.
  [[nodiscard]] ends open(bool child_reads) const;

  kind kind_;
  int number_;
  std::string path_;
  bool nonblocking_ = false;
};

/// Where a program in tests/children is.
[[nodiscard]] std::string child_path(std::string_view name);

/// The test's own environment, with these ("NAME=value") put into it.
[[nodiscard]] std::vector<std::string> environment_with(const std::vector<std::string>& changes);

struct child_setup {
  /// 0, 1 and 2 are pipes unless it says otherwise. All others are closed.
  std::map<int, wiring> descriptors = {};
  /// "NAME=value" each, and nothing else; without it, the test's own environment.
  std::optional<std::vector<std::string>> environment = std::nullopt;
};

/// How a child ended.
struct ending {
  /// What it returned from main; -1 where a signal ended it.
  int status = -1;
  /// The signal that ended it, or 0.
  int signal = 0;
  /// User and system time that it used.
  std::chrono::milliseconds cpu{};
};

/// A running program. Whatever waits for it gives up after time_limit, with an exception that says what was waited for,
/// and what the child had said on stderr by then. It dies with this object, and so do its own children.
///
/// While one descriptor is waited for, the others are read as well, so that the child does not hang on them.
class child {
 public:
  static constexpr std::chrono::seconds time_limit{10};

  /// argv[0] is a path, or the name of one of the programs in tests/children.
  explicit child(std::vector<std::string> argv, const child_setup& setup = {});
  child(const child&) = delete;
  child& operator=(const child&) = delete;
  ~child();

  /// Returns when all of it was taken. False: nobody reads there any more.
  bool send(std::string_view text, int fd = 0);
  /// Closes the test's end.
  void close(int fd);

  /// The next line, with its line break; what there is, where the stream ends without one.
  [[nodiscard]] std::string read_line(int fd = 1);
  /// All to the end.
  [[nodiscard]] std::string read_all(int fd = 1);
  /// What stands in the stream up to and with `text`.
  std::string read_until(std::string_view text, int fd = 1);

  /// From now on nothing is read from it, so that it fills up.
  void hold(int fd);
  void release(int fd);
  /// From now on it is read byte by byte.
  void sip(int fd);

  void signal(int number) const;
  /// Returns once the child has stopped (SIGSTOP).
  void wait_until_stopped() const;
  /// The memory that it has (VmRSS), and the most that it had so far (VmHWM).
  [[nodiscard]] long memory_kib() const { return status_number("VmRSS:"); }
  [[nodiscard]] long peak_memory_kib() const { return status_number("VmHWM:"); }
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

  /// Waits for its end.
  ending wait();
  /// Ends its input, then waits for its end.
  ending finish();

 private:
  struct stream {
    unique_fd fd;
    bool child_reads = false;
    bool held = false;
    bool sipped = false;
    // Nothing more comes.
    bool ended = false;
    std::string unread;
  };

  stream& at(int fd) { return streams_.at(fd); }
  // Reads what comes until done() is true; `writing` is told when its descriptor takes more.
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
