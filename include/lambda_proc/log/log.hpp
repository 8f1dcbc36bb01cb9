#pragma once
// SPDX-License-Identifier: MIT
// The logger: one line on stderr for each record. Handlers use it; run() configures it from the environment.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/io/system.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/rfc3339.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <pthread.h>

namespace lambda_proc {
inline namespace v0 {

enum class log_level : std::uint8_t { trace, debug, info, warn, error, fatal, off };

inline constexpr std::array<std::string_view, 7> log_level_names{"TRACE", "DEBUG", "INFO", "WARN",
                                                                 "ERROR", "FATAL", "OFF"};

/// Where records are written, from which level on, and in which format. There is one for the process.
struct log_settings {
  int fd = 2;
  /// Records below it are dropped.
  log_level level = log_level::info;
  /// Each record is a JSON object, with the names of AWS Lambda's JSON log format, instead of text.
  bool json = false;
};

/// The current settings. run() sets them from the environment before the first request; change them only while no other
/// thread logs.
[[nodiscard]] inline log_settings& log_settings_in_use() noexcept {
  static constinit log_settings settings;
  return settings;
}

namespace detail {

/// Locked while a record is written, and during a fork: the child has only the thread that forked, and would wait for
/// ever if another thread held the lock.
inline std::mutex& record_mutex() noexcept {
  static constinit std::mutex one_at_a_time;
  return one_at_a_time;
}

/// Registered before main, not by the first record: a fork at that moment would leave the child with a static whose
/// initialization never ends. If registration fails, a child may hang, as in any program that forks while it logs.
inline const int record_mutex_at_fork =
    ::pthread_atfork([] { record_mutex().lock(); }, [] { record_mutex().unlock(); }, [] { record_mutex().unlock(); });

/// Writes one record with a single write(2), or with several that no other thread interrupts. If stderr is closed or
/// full the record is lost. That doesn't fail the request, and delays it for at most a second.
inline void write_record(std::string_view record) noexcept {
  static constinit bool stuck = false;
  static constinit bool torn = false;
  const std::lock_guard lock(record_mutex());
  const int fd = log_settings_in_use().fd;
  // If stderr was full for a second, later records don't wait until it is writable again.
  const int time_limit_ms = stuck ? 0 : 1000;
  // Ends a truncated record, so that this one begins on a new line.
  if (torn) torn = !write_bounded(fd, "\n", time_limit_ms);
  stuck = torn || !write_bounded(fd, record, time_limit_ms);
  torn = torn || (stuck && record.size() > bounded_write_bytes);
}

/// An empty buffer for a record. It is the thread's buffer, which keeps its memory, or a new one if that is in use
/// because the to_json of a field logs.
class record_buffer {
 public:
  record_buffer() : nested_(std::exchange(of_this_thread().in_use, true)) {
    constexpr std::size_t kept_bytes = std::size_t{64} << 10U;
    if (!nested_) of_this_thread().text.clear(kept_bytes);
  }
  record_buffer(const record_buffer&) = delete;
  record_buffer& operator=(const record_buffer&) = delete;
  ~record_buffer() {
    if (!nested_) of_this_thread().in_use = false;
  }

  [[nodiscard]] json_writer& text() noexcept { return nested_ ? own_ : of_this_thread().text; }

 private:
  struct shared {
    json_writer text;
    bool in_use = false;
  };
  static shared& of_this_thread() noexcept {
    static thread_local shared buffer;
    return buffer;
  }

  bool nested_;
  json_writer own_;
};

inline std::string_view now_as_text(std::array<char, 40>& buffer) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return {buffer.data(), format_rfc3339(now, buffer.data())};
}

/// The keys that the logger itself writes in JSON.
inline constexpr std::array<std::string_view, 4> record_keys{"timestamp", "level", "requestId", "message"};

/// Writes the beginning of a record, up to its fields.
inline void begin_record(json_writer& out, const log_settings& settings, log_level level, std::string_view request_id,
                         std::string_view message) {
  std::array<char, 40> buffer;
  const std::string_view time = now_as_text(buffer);
  const std::string_view level_name = log_level_names[static_cast<std::size_t>(level)];
  if (settings.json) {
    out.begin_object();
    const std::array<std::string_view, record_keys.size()> values{time, level_name, request_id, message};
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].empty()) continue;
      out.key(record_keys[i]);
      out.string(values[i]);
    }
  } else {
    for (const std::string_view text : {time, level_name, request_id.empty() ? "-" : request_id}) {
      out.escaped(text);
      out.append(" ");
    }
    out.escaped(message);
  }
}

/// In JSON, a field with the name of one of record_keys gets a leading underscore, because JSON readers would use the
/// last of two equal keys.
inline void begin_record_field(json_writer& out, bool json, std::string_view name) {
  if (json && std::ranges::find(record_keys, name) != record_keys.end()) return out.key(std::string("_").append(name));
  if (json) return out.key(name);
  out.append(" ");
  out.escaped(name);
  out.append("=");
}

/// Writes null for a value that can't be encoded, so that the record isn't lost.
template <class T>
void encode_field(json_writer& out, const T& value) {
  const std::size_t start = out.size();
  encode(out, value);
  if (out.error() == nullptr) return;
  out.truncate(start);
  out.null();
}

/// Text without spaces, quotes and equals signs is written without quotes.
template <class T>
void write_text_field(json_writer& out, const T& value) {
  if constexpr (std::convertible_to<const T&, std::string_view> && !std::is_pointer_v<T>) {
    const std::string_view text = value;
    const auto is_bare = [](char c) { return is_plain(c) && c != ' ' && c != '=' && c != '\x7f'; };
    if (!text.empty() && std::all_of(text.begin(), text.end(), is_bare)) return out.append(text);
  }
  encode_field(out, value);
}

}  // namespace detail

/// Logs for one request:
///
///     lambda_proc::logger log(ctx);
///     log.info("priced", "sku", o.sku, "count", o.count);
///
/// Takes a message, then alternating names and values; the values may have any encodable type. Each record has the
/// time, the level and the request id, is one line whatever the text contains, and is written immediately. A logger is
/// cheap to create; any thread may use it while the context lives. Without a context its records have no request id.
class logger {
 public:
  logger() = default;
  explicit logger(const context& ctx) noexcept : request_id_(ctx.aws_request_id) {}

  template <class... Fields>
  void trace(std::string_view message, const Fields&... fields) const {
    log(log_level::trace, message, fields...);
  }
  template <class... Fields>
  void debug(std::string_view message, const Fields&... fields) const {
    log(log_level::debug, message, fields...);
  }
  template <class... Fields>
  void info(std::string_view message, const Fields&... fields) const {
    log(log_level::info, message, fields...);
  }
  template <class... Fields>
  void warn(std::string_view message, const Fields&... fields) const {
    log(log_level::warn, message, fields...);
  }
  template <class... Fields>
  void error(std::string_view message, const Fields&... fields) const {
    log(log_level::error, message, fields...);
  }
  template <class... Fields>
  void fatal(std::string_view message, const Fields&... fields) const {
    log(log_level::fatal, message, fields...);
  }

  template <class... Fields>
  void log(log_level level, std::string_view message, const Fields&... fields) const {
    static_assert(sizeof...(Fields) % 2 == 0, "lambda_proc: a record's fields are names and values in turn");
    const log_settings& settings = log_settings_in_use();
    if (level < settings.level || level >= log_level::off) return;
    detail::record_buffer buffer;
    json_writer& out = buffer.text();
    detail::begin_record(out, settings, level, request_id_, message);
    write_fields(out, settings.json, fields...);
    if (settings.json) out.end_object();
    out.append("\n");
    detail::write_record(out.view());
  }

  /// Whether a record of this level would be written; useful before expensive fields are computed.
  [[nodiscard]] static bool enabled(log_level level) noexcept { return level >= log_settings_in_use().level; }

 private:
  static void write_fields(json_writer&, bool) {}

  template <class Value, class... Rest>
  static void write_fields(json_writer& out, bool json, std::string_view name, const Value& value,
                           const Rest&... rest) {
    static_assert(encodable<Value>, "lambda_proc: a field's value must be encodable");
    detail::begin_record_field(out, json, name);
    if (json) {
      detail::encode_field(out, value);
    } else {
      detail::write_text_field(out, value);
    }
    write_fields(out, json, rest...);
  }

  std::string_view request_id_;
};

}  // namespace v0
}  // namespace lambda_proc
