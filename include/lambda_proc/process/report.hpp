#pragma once
// SPDX-License-Identifier: MIT
// REPORT records, like those that AWS Lambda writes after each invocation. run() uses them.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/decimal.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/log/log.hpp>

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sys/resource.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Approximately when the process started: static objects are initialized before main.
inline const std::chrono::steady_clock::time_point process_start = std::chrono::steady_clock::now();

/// The peak memory of this process, in KiB. On Linux this is VmHWM: ru_maxrss also counts the copy of the parent that
/// the process was before exec.
inline std::uint64_t peak_memory_kib() noexcept {
#ifdef __linux__
  char text[4096];
  const std::string_view status = read_head("/proc/self/status", text);
  const std::size_t line = status.find("VmHWM:");
  const std::size_t digit = line == std::string_view::npos ? line : status.find_first_of("0123456789", line);
  const std::string_view number = digit == std::string_view::npos ? "" : status.substr(digit);
  if (const auto kib = decimal(number.substr(0, number.find(' ')))) return *kib;
#endif
  struct rusage usage = {};
  ::getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
  constexpr std::uint64_t units_per_kib = 1024;
#else
  constexpr std::uint64_t units_per_kib = 1;
#endif
  return static_cast<std::uint64_t>(usage.ru_maxrss) / units_per_kib;
}

/// Writes a REPORT record for each request. The first record includes the init duration: from the start of the process
/// to the construction of this object.
class reporter {
 public:
  /// Construct it when the process is ready for its first request.
  reporter() = default;

  void operator()(request& request, std::chrono::nanoseconds duration) const {
    // The reply was already built. If the context can't be read, the record has no request id.
    static_cast<void>(request.read_context().has_value());
    const double init_ms = request.context().cold_start() ? milliseconds(ready_ - process_start) : -1;
    record_buffer buffer;
    json_writer& out = buffer.text();
    if (log_settings_in_use().json) {
      write_json(out, request.context(), duration, init_ms);
    } else {
      write_text(out, request.context(), duration, init_ms);
    }
    out.append("\n");
    write_record(out.view());
  }

 private:
  static double milliseconds(std::chrono::nanoseconds duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
  }
  static std::uint64_t billed_milliseconds(std::chrono::nanoseconds duration) {
    return static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::milliseconds>(duration).count());
  }
  static std::uint64_t peak_memory_mb() { return (peak_memory_kib() + 1023) / 1024; }

  static void write_text(json_writer& out, const context& ctx, std::chrono::nanoseconds duration, double init_ms) {
    // Not with printf, because its decimal point depends on the locale.
    const auto field = [&out](const char* name, const char* unit, auto... value) {
      char text[64];
      const auto end = std::to_chars(text, text + sizeof text, value...).ptr;
      out.append(name);
      out.append({text, static_cast<std::size_t>(end - text)});
      out.append(unit);
    };
    const auto ms = [&field](const char* name, double value) {
      field(name, " ms", value, std::chars_format::fixed, 2);
    };
    out.append("REPORT RequestId: ");
    out.escaped(ctx.aws_request_id);
    ms("\tDuration: ", milliseconds(duration));
    field("\tBilled Duration: ", " ms", billed_milliseconds(duration));
    if (ctx.memory_limit_in_mb != 0) field("\tMemory Size: ", " MB", ctx.memory_limit_in_mb);
    field("\tMax Memory Used: ", " MB", peak_memory_mb());
    if (init_ms >= 0) ms("\tInit Duration: ", init_ms);
  }

  static void write_json(json_writer& out, const context& ctx, std::chrono::nanoseconds duration, double init_ms) {
    const auto field = [&out](std::string_view name, const auto& value) {
      out.key(name);
      encode(out, value);
    };
    std::array<char, 40> buffer;
    out.begin_object();
    field("time", now_as_text(buffer));
    field("type", "platform.report");
    out.key("record");
    out.begin_object();
    field("requestId", ctx.aws_request_id);
    out.key("metrics");
    out.begin_object();
    field("durationMs", milliseconds(duration));
    field("billedDurationMs", billed_milliseconds(duration));
    if (ctx.memory_limit_in_mb != 0) field("memorySizeMB", ctx.memory_limit_in_mb);
    field("maxMemoryUsedMB", peak_memory_mb());
    if (init_ms >= 0) field("initDurationMs", init_ms);
    out.end_object();
    out.end_object();
    out.end_object();
  }

  std::chrono::steady_clock::time_point ready_ = std::chrono::steady_clock::now();
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
