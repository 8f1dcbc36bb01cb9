#include "child.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace support {
namespace {

using clock = std::chrono::steady_clock;

int checked(int answer, const char* what) {
  if (answer < 0) throw std::system_error(errno, std::generic_category(), what);
  return answer;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

void set_flag(int fd, int flag) { checked(::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | flag), "fcntl"); }

// Runs in the child between fork and exec: `descriptors` become its only descriptors.
[[noreturn]] void become(char** argv, char** environment, std::map<int, wiring> const& wirings,
                         std::map<int, int>& descriptors) {
  // A process group of its own, so that its children are killed together with it.
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGPIPE, SIG_DFL);
  // Don't inherit the signals that a test runner ignores or blocks.
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGTERM}) ::signal(number, SIG_DFL);

  constexpr int out_of_the_way = 100;
  for (auto& [number, fd] : descriptors) fd = ::fcntl(fd, F_DUPFD_CLOEXEC, out_of_the_way);
  for (const auto& [number, wired] : wirings) ::close(number);
  ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  for (const auto& [number, fd] : descriptors) ::dup2(fd, number);
  ::execve(argv[0], argv, environment);
  constexpr int not_found = 127;
  ::_exit(not_found);
}

}  // namespace

unique_fd::~unique_fd() {
  if (fd_ >= 0) ::close(fd_);
}

wiring wiring::file(std::string path, int flags) {
  wiring made(kind::file, flags);
  made.path_ = std::move(path);
  return made;
}

wiring::ends wiring::open(bool child_reads) const {
  std::array<int, 2> pair{-1, -1};
  switch (kind_) {
    case kind::pipe:
      checked(::pipe2(pair.data(), O_CLOEXEC), "pipe2");
      if (number_ != 0) checked(::fcntl(pair[0], F_SETPIPE_SZ, number_), "F_SETPIPE_SZ");
      if (!child_reads) std::swap(pair[0], pair[1]);
      break;
    case kind::socket: checked(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()), "socketpair"); break;
    case kind::file: pair[0] = checked(::open(path_.c_str(), number_ | O_CLOEXEC, 0600), path_.c_str()); break;
    case kind::given: pair[0] = checked(::fcntl(number_, F_DUPFD_CLOEXEC, 0), "F_DUPFD_CLOEXEC"); break;
    case kind::closed: break;
  }
  ends made{unique_fd(pair[0]), unique_fd(pair[1])};
  if (nonblocking_) set_flag(made.child.get(), O_NONBLOCK);
  if (made.test) set_flag(made.test.get(), O_NONBLOCK);
  return made;
}

std::string child_path(std::string_view name) { return std::string(LAMBDA_PROC_TEST_CHILDREN "/").append(name); }

std::vector<std::string> environment_with(const std::vector<std::string>& changes) {
  std::map<std::string, std::string> variables;
  const auto put = [&](const std::string& text) { variables[text.substr(0, text.find('='))] = text; };
  for (char** variable = environ; *variable != nullptr; ++variable) put(*variable);
  std::ranges::for_each(changes, put);
  std::vector<std::string> all;
  for (auto& [name, text] : variables) all.push_back(std::move(text));
  return all;
}

child::child(std::vector<std::string> argv, const child_setup& setup) {
  if (argv.at(0).find('/') == std::string::npos) argv[0] = child_path(argv[0]);
  auto wirings = setup.descriptors;
  for (int fd = 0; fd <= 2; ++fd) wirings.try_emplace(fd, wiring::pipe());
  std::vector<unique_fd> opened;
  std::map<int, int> descriptors;
  for (const auto& [fd, wired] : wirings) {
    const bool child_reads = fd == 0 || fd >= 5;
    auto [mine, test] = wired.open(child_reads);
    if (mine) descriptors[fd] = mine.get();
    if (test) {
      streams_[fd].fd = std::move(test);
      streams_[fd].child_reads = child_reads;
    }
    opened.push_back(std::move(mine));
  }
  auto environment = setup.environment ? *setup.environment : environment_with({});
  auto arguments = pointers_to(argv);
  auto variables = pointers_to(environment);
  // Writing to a child that was killed must not end the test.
  ::signal(SIGPIPE, SIG_IGN);
  pid_ = checked(::fork(), "fork");
  if (pid_ == 0) become(arguments.data(), variables.data(), wirings, descriptors);
  life_ = unique_fd(checked(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)), "pidfd_open"));
  // Parent and child both call setpgid, since either may run first.
  ::setpgid(pid_, pid_);
}

child::~child() {
  ::kill(-pid_, SIGKILL);
  if (!ending_) ::waitpid(pid_, nullptr, 0);
}

template <class Done>
void child::pump(std::string_view what, Done done, int writing) {
  const auto deadline = clock::now() + time_limit;
  while (!done()) {
    std::vector<pollfd> waiting;
    std::vector<stream*> who;
    for (auto& [number, one] : streams_) {
      const bool reads = !one.child_reads && !one.ended && !one.held;
      if (!one.fd || (!reads && number != writing)) continue;
      const short events = number == writing ? POLLOUT : POLLIN;
      waiting.push_back({.fd = one.fd.get(), .events = events, .revents = 0});
      who.push_back(&one);
    }
    if (!ending_) waiting.push_back({.fd = life_.get(), .events = POLLIN, .revents = 0});
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
    if (left.count() <= 0) give_up(what);
    if (::poll(waiting.data(), waiting.size(), static_cast<int>(left.count())) < 0) continue;
    for (std::size_t i = 0; i < who.size(); ++i) {
      if (waiting[i].revents == 0 || waiting[i].events != POLLIN) continue;
      static std::array<char, 1 << 20> buffer;
      const auto count = ::read(who[i]->fd.get(), buffer.data(), who[i]->sipped ? 1 : buffer.size());
      if (count > 0) who[i]->unread.append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) who[i]->ended = true;
    }
    if (!ending_ && waiting.back().revents != 0) {
      int status = 0;
      struct rusage usage = {};
      checked(::wait4(pid_, &status, 0, &usage), "wait4");
      const auto ms = [](timeval t) { return t.tv_sec * 1000 + t.tv_usec / 1000; };
      ending_ = ending{.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                       .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                       .cpu = std::chrono::milliseconds(ms(usage.ru_utime) + ms(usage.ru_stime))};
    }
  }
}

void child::give_up(std::string_view what) {
  const auto log = streams_.find(2);
  throw std::runtime_error("waited in vain for " + std::string(what) +
                           (log == streams_.end() ? "" : "; stderr has: " + log->second.unread));
}

bool child::send(std::string_view text, int fd) {
  stream& to = at(fd);
  bool gone = false;
  const auto write_some = [&] {
    while (!text.empty() && !gone) {
      const auto count = ::write(to.fd.get(), text.data(), text.size());
      if (count >= 0) {
        text.remove_prefix(static_cast<std::size_t>(count));
      } else if (errno == EAGAIN) {
        return false;
      } else if (errno != EINTR) {
        gone = true;
      }
    }
    return true;
  };
  pump("room in the child's input", write_some, fd);
  return !gone;
}

void child::close(int fd) { at(fd).fd = {}; }

std::string child::read_until(std::string_view text, int fd) {
  stream& from = at(fd);
  std::size_t found = std::string::npos;
  std::size_t searched = 0;
  pump(std::string(text) + " on descriptor " + std::to_string(fd), [&] {
    found = from.unread.find(text, searched);
    searched = from.unread.size() - std::min(from.unread.size(), text.size() - 1);
    return found != std::string::npos || from.ended;
  });
  const std::size_t size = found == std::string::npos ? from.unread.size() : found + text.size();
  std::string taken = from.unread.substr(0, size);
  from.unread.erase(0, size);
  return taken;
}

std::string child::read_line(int fd) { return read_until("\n", fd); }

std::string child::read_all(int fd) {
  stream& from = at(fd);
  pump("the end of descriptor " + std::to_string(fd), [&] { return from.ended; });
  return std::exchange(from.unread, {});
}

void child::hold(int fd) { at(fd).held = true; }
void child::release(int fd) { at(fd).held = false; }
void child::sip(int fd) { at(fd).sipped = true; }

void child::signal(int number) const { checked(::kill(pid_, number), "kill"); }

void child::wait_until_stopped() const {
  siginfo_t info = {};
  checked(::waitid(P_PID, static_cast<id_t>(pid_), &info, WSTOPPED | WEXITED | WNOWAIT), "waitid");
}

long child::status_number(std::string_view name) const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    long number = 0;
    if (word == name && status >> number) return number;
  }
  throw std::runtime_error("no " + std::string(name) + " for this child");
}

ending child::wait() {
  pump("the child's end", [&] { return ending_.has_value(); });
  return *ending_;
}

ending child::finish() {
  close(0);
  return wait();
}

}  // namespace support
