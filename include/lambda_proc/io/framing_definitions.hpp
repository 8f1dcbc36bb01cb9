#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind framing.hpp.

#include <lambda_proc/io/framing.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <charconv>
#include <cstddef>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

inline constexpr std::size_t netstring_digits = 10;

frame_status read_frame(framing kind, std::string_view bytes, frame& out) noexcept {
  if (kind == framing::length_prefix) {
    if (bytes.size() < 4) return frame_status::partial;
    std::size_t size = 0;
    for (const char c : bytes.substr(0, 4)) size = size << 8U | static_cast<unsigned char>(c);
    out = {.head = 4, .size = size, .tail = 0};
    return frame_status::whole;
  }
  const char* const start = bytes.data();
  const char* const end = start + bytes.size();
  std::size_t size = 0;
  const auto [colon, error] = std::from_chars(start, end, size);
  const auto digits = static_cast<std::size_t>(colon - start);
  if (digits > netstring_digits || (digits > 1 && *start == '0')) return frame_status::malformed;
  if (colon == end) return frame_status::partial;
  if (digits == 0 || *colon != ':') return frame_status::malformed;
  out = {.head = digits + 1, .size = size, .tail = 1};
  const bool bad_tail = bytes.size() >= out.end() && bytes[out.end() - 1] != ',';
  return bad_tail ? frame_status::malformed : frame_status::whole;
}

void add_frame(framing kind, json_writer& out, std::size_t start) {
  if (kind == framing::newline) return out.append("\n");
  const std::size_t size = out.size() - start;
  char head[netstring_digits + 1];
  if (kind == framing::length_prefix) {
    for (unsigned i = 0; i < 4; ++i) head[i] = static_cast<char>(size >> (24U - 8U * i) & 0xFFU);
    out.insert(start, {head, 4});
  } else {
    char* const colon = std::to_chars(head, head + netstring_digits, size).ptr;
    *colon = ':';
    out.insert(start, {head, static_cast<std::size_t>(colon + 1 - head)});
    out.append(",");
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
