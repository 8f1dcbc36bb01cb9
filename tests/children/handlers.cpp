// The program under test: `handlers NAME [LIMIT [WORKERS]]` serves with the handler of that name, accepts lines of up
// to LIMIT bytes, and has WORKERS workers. Environment variables: with WITHOUT_FILES no file can be opened, with
// IGNORE_SIGPIPE that signal is ignored from the start, with MOST_DESCRIPTORS=N at most N descriptors can be open.

#include <lambda_proc/lambda_proc.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

using lambda_proc::context;
using lambda_proc::event;
using lambda_proc::failure;
using lambda_proc::raw_json;
using lambda_proc::result;

namespace {

struct order {
  std::string_view sku;
  std::uint32_t count;
};
struct receipt {
  std::string_view sku;
  std::uint32_t cents;
};

constexpr auto echo = [](event e) { return e.raw(); };

receipt price(const order& o) { return {o.sku, o.count * 300}; }

/// The size of the event: a small reply to any event.
constexpr auto size = [](event e) { return e.text().size(); };

/// Writes to stdout in every possible way.
int print() {
  std::printf("printf\n");
  std::puts("{\"proc_req_id\":7,\"error\":null,\"data\":\"puts\"}");
  std::cout << "cout" << std::endl;
  std::cout << "cout without flush";
  static_cast<void>(!::write(1, "write\n", 6));
  return std::system("echo system");
}

/// Must find end of file: a handler must not be able to read requests.
int read_stdin() { return std::getchar(); }

constexpr auto throw_error = [](event e) { throw std::runtime_error(std::string(e.text())); };

constexpr auto refuse = [](event e) -> result<int> { return failure{"refused", std::string(e.text())}; };

constexpr auto log_event = [](const context& ctx, event e) {
  lambda_proc::logger(ctx).info("logged", "event", e.text());
};

void write_in_flight() { static_cast<void>(!::write(2, "in flight\n", 10)); }

bool read_byte() {
  char byte = 0;
  return ::read(5, &byte, 1) == 1;
}

/// Writes "in flight" to stderr, and continues when it can read a byte from descriptor 5.
bool wait_for_byte() {
  write_in_flight();
  return read_byte();
}

/// The same by poll(2), which a signal interrupts: that is a failure.
void wait_for_byte_by_poll() {
  write_in_flight();
  pollfd input{.fd = 5, .events = POLLIN, .revents = 0};
  if (::poll(&input, 1, -1) != 1) throw std::runtime_error("interrupted");
  read_byte();
}

/// Writes the beginning of the event to stderr. If that is "wait" or "poll", it continues when it can read a byte from
/// descriptor 5. The reply is the number of events that this handler got before.
auto count_slowly() {
  return [given = 0](const std::string& event) mutable {
    const std::string words = "given " + event.substr(0, 8) + "\n";
    static_cast<void>(!::write(2, words.data(), words.size()));
    if (event == "wait") wait_for_byte();
    if (event == "poll") wait_for_byte_by_poll();
    return given++;
  };
}

/// The same for events that are numbers, or null to wait. The reply is a string of that size.
std::string stretch_slowly(const std::optional<std::size_t>& bytes) {
  if (!bytes) wait_for_byte();
  return std::string(bytes.value_or(0), 'x');
}

/// The whole context, and the trace header in the environment.
struct context_report {
  std::string aws_request_id, function_name, function_version, invoked_function_arn, log_group_name, log_stream_name,
      trace_id, tenant_id, identity, client_context, trace_variable;
  std::uint32_t memory_limit_in_mb;
  std::int64_t deadline_ms;
  std::uint64_t request_number;
};
context_report report_context(const context& ctx) {
  const auto text = [](std::string_view view) { return std::string(view); };
  const char* const trace = std::getenv("_X_AMZN_TRACE_ID");
  return {text(ctx.aws_request_id),
          text(ctx.function_name),
          text(ctx.function_version),
          text(ctx.invoked_function_arn),
          text(ctx.log_group_name),
          text(ctx.log_stream_name),
          text(ctx.trace_id),
          text(ctx.tenant_id),
          text(ctx.identity),
          text(ctx.client_context),
          trace == nullptr ? "unset" : trace,
          ctx.memory_limit_in_mb,
          ctx.deadline ? ctx.deadline->time_since_epoch().count() : -1,
          ctx.request_number};
}

/// A handler factory that fails.
int (*fail_to_start())() { throw std::runtime_error("no database"); }

/// Leaves a process behind.
int leave_grandchild() { return std::system("sleep 1000 &"); }

/// The same without exec: a forked child.
int leave_fork() {
  if (::fork() == 0) {
    for (;;) ::pause();
  }
  return 0;
}

/// The forked child returns, too.
int return_twice() {
  ::fork();
  return 0;
}

/// Forks a child that logs, and returns whether the child ended normally.
bool fork_and_log(const context& ctx) {
  const pid_t copy = ::fork();
  lambda_proc::logger(ctx).info("logged");
  if (copy == 0) ::_exit(0);
  int status = 1;
  ::waitpid(copy, &status, 0);
  return status == 0;
}

/// The descriptors that a program started by a handler inherits; 3 belongs to the listing itself.
std::string open_descriptors() {
  std::string names;
  FILE* const list = ::popen("ls -m /proc/self/fd", "r");
  for (int c = 0; (c = std::fgetc(list)) != EOF && c != '\n';) names += static_cast<char>(c);
  ::pclose(list);
  return names;
}

std::string parent_variable() {
  const char* const value = std::getenv("LAMBDA_PROC_DIE_WITH_PARENT");
  return value == nullptr ? "none" : value;
}

/// Whether a program that this one starts ignores SIGPIPE.
bool is_sigpipe_ignored() {
  FILE* const status = ::popen("sed -n 's/SigIgn:[[:space:]]*//p' /proc/self/status", "r");
  char mask[32] = {};
  static_cast<void>(!std::fgets(mask, sizeof mask, status));
  ::pclose(status);
  return (std::strtoull(mask, nullptr, 16) >> (SIGPIPE - 1U) & 1U) != 0;
}

/// As in a root file system with nothing but this program.
void forbid_files() {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOENT),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{.len = std::size(program), .filter = program};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

std::size_t use_all_memory() {
  constexpr std::size_t piece = std::size_t{16} << 20U;
  std::vector<std::unique_ptr<char[]>> pieces;
  for (;;) pieces.push_back(std::make_unique_for_overwrite<char[]>(piece));
}

void limit_memory(std::size_t megabytes) {
  const rlimit limit{.rlim_cur = megabytes << 20U, .rlim_max = megabytes << 20U};
  ::setrlimit(RLIMIT_AS, &limit);
}

void limit_descriptors(std::size_t count) {
  const rlimit limit{.rlim_cur = count, .rlim_max = count};
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Interrupts this process a thousand times a second.
void start_interrupting() {
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  ::sigaction(SIGALRM, &action, nullptr);
  const itimerval often{.it_interval = {.tv_sec = 0, .tv_usec = 1000}, .it_value = {.tv_sec = 0, .tv_usec = 1000}};
  ::setitimer(ITIMER_REAL, &often, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view name = argc > 1 ? argv[1] : "";
  lambda_proc::options options;
  if (argc > 2) options.max_line_bytes = std::strtoul(argv[2], nullptr, 10);
  if (argc > 3) options.workers = static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10));

  if (std::getenv("WITHOUT_FILES") != nullptr) forbid_files();
  if (const char* const most = std::getenv("MOST_DESCRIPTORS")) limit_descriptors(std::strtoul(most, nullptr, 10));
  if (std::getenv("IGNORE_SIGPIPE") != nullptr) ::signal(SIGPIPE, SIG_IGN);

  if (name == "echo") return lambda_proc::run(echo, options);
  if (name == "price") return lambda_proc::run(price, options);
  if (name == "size") return lambda_proc::run(size, options);
  if (name == "print") return lambda_proc::run(print, options);
  if (name == "read_stdin") return lambda_proc::run(read_stdin, options);
  if (name == "throw") return lambda_proc::run(throw_error, options);
  if (name == "refuse") return lambda_proc::run(refuse, options);
  if (name == "log") return lambda_proc::run(log_event, options);
  if (name == "wait_for_byte") return lambda_proc::run(wait_for_byte, options);
  if (name == "count_slowly") return lambda_proc::run(lambda_proc::per_worker(&count_slowly), options);
  if (name == "stretch_slowly") return lambda_proc::run(stretch_slowly, options);
  if (name == "report_context") return lambda_proc::run(report_context, options);
  if (name == "fail_to_start") return lambda_proc::run(lambda_proc::per_worker(&fail_to_start), options);
  if (name == "leave_grandchild") return lambda_proc::run(leave_grandchild, options);
  if (name == "leave_fork") return lambda_proc::run(leave_fork, options);
  if (name == "return_twice") return lambda_proc::run(return_twice, options);
  if (name == "fork_and_log") return lambda_proc::run(fork_and_log, options);
  if (name == "open_descriptors") return lambda_proc::run(open_descriptors, options);
  if (name == "parent_variable") return lambda_proc::run(parent_variable, options);
  if (name == "is_sigpipe_ignored") return lambda_proc::run(is_sigpipe_ignored, options);
  if (name == "use_all_memory") {
    limit_memory(512);
    return lambda_proc::run(use_all_memory, options);
  }
  if (name == "short_of_memory") {
    // Each thread needs its own address space.
    limit_memory(options.workers > 1 ? 256 : 160);
    return lambda_proc::run(size, options);
  }
  if (name == "short_of_threads") {
    limit_memory(600);
    return lambda_proc::run(echo, options);
  }
  if (name == "interrupted_echo") {
    start_interrupting();
    return lambda_proc::run(echo, options);
  }
  std::cerr << "handlers: there is no handler \"" << name << "\"\n";
  return EXIT_FAILURE;
}
