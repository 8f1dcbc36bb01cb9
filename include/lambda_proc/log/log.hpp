#pragma once
// SPDX-License-Identifier: MIT
// The logger: one line on stderr for each record. Handlers use it; run() configures it from the environment.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

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

/// Writes one record with a single write(2), or with several that no other thread interrupts. If stderr is closed or
/// full the record is lost. That doesn't fail the request, and delays it for at most a second.
LAMBDA_PROC_SEAM void write_record(std::string_view record) noexcept;

/// An empty buffer for a record. It is the thread's buffer, which keeps its memory, or a new one if that is in use
/// because the to_json of a field logs.
class record_buffer {
 public:
  LAMBDA_PROC_SEAM record_buffer();
  record_buffer(const record_buffer&) = delete;
  record_buffer& operator=(const record_buffer&) = delete;
  LAMBDA_PROC_SEAM ~record_buffer();

  [[nodiscard]] json_writer& text() noexcept { return text_; }

 private:
  bool is_nested_;
  json_writer own_;
  json_writer& text_;
};

LAMBDA_PROC_SEAM std::string_view now_as_text(std::array<char, 40>& buffer);

/// Writes the beginning of a record, up to its fields.
LAMBDA_PROC_SEAM void begin_record(json_writer& out, const log_settings& settings, log_level level,
                                   std::string_view request_id, std::string_view message);

/// In JSON, a field with a name that the logger itself writes gets a leading underscore, because JSON readers would use
/// the last of two equal keys.
LAMBDA_PROC_SEAM void begin_record_field(json_writer& out, bool json, std::string_view name);

/// Writes text without spaces, quotes and equals signs as it is. False, and nothing is written, if it has any.
LAMBDA_PROC_SEAM bool write_bare_text(json_writer& out, std::string_view text);

/// Writes null for a value that can't be encoded, so that the record isn't lost.
template <class T>
void encode_field(json_writer& out, const T& value) {
  const std::size_t start = out.size();
  encode(out, value);
  if (out.error() == nullptr) return;
  out.truncate(start);
  out.null();
}

template <class T>
void write_text_field(json_writer& out, const T& value) {
  if constexpr (text_view<T> && !std::is_pointer_v<T>) {
    if (write_bare_text(out, as_text(value))) return;
  }
  encode_field(out, value);
}

/// What is wrong with the fields of a record; explain() fails to compile with the reason.
struct accepted_fields {};
template <std::size_t Count>
struct unpaired_fields {};
template <class Name>
struct name_without_text {};

template <std::size_t Count>
constexpr void explain(unpaired_fields<Count>) {
  static_assert(Count % 2 == 0, "lambda_proc: a record's fields are names and values in turn");
}
template <class Name>
concept field_name = std::convertible_to<const Name&, std::string_view>;
template <class Name>
constexpr void explain(name_without_text<Name>) {
  static_assert(std::is_convertible_v<const Name&, std::string_view>, "lambda_proc: the name of a field must be text");
}

template <class... Fields>
struct find_refusal : std::type_identity<accepted_fields> {};
template <class Name, class Value, class... More>
struct find_refusal<Name, Value, More...> : find_refusal<More...> {};
template <class Name, class Value, class... More>
  requires(!field_name<Name>)
struct find_refusal<Name, Value, More...> : std::type_identity<name_without_text<Name>> {};
template <field_name Name, class Value, class... More>
  requires has_obstacle<encoding, Value>
struct find_refusal<Name, Value, More...> : std::type_identity<decltype(obstacle_in<encoding, Value, log_field>())> {};

template <class... Fields>
using refusal_of_fields = typename std::conditional_t<sizeof...(Fields) % 2 == 0, find_refusal<Fields...>,
                                                      std::type_identity<unpaired_fields<sizeof...(Fields)>>>::type;

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
    if constexpr (!std::same_as<detail::refusal_of_fields<Fields...>, detail::accepted_fields>) {
      explain(detail::refusal_of_fields<Fields...>{});
    } else {
      write(level, message, fields...);
    }
  }

  /// Whether a record of this level would be written; useful before expensive fields are computed.
  [[nodiscard]] static bool enabled(log_level level) noexcept { return level >= log_settings_in_use().level; }

 private:
  template <class... Fields>
  void write(log_level level, std::string_view message, const Fields&... fields) const {
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

  static void write_fields(json_writer&, bool) {}

  template <class Value, class... Rest>
  static void write_fields(json_writer& out, bool json, std::string_view name, const Value& value,
                           const Rest&... rest) {
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

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/log/log_definitions.hpp>
#endif
