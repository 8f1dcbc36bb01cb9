// The program under test for streamed replies. Its event is a list of steps, each a word: see step().

#include <lambda_proc/lambda_proc.hpp>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <unistd.h>

using lambda_proc::failure;
using lambda_proc::http_head;
using lambda_proc::response_stream;
using lambda_proc::result;

namespace {

void say(std::string_view line) { static_cast<void>(!::write(2, line.data(), line.size())); }

/// Says that it waits, and continues when it can read a byte from descriptor 5.
void wait_for_byte() {
  say("waiting\n");
  char word = 0;
  static_cast<void>(!::read(5, &word, 1));
}

// Sanitizers must not detect the bad access before the processor does.
[[gnu::noinline]] __attribute__((no_sanitize("address", "undefined", "thread"))) void crash() {
  volatile int* const nowhere = nullptr;
  *nowhere = 1;
}

result<void> step(std::string_view word, response_stream& out) {
  constexpr std::size_t megabyte = std::size_t{1} << 20U;
  if (word == "head") {
    out.head(http_head(201).header("content-type", "text/event-stream").cookie("a=1").cookie("b=2"));
  } else if (word == "bad_head") {
    out.head(http_head(200).header("a b", "c"));
  } else if (word == "flush") {
    out.flush();
  } else if (word == "wait") {
    wait_for_byte();
  } else if (word == "fail") {
    return failure{"sold_out", "no A7 left"};
  } else if (word == "fail_at_length") {
    return failure{"sold_out", std::string(megabyte, 'x')};
  } else if (word == "throw") {
    throw std::runtime_error("no luck");
  } else if (word == "crash") {
    crash();
  } else if (word == "exit") {
    std::exit(7);
  } else if (word == "megabyte") {
    out.write(std::string(megabyte, 'm'));
  } else if (word == "too_much_for_buffers") {
    out.write(std::string(100 * megabyte, 'm'));
  } else if (word == "until_closed") {
    // The client leaves in the meantime.
    for (int i = 0; i < 10'000 && !out.closed(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    say(out.write("more") || out.flush() ? "still open\n" : "closed\n");
  } else if (word == "write_until_closed") {
    for (int i = 0; i < 1000 && out.write(std::string(megabyte, 'm')); ++i) continue;
    say(out.closed() ? "closed\n" : "still open\n");
  } else if (word == "crash_when_told") {
    // Another thread crashes, while this one may be sending.
    std::thread([] {
      wait_for_byte();
      crash();
    }).detach();
  } else if (word == "fork") {
    if (::fork() == 0) {
      out.write("from the copy");
      out.flush();
    }
  } else {
    out.write(word);
  }
  return {};
}

}  // namespace

int main() {
  return lambda_proc::run([](const std::vector<std::string>& steps, response_stream& out) -> result<void> {
    for (const std::string& word : steps) {
      if (result<void> done = step(word, out); !done) return done;
    }
    return {};
  });
}
