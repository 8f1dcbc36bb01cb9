#pragma once
// SPDX-License-Identifier: MIT
// run() for a native function on AWS Lambda, where the program is called bootstrap. run_process() calls it.

#include <lambda_proc/core/catch_failures.hpp>
#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/decimal.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/function_ref.hpp>
#include <lambda_proc/crash/crash_handler.hpp>
#include <lambda_proc/crash/crash_record.hpp>
#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_threads.hpp>
#include <lambda_proc/crash/thread_group.hpp>
#include <lambda_proc/io/forked_copy.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/log/log.hpp>
#include <lambda_proc/process/environment.hpp>
#include <lambda_proc/process/exit_status.hpp>
#include <lambda_proc/process/sealed_streams.hpp>
#include <lambda_proc/process/serving_setup.hpp>
#include <lambda_proc/process/stop_event.hpp>
#include <lambda_proc/process/stop_signal.hpp>
#include <lambda_proc/runtime_api/endpoint.hpp>
#include <lambda_proc/runtime_api/runtime_api_channel.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Sets _X_AMZN_TRACE_ID, in which the AWS and X-Ray SDKs look for the trace header. Changes the variable in place,
/// because setenv(3) leaks old values. An id that is too long is left out.
inline void set_trace_id(std::string_view id) {
  static constinit std::array<char, 1024> variable{"_X_AMZN_TRACE_ID="};
  constexpr std::size_t name_size = std::string_view("_X_AMZN_TRACE_ID=").size();
  if (id.size() >= variable.size() - name_size) id = {};
  id.copy(variable.data() + name_size, id.size());
  variable[name_size + id.size()] = '\0';
  [[maybe_unused]] static const int put = ::putenv(variable.data());
}

/// The part of the context that is the same for all invocations, from the environment.
[[gnu::cold]] inline context lambda_environment() {
  context out;
  out.function_name = environment("AWS_LAMBDA_FUNCTION_NAME");
  out.function_version = environment("AWS_LAMBDA_FUNCTION_VERSION");
  out.log_group_name = environment("AWS_LAMBDA_LOG_GROUP_NAME");
  out.log_stream_name = environment("AWS_LAMBDA_LOG_STREAM_NAME");
  const std::uint64_t memory = decimal(environment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")).value_or(0);
  if (std::in_range<std::uint32_t>(memory)) out.memory_limit_in_mb = static_cast<std::uint32_t>(memory);
  return out;
}

/// How many invocations Lambda sends at the same time: more than one only on Managed Instances, which set the variable.
[[gnu::cold]] inline std::size_t lambda_concurrency() {
  return std::max<std::uint64_t>(1, decimal(environment("AWS_LAMBDA_MAX_CONCURRENCY")).value_or(1));
}

/// The loops that serve invocations at the same time, each with its own channel, invocation of the handler and, if
/// there are several, thread.
class runtime_api_loops {
 public:
  runtime_api_loops(const any_wire& wire, const endpoint& server, runtime_api_channel::settings settings,
                    std::size_t count, serving_threads* threads)
      : group_(count, threads) {
    for (std::size_t i = 0; i < count; ++i) {
      // A single loop runs on the calling thread.
      settings.thread = threads == nullptr ? nullptr : count == 1 ? &(*threads)[0] : group_.thread(i);
      loops_.push_back(std::make_unique<loop>(wire, server, settings));
    }
  }

  /// Serves until SIGTERM. Returns false if it ended because something failed, or if the threads could not start, which
  /// `check` reports.
  bool serve(invocation_source handlers, any_observer observer, start_check& check) {
    const auto work = [&](std::size_t i) { serve_one(*loops_[i], handlers, observer); };
    if (loops_.size() == 1) {
      work(0);
    } else {
      if (!group_.start(function_ref<void(std::size_t)>(work), check)) return false;
      group_.join();
    }
    return std::ranges::none_of(loops_, [](const auto& one) { return one->failed; });
  }

  /// In a signal handler: sends failures for the in-flight requests.
  [[gnu::cold]] void send_crash_replies(crash_replies& replies) noexcept {
    using clock = std::chrono::steady_clock;
    // All replies share this limit.
    constexpr std::chrono::milliseconds time_limit{1000};
    const auto start = clock::now();
    for (const auto& one : loops_) {
      const auto used = std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - start);
      one->channel.send_crash_reply(replies, std::max(time_limit - used, std::chrono::milliseconds(1)));
    }
  }

 private:
  struct loop {
    loop(const any_wire& wire, const endpoint& server, const runtime_api_channel::settings& settings)
        : channel(wire, server, settings) {}

    runtime_api_channel channel;
    bool failed = false;
  };

  static void serve_one(loop& self, invocation_source handlers, any_observer observer) {
    bool has_handler = false;
    const auto serve = [&](const any_invocation& handler) {
      has_handler = true;
      any_channel channel(self.channel);
      self.failed = serve_all(channel, handler, observer).host_gone;
    };
    const result<void> done = catch_failures([&]() -> result<void> {
      handlers(function_ref<void(const any_invocation&)>(serve));
      return {};
    });
    if (!done) {
      self.failed = true;
      const failure& why = done.error();
      logger().fatal(has_handler ? "serving failed" : "the handler can't be created", "type", why.type, "why",
                     why.message);
      if (!has_handler) self.channel.send_init_error(why);
    }
    // The other loops must end as well, since Lambda replaces only the whole process.
    if (self.failed) stop_signal::request_stop();
  }

  thread_group group_;
  std::vector<std::unique_ptr<loop>> loops_;
};

/// Whether the process was started as a bootstrap, by AWS Lambda or a tool that does the same. The child of a Node.js
/// function also inherits the address of the runtime API, but gets requests through a pipe or socket.
[[gnu::cold]] inline bool is_started_by_lambda() {
  if (environment("AWS_LAMBDA_RUNTIME_API").empty()) return false;
#ifdef __linux__
  if (std::string_view(::program_invocation_short_name) == "bootstrap") return true;
#else
  if (std::string_view(::getprogname()) == "bootstrap") return true;
#endif
  struct stat input;
  if (::fstat(STDIN_FILENO, &input) != 0) return true;
  const bool may_have_requests = S_ISFIFO(input.st_mode) || S_ISSOCK(input.st_mode) || S_ISREG(input.st_mode);
  return !may_have_requests && ::isatty(STDIN_FILENO) == 0;
}

/// Serves the runtime API at the address in the environment, and returns the exit status.
[[gnu::cold]] inline int run_runtime_api(const any_wire& wire, invocation_source handlers, const options& options) {
  const std::string_view address = environment("AWS_LAMBDA_RUNTIME_API");
  if (address.empty()) {
    write_notice("AWS_LAMBDA_RUNTIME_API, the address of AWS Lambda's runtime API, is not set");
    return not_started;
  }
  const result<endpoint> server = parse_endpoint(address);
  if (!server) {
    write_notice("AWS_LAMBDA_RUNTIME_API: " + server.error().message);
    return not_started;
  }
  for (const std::string& complaint : configure_log()) write_notice(complaint);
  start_check check;
  reserve_standard_streams(check);
  const stop_event event(check);
  const stop_signal stop(event.end_of_input(), event.null(), check);
  static const int atfork_error = ::pthread_atfork(nullptr, nullptr, [] { is_forked_copy() = true; });
  check.error(atfork_error, "pthread_atfork");
  if (check.failed()) return cannot_start(check);

  const std::size_t count = lambda_concurrency();
  if (count > 1) {
    logger().info(std::to_string(count) +
                  " invocations are handled at the same time: the handler must be thread-safe, "
                  "or be made for each thread by per_worker()");
  }
  runtime_api_channel::settings settings{
      .max_event_bytes = options.max_line_bytes,
      .environment = lambda_environment(),
      .stopped = stop.stopped(),
      .stop = event.event(),
      // A handler's output belongs to the log of its invocation.
      .before_reply = [] { static_cast<void>(std::fflush(stdout)); },
      // All threads share one environment.
      .set_trace_id = count == 1 ? &set_trace_id : nullptr,
  };
  serving_setup setup(count, options.crash_replies, check);
  serving_threads* const threads = setup.threads();
  if (threads) settings.after_first_reply = &prepare_backtrace;
  runtime_api_loops loops(wire, *server, settings, count, threads);
  std::optional<crash_handler> crashes;
  if (threads) crashes.emplace(wire, -1, *threads, crash_responder_for(loops, false), check);
  if (check.failed()) return cannot_start(check);
  const bool good = loops.serve(handlers, setup.observer(), check);
  if (check.failed()) return cannot_start(check);
  return good ? input_ended : host_gone;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
