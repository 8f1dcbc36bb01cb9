#pragma once
// SPDX-License-Identifier: MIT
// The small parts of HTTP/1.1's text (RFC 9112): lines, headers, lists, chunks. The readers of responses share it.

#include <lambda_proc/core/caseless_names.hpp>

#include <charconv>
#include <cstddef>
#include <string_view>
#include <system_error>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The text without the blanks around it. Not with find_first_not_of(), which calls memchr(3) for each byte.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) noexcept {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Whether a comma-separated list contains this item, in any case.
[[nodiscard]] inline bool list_contains(std::string_view list, std::string_view item) noexcept {
  for (;;) {
    const std::size_t comma = list.find(',');
    if (caseless_names::same(trimmed(list.substr(0, comma)), item)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

/// Removes the next line from the front of the text, and returns it without its line ending. As RFC 9112 permits, a
/// bare line feed counts as a line ending.
inline std::string_view take_line(std::string_view& text) noexcept {
  const std::size_t feed = text.find('\n');
  std::string_view line = text.substr(0, feed);
  text.remove_prefix(feed == std::string_view::npos ? text.size() : feed + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// Calls use(name, value) for each header of a response's head, in order. The name is empty if the line is not a
/// header.
template <class Use>
void for_each_header(std::string_view head, Use use) {
  take_line(head);  // the status line
  for (std::string_view line = take_line(head); !line.empty(); line = take_line(head)) {
    const std::size_t colon = line.find(':');
    const std::size_t name_size = colon == std::string_view::npos ? 0 : colon;
    use(line.substr(0, name_size), trimmed(line.substr(colon + 1)));
  }
}

/// Reads the line before a chunk: its size in hexadecimal, and perhaps extensions, which are ignored (section 7.1).
/// Returns false if it is malformed.
[[nodiscard]] inline bool read_chunk_size(std::string_view line, std::size_t& size) noexcept {
  constexpr int hexadecimal = 16;
  const char* const end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data(), end, size, hexadecimal);
  const std::string_view extensions = trimmed({stop, static_cast<std::size_t>(end - stop)});
  return error == std::errc{} && (extensions.empty() || extensions[0] == ';');
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
