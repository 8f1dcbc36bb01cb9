#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind json_writer.hpp.

#include <lambda_proc/json/escape.hpp>
#include <lambda_proc/json/is_finite.hpp>
#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/json/json_text.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {

template <class Number>
void json_writer::write_text_of(Number number) {
  separate();
  constexpr std::size_t longest = 32;
  char* const out = room(longest);
  size_ += static_cast<std::size_t>(std::to_chars(out, out + longest, number).ptr - out);
}

void json_writer::write(std::uint32_t number) { write_text_of(number); }
void json_writer::write(std::uint64_t number) { write_text_of(number); }
void json_writer::write(std::int64_t number) { write_text_of(number); }
void json_writer::write(float number) { detail::is_finite(number) ? write_text_of(number) : null(); }
void json_writer::write(double number) { detail::is_finite(number) ? write_text_of(number) : null(); }

void json_writer::string(std::string_view text) {
  separate();
  append("\"");
  escaped(text);
  append("\"");
}

void json_writer::raw(const raw_json& json) {
  if (!json.is_trusted() && !detail::is_json(json.text()))
    return fail("the raw JSON of the reply is not valid JSON, or nested too deep");
  separate();
  const std::size_t start = size_;
  append(json.text());
  // In valid JSON a newline can only occur between tokens, where a space means the same. Few texts have one.
  for (const char line_break : {'\n', '\r'}) {
    if (json.text().find(line_break) == std::string_view::npos) continue;
    std::replace(data_.get() + start, data_.get() + size_, line_break, ' ');
  }
}

void json_writer::insert(std::size_t position, std::string_view text) {
  assert(position <= size_);
  room(text.size());
  std::memmove(data_.get() + position + text.size(), data_.get() + position, size_ - position);
  std::memcpy(data_.get() + position, text.data(), text.size());
  size_ += text.size();
}

bool json_writer::escape(std::string_view text) {
  constexpr std::size_t most = 512;
  bool is_ascii = true;
  do {
    const std::string_view part = text.substr(0, most);
    text.remove_prefix(part.size());
    // With room for the rest of the text as well, so that a large one grows the buffer only once.
    char* const out = room(detail::most_escaped_bytes(part.size()) + text.size());
    const detail::escaped_text written = detail::escape(out, part);
    size_ += static_cast<std::size_t>(written.end - out);
    is_ascii = is_ascii && written.is_ascii;
  } while (!text.empty());
  return is_ascii;
}

void json_writer::escaped(std::string_view text) {
  const std::size_t start = size_;
  if (escape(text) || detail::is_utf8(text)) return;
  size_ = start;
  for (;;) {
    const std::size_t good = detail::utf8_prefix(text);
    escape(text.substr(0, good));
    if (good == text.size()) return;
    append("\uFFFD");
    text.remove_prefix(good + 1);
  }
}

void json_writer::grow(std::size_t count) {
  // A large text is appended at once. The extra eighth keeps the few bytes after it from doubling the buffer.
  const std::size_t capacity = std::max({size_ + count + count / 8, capacity_ * 2, std::size_t{1024}});
  auto larger = std::make_unique_for_overwrite<char[]>(capacity);
  if (size_ != 0) std::memcpy(larger.get(), data_.get(), size_);
  data_ = std::move(larger);
  capacity_ = capacity;
}

}  // namespace v0
}  // namespace lambda_proc
