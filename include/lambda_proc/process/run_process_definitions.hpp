#pragma once
// SPDX-License-Identifier: MIT
// What run() does once the handler's type is erased: the definitions behind run_process.hpp. run.hpp includes it, or
// the one source file of lambda_proc::compiled.

#include <lambda_proc/core/function_ref.hpp>
#include <lambda_proc/crash/crash_handler.hpp>
#include <lambda_proc/crash/crash_record.hpp>
#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_threads.hpp>
#include <lambda_proc/io/busy_poller.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/log/log.hpp>
#include <lambda_proc/process/bulk_mode.hpp>
#include <lambda_proc/process/busy_poll.hpp>
#include <lambda_proc/process/die_with_parent.hpp>
#include <lambda_proc/process/environment.hpp>
#include <lambda_proc/process/run_process.hpp>
#include <lambda_proc/process/run_runtime_api.hpp>
#include <lambda_proc/process/sealed_streams.hpp>
#include <lambda_proc/process/serving_setup.hpp>
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

/// Opens the descriptor for logs, for hosts that allow no output on stdout and stderr. Without a file for it, the log
/// is turned off.
[[gnu::cold]] inline int open_log_file(start_check& check) {
  const std::string_view name = environment("LAMBDA_PROC_LOG_FILE");
  if (name.empty()) {
    log_settings_in_use().level = log_level::off;
    return check(open_sink(), "a descriptor for logs");
  }
  constexpr mode_t readable = 0644;
  return check(::open(name.data(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, readable), "LAMBDA_PROC_LOG_FILE");
}

/// Says what the program is waiting for, if its stdin is a terminal.
[[gnu::cold]] inline void explain_on_terminal(const wire_traits& traits) {
  if (::isatty(STDIN_FILENO) != 1) return;
  write_notice("waiting for requests, a line each: " + std::string(traits.example) + " (Ctrl-D ends)");
}

/// Writes the greeting, if the host waits for one.
[[gnu::cold]] inline void write_greeting(const wire_traits& traits, reply_writer& writer) {
  if (traits.greeting_variable == nullptr || environment(traits.greeting_variable).empty()) return;
  writer.write(std::string(traits.greeting).append("\n"));
}

/// Makes sure that what a handler prints leaves the buffer of stdout before its reply is sent: it belongs to the log of
/// that request.
[[gnu::cold]] inline void flush_before_replies(stray_output stray, line_channel::settings& settings) {
  if (stray == stray_output::untouched) {
    settings.before_reply = [] { static_cast<void>(std::fflush(stdout)); };
  } else {
    static_cast<void>(std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ));
  }
}

/// What is needed to serve lines with one thread or with several workers.
struct line_service {
  const any_wire& wire;
  line_reader& reader;
  reply_writer& writer;
  int reply_fd;
  line_channel::settings settings;
  serving_threads* threads;  ///< Null without crash replies.
  any_observer observer;

  [[nodiscard]] int exit_status(const stats& total) const noexcept {
    return total.host_gone || reader.error() != 0 ? host_gone : input_ended;
  }
};

/// Serves on the calling thread, and returns the exit status.
[[gnu::cold]] inline int serve_alone(line_service& lines, invocation_source handlers, start_check& check) {
  if (lines.threads) {
    lines.settings.thread = &(*lines.threads)[0];
    lines.settings.after_first_reply = &prepare_backtrace;
  }
  line_channel channel(lines.wire, lines.reader, lines.writer, lines.settings);
  std::optional<crash_handler> crashes;
  if (lines.threads) {
    crashes.emplace(lines.wire, lines.reply_fd, *lines.threads, crash_responder_for(channel), check);
  }
  if (check.failed()) return cannot_start(check);
  stats total;
  const auto loop = [&](const any_invocation& handler) { total = serve_all(channel, handler, lines.observer); };
  handlers(function_ref<void(const any_invocation&)>(loop));
  return lines.exit_status(total);
}

/// Serves with several threads, and returns the exit status.
[[gnu::cold]] inline int serve_with_workers(line_service& lines, std::size_t workers, invocation_source handlers,
                                            start_check& check) {
  if (lines.threads) prepare_backtrace();
  constexpr worker_pool::process_calls calls{.reading = {&stop_signal::begin_reading, &stop_signal::end_reading},
                                             .stop = &stop_signal::request_stop};
  worker_pool pool(lines.wire, lines.reader, lines.writer, lines.settings, calls, workers, lines.threads);
  std::optional<crash_handler> crashes;
  if (lines.threads) {
    crashes.emplace(lines.wire, lines.reply_fd, *lines.threads, crash_responder_for(pool), check);
  }
  const stats total = pool.serve(handlers, lines.observer, check);
  if (check.failed()) return cannot_start(check);
  return lines.exit_status(total);
}

/// Prepares the process to serve the lines of stdin, serves them, and returns the exit status.
[[gnu::cold]] inline int run_lines(const any_wire& wire, invocation_source handlers, const options& options) {
  const std::size_t workers = std::max(1U, options.workers);
  std::vector<std::string> complaints = configure_log();
  const std::optional<bool> bulk = bulk_in_environment(complaints);
  const std::chrono::microseconds busy_poll = busy_poll_limit(options, workers, complaints);
  const wire_traits& traits = wire.traits;
  explain_on_terminal(traits);
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
  write_greeting(traits, writer);

  // A pipe or a socket has a host that may wait for each reply. A file never has to be waited for.
  const auto has_processors = [workers] { return is_enough_to_poll(usable_processors(), workers); };
  busy_poller poller({.limit = busy_poll, .has_processors = function_ref<bool()>(has_processors)});
  if (!streams.requests_are_a_file()) reader.poll_with(poller);

  line_channel::settings settings{.bulk = uses_bulk_mode(bulk, options, streams), .stop = stop.stopped()};
  flush_before_replies(traits.stray_output, settings);
  serving_setup setup(workers, options.crash_replies, check);
  if (check.failed()) return cannot_start(check);
  line_service lines{.wire = wire,
                     .reader = reader,
                     .writer = writer,
                     .reply_fd = streams.replies(),
                     .settings = settings,
                     .threads = setup.threads(),
                     .observer = setup.observer()};
  return workers == 1 ? serve_alone(lines, handlers, check) : serve_with_workers(lines, workers, handlers, check);
}

int run_process(const any_wire& chosen, invocation_source handlers, const options& options) {
  if (!die_with_parent()) return host_gone;
  any_wire wire = chosen;
  if (options.max_reply_bytes != 0) wire.traits.max_reply_bytes = options.max_reply_bytes;
  if (wire.traits.transport == transport::runtime_api) return run_runtime_api(wire, handlers, options);
  return run_lines(wire, handlers, options);
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
