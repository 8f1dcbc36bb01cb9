#pragma once
// SPDX-License-Identifier: MIT
// What run() does once the handler's type is erased: the definitions behind run_process.hpp. run.hpp includes it, or
// the one source file of lambda_proc::compiled.

#include <lambda_proc/core/function_ref.hpp>
#include <lambda_proc/crash/crash_handler.hpp>
#include <lambda_proc/crash/crash_record.hpp>
#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_threads.hpp>
#include <lambda_proc/crash/thread_registration.hpp>
#include <lambda_proc/io/busy_poller.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/log/log.hpp>
#include <lambda_proc/process/bulk_mode.hpp>
#include <lambda_proc/process/busy_poll.hpp>
#include <lambda_proc/process/die_with_parent.hpp>
#include <lambda_proc/process/environment.hpp>
#include <lambda_proc/process/report.hpp>
#include <lambda_proc/process/run_process.hpp>
#include <lambda_proc/process/run_runtime_api.hpp>
#include <lambda_proc/process/sealed_streams.hpp>
#include <lambda_proc/process/stop_signal.hpp>
#include <lambda_proc/serve/line_channel.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/serve/worker_pool.hpp>
#include <lambda_proc/wire/known_wires.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Opens the descriptor for logs, for hosts that allow no output on stdout and stderr.
[[gnu::cold]] inline int open_log_file(start_check& check) {
  const std::string_view name = environment("LAMBDA_PROC_LOG_FILE");
  if (name.empty()) {
    log_settings_in_use().level = log_level::off;
    return check(open_sink(), "a descriptor for logs");
  }
  constexpr mode_t readable = 0644;
  return check(::open(name.data(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, readable), "LAMBDA_PROC_LOG_FILE");
}

int run_process(const any_wire& chosen, invocation_source handlers, const options& options) {
  if (!die_with_parent()) return host_gone;
  any_wire wire = chosen;
  if (options.max_reply_bytes != 0) wire.traits.max_reply_bytes = options.max_reply_bytes;
  if (wire.traits.transport == transport::runtime_api) return run_runtime_api(wire, handlers, options);
  const std::size_t workers = std::max(1U, options.workers);
  std::vector<std::string> complaints = configure_log();
  const std::optional<bool> bulk = bulk_in_environment(complaints);
  const std::chrono::microseconds busy_poll = busy_poll_limit(options, workers, complaints);
  const wire_traits& traits = wire.traits;
  if (::isatty(STDIN_FILENO) == 1) {
    write_notice("waiting for requests, a line each: " + std::string(traits.example) + " (Ctrl-D ends)");
  }
  if (::fcntl(traits.reply_fd, F_GETFD) == -1) {
    write_notice("the descriptor for replies (" + std::to_string(traits.reply_fd) + ") is closed");
    return host_gone;
  }
  start_check check;
  reserve_standard_streams(check);
  const int log_fd = traits.stray_output == stray_output::to_log_file ? open_log_file(check) : -1;
  if (check.failed()) return cannot_start(check);
  const sealed_streams streams(traits.reply_fd, traits.stray_output, log_fd, check);
  // Written only now: if stderr must stay silent, it is now the log file.
  for (const std::string& complaint : complaints) write_notice(complaint);
  const stop_signal stop(streams.requests(), streams.null(), check);
  if (check.failed()) return cannot_start(check);

  line_reader reader(streams.requests(), options.max_line_bytes, traits.framing);
  reply_writer writer(streams.replies());
  if (traits.greeting_variable != nullptr && !environment(traits.greeting_variable).empty()) {
    writer.write(std::string(traits.greeting).append("\n"));
  }

  // The input is a pipe or a socket for a host that may wait for each reply. A file never has to be waited for.
  const auto has_processors = [workers] { return is_enough_to_poll(usable_processors(), workers); };
  busy_poller poller({.limit = busy_poll, .has_processors = function_ref<bool()>(has_processors)});
  if (!streams.requests_are_a_file()) reader.poll_with(poller);

  line_channel::settings settings{.bulk = uses_bulk_mode(bulk, options, streams), .stop = stop.stopped()};
  // A handler's output belongs to the log of its request, so flush it before the reply.
  if (traits.stray_output == stray_output::untouched) {
    settings.before_reply = [] { static_cast<void>(std::fflush(stdout)); };
  } else {
    static_cast<void>(std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ));
  }

  const reporter report;
  any_observer observer;
  if (environment("LAMBDA_PROC_REPORT") == "1") observer = any_observer(report);

  serving_threads all_threads(!options.crash_replies ? 0 : workers == 1 ? 1 : workers + 1);
  serving_threads* const threads = options.crash_replies ? &all_threads : nullptr;
  const thread_registration registration(threads ? &(*threads)[0] : nullptr);
  check.error(registration.error(), "a stack for signal handlers");
  if (check.failed()) return cannot_start(check);
  stats total;
  if (workers == 1) {
    if (threads) {
      settings.thread = &(*threads)[0];
      settings.after_first_reply = &prepare_backtrace;
    }
    line_channel channel(wire, reader, writer, settings);
    std::optional<crash_handler> crashes;
    if (threads) crashes.emplace(wire, streams.replies(), *threads, crash_responder_for(channel), check);
    if (check.failed()) return cannot_start(check);
    const auto loop = [&](const any_invocation& handler) { total = serve_all(channel, handler, observer); };
    handlers(function_ref<void(const any_invocation&)>(loop));
  } else {
    if (threads) prepare_backtrace();
    constexpr worker_pool::process_calls calls{.reading = {&stop_signal::begin_reading, &stop_signal::end_reading},
                                               .stop = &stop_signal::request_stop};
    worker_pool pool(wire, reader, writer, settings, calls, workers, threads);
    std::optional<crash_handler> crashes;
    if (threads) crashes.emplace(wire, streams.replies(), *threads, crash_responder_for(pool), check);
    total = pool.serve(handlers, observer, check);
    if (check.failed()) return cannot_start(check);
  }
  return total.host_gone || reader.error() != 0 ? host_gone : input_ended;
}

int run_chosen_wire(invocation_source handlers, const options& options) {
  std::string_view name = environment("LAMBDA_PROC_WIRE");
  if (name.empty() && is_started_by_lambda()) name = wire::runtime_api::traits.name;
  std::string names;
  for (const any_wire* const wire : known_wires) {
    if (name.empty() || name == wire->traits.name) return run_process(*wire, handlers, options);
    names.append(names.empty() ? "" : ", ").append(wire->traits.name);
  }
  write_notice("LAMBDA_PROC_WIRE is \"" + std::string(name) + "\"; known wires: " + names);
  return not_started;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
