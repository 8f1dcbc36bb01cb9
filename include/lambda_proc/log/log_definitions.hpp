#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind log.hpp.

#include <lambda_proc/io/system.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/rfc3339.hpp>
#include <lambda_proc/log/log.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <pthread.h>

namespace lambda_proc {
inline namespace v0 {
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

void write_record(std::string_view record) noexcept {
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

struct shared_buffer {
  json_writer text;
  bool in_use = false;
};
inline shared_buffer& buffer_of_this_thread() noexcept {
  static thread_local shared_buffer buffer;
  return buffer;
}

record_buffer::record_buffer()
    : is_nested_(std::exchange(buffer_of_this_thread().in_use, true)),
      text_(is_nested_ ? own_ : buffer_of_this_thread().text) {
  constexpr std::size_t kept_bytes = std::size_t{64} << 10U;
  text_.clear(kept_bytes);
}

record_buffer::~record_buffer() {
  if (!is_nested_) buffer_of_this_thread().in_use = false;
}

std::string_view now_as_text(std::array<char, 40>& buffer) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return {buffer.data(), format_rfc3339(now, buffer.data())};
}

/// The keys that the logger itself writes in JSON.
inline constexpr std::array<std::string_view, 4> record_keys{"timestamp", "level", "requestId", "message"};

void begin_record(json_writer& out, const log_settings& settings, log_level level, std::string_view request_id,
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

void begin_record_field(json_writer& out, bool json, std::string_view name) {
  if (json && std::ranges::find(record_keys, name) != record_keys.end()) return out.key(std::string("_").append(name));
  if (json) return out.key(name);
  out.append(" ");
  out.escaped(name);
  out.append("=");
}

bool write_bare_text(json_writer& out, std::string_view text) {
  const auto is_bare = [](char c) { return is_plain(c) && c != ' ' && c != '=' && c != '\x7f'; };
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_bare)) return false;
  out.append(text);
  return true;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
