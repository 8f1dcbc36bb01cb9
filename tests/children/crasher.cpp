// SPDX-License-Identifier: MIT
// A handler that does the task in its event: {"task":"null"} crashes, an unknown task gets a reply. Options come from
// the environment: WORKERS, BULK, NO_CRASH_REPLIES. With EAGER the task is done while the event is decoded.

#include <lambda_proc/lambda_proc.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <simdjson.h>

// A failing assertion is one of the tasks.
#undef NDEBUG
#include <cassert>

namespace {

struct order {
  using json_missing = lambda_proc::use_default;

  std::string_view task;
  std::string_view text;
};

// Sanitizers must not detect the bad access before the processor does.
__attribute__((no_sanitize("address", "undefined", "thread"))) void write_to(std::uintptr_t address) {
  *reinterpret_cast<volatile int*>(address) = 1;  // NOLINT(performance-no-int-to-ptr)
}

// Not a tail call, and the compiler must not see that the recursion is infinite.
int overflow_stack(int depth) {
  volatile int here[256];
  here[0] = depth;
  return depth < 0 ? 0 : overflow_stack(depth + 1) + here[0];
}

void bus_error() {
  char name[] = "/tmp/lambda_proc_crasher.XXXXXX";
  const int fd = ::mkstemp(name);
  ::unlink(name);
  void* const map = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  *static_cast<volatile char*>(map) = 1;
}

void divide_by_zero() {
#if defined(__x86_64__)
  __asm__ volatile("xorl %%ecx, %%ecx\n\tmovl $1, %%eax\n\tcltd\n\tidivl %%ecx" ::: "eax", "ecx", "edx");
#else
  std::raise(SIGFPE);
#endif
}

void breakpoint() {
#if defined(__x86_64__)
  __asm__ volatile("int3");
#else
  std::raise(SIGTRAP);
#endif
}

// Makes a system call that a sandbox refuses.
void refused_call() {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{.len = std::size(program), .filter = program};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
  ::syscall(SYS_getppid);
}

void throw_in_noexcept() noexcept {
  const std::function<void()> thrower = [] { throw std::runtime_error("out\nof luck"); };
  thrower();
}

// A request that waits here is in flight until the process ends.
void wait_for_ever() {
  for (;;) ::pause();
}

void in_a_thread(const std::function<void()>& work) {
  std::thread thread(work);
  thread.join();
}

// glibc aborts while it holds the heap lock, so a crash handler that allocates would wait for ever.
__attribute__((no_sanitize("address", "undefined"))) void crash_in_malloc() {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // glibc takes the lock only if there are threads.
  std::thread([] { wait_for_ever(); }).detach();
  // The last chunk in the heap is the unused rest, preceded by its size. This sets the size to an impossible value.
  constexpr std::size_t block_bytes = 100'000;
  for (int i = 0; i < 100; ++i) {
    auto* const block = static_cast<char*>(std::malloc(block_bytes));
    *reinterpret_cast<volatile std::size_t*>(block + ::malloc_usable_size(block)) = ~std::size_t{7};
  }
#endif
  std::abort();
}

void in_a_fork(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
}

struct crashes_at_exit {
  bool armed = false;
  ~crashes_at_exit() {
    if (armed) std::raise(SIGSEGV);
  }
};
crashes_at_exit at_exit;

struct no_words final : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "\1\2\3 \xff \"quoted\""; }
};

struct silent final : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return nullptr; }
};

const std::map<std::string_view, std::function<void()>> tasks = {
    {"null", [] { write_to(0); }},
    {"wild", [] { write_to(0x1234'5000); }},
    {"non_canonical", [] { write_to(0xdead'beef'dead'beef); }},
    {"overflow", [] { overflow_stack(0); }},
    {"bus", bus_error},
    {"fpe", divide_by_zero},
    {"ill", [] { __builtin_trap(); }},
    {"breakpoint", breakpoint},
    {"refused_call", refused_call},
    {"abort", [] { std::abort(); }},
    {"assert", [] { assert(false && "asserted"); }},
    {"raise", [] { std::raise(SIGFPE); }},
    {"noexcept", throw_in_noexcept},
    {"thread_throw", [] { in_a_thread([] { throw std::out_of_range("far"); }); }},
    {"thread_null", [] { in_a_thread([] { write_to(0); }); }},
    {"thread_int", [] { in_a_thread([] { throw 7; }); }},
    {"thread_silent", [] { in_a_thread([] { throw silent(); }); }},
    {"terminate", [] { std::terminate(); }},
    {"no_words",
     [] {
       []() noexcept {
         const std::function<void()> f = [] { throw no_words(); };
         f();
       }();
     }},
    {"wait", wait_for_ever},
    {"six_seconds", [] { std::this_thread::sleep_for(std::chrono::seconds(6)); }},
    {"exit", [] { std::exit(7); }},
    {"quick_exit", [] { std::quick_exit(7); }},
    {"thread_exit", [] { in_a_thread([] { std::exit(7); }); }},
    {"exit_then_crash",
     [] {
       at_exit.armed = true;
       std::exit(7);
     }},
    {"malloc", crash_in_malloc},
    {"_exit", [] { ::_exit(7); }},
    {"kill", [] { std::raise(SIGKILL); }},
    {"fork_exit", [] { in_a_fork([] { std::exit(3); }); }},
    {"fork_null", [] { in_a_fork([] { write_to(0); }); }},
    {"fork_terminate", [] { in_a_fork([] { std::terminate(); }); }},
    {"fork_abort", [] { in_a_fork([] { std::abort(); }); }},
};

struct echo {
  std::string_view text;
};

std::atomic<int> waiting = 0;

lambda_proc::result<echo> handle(const lambda_proc::event& event) {
  auto order = event.as<::order>();
  if (!order) return std::move(order).error();
  const std::string_view task = order->task;
  if (task == "wait") {
    ++waiting;
    waiting.notify_all();
    wait_for_ever();
  }
  // Crashes once this many other requests are waiting.
  if (task.starts_with("null_after_")) {
    const int others = std::atoi(task.data() + std::string_view("null_after_").size());
    for (int now = waiting.load(); now < others; now = waiting.load()) waiting.wait(now);
    write_to(0);
  }
  if (const auto found = tasks.find(task); found != tasks.end()) found->second();
  return echo{order->text};
}

// Does its task as soon as it is decoded.
struct eager {
  std::string_view task;
};
lambda_proc::result<void> from_json(simdjson::ondemand::value& value, eager& out) {
  if (auto done = lambda_proc::decode(value, out.task); !done) return done;
  if (const auto found = tasks.find(out.task); found != tasks.end()) found->second();
  return {};
}
struct eager_order {
  eager task;
};

bool is_set(const char* name) { return std::getenv(name) != nullptr; }

}  // namespace

int main() {
  lambda_proc::options options;
  if (const char* const workers = std::getenv("WORKERS")) options.workers = static_cast<unsigned>(std::atoi(workers));
  options.bulk = is_set("BULK");
  options.crash_replies = !is_set("NO_CRASH_REPLIES");
  if (is_set("EAGER")) return lambda_proc::run([](const eager_order&) {}, options);
  return lambda_proc::run([](const lambda_proc::event& event) { return handle(event); }, options);
}
