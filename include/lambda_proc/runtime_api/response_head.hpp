#pragma once
// SPDX-License-Identifier: MIT
// Reads the head of an HTTP/1.1 response: its status, and how its body ends. response_reader uses it.

#include <lambda_proc/core/caseless_names.hpp>
#include <lambda_proc/core/decimal.hpp>
#include <lambda_proc/runtime_api/http_text.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// What a head says about the response: all that reading its body needs.
struct response_head {
  /// What ends the body (RFC 9112, section 6.3).
  enum class body_end : std::uint8_t { none, length, last_chunk, close };

  int status = 0;
  body_end end = body_end::close;
  /// The length of the body, if that ends it.
  std::uint64_t length = 0;
  /// Whether the connection can be used for another request.
  bool keeps_connection = true;

  /// An interim response (1xx), which another one follows.
  [[nodiscard]] bool is_interim() const noexcept {
    constexpr int first_final_status = 200;
    return status < first_final_status;
  }
};

/// Whether text that was received may be the start of a head, as far as it goes.
[[nodiscard]] inline bool is_start_of_head(std::string_view text) noexcept {
  constexpr std::string_view start = "HTTP/1.";
  return text.substr(0, start.size()) == start.substr(0, text.size());
}

/// Reads the status line into `out`. Returns false if it is malformed.
inline bool read_status_line(std::string_view head, response_head& out) noexcept {
  constexpr std::string_view start = "HTTP/1.x ";
  constexpr std::size_t digits = 3;
  if (!is_start_of_head(head) || head.size() <= start.size() + digits) return false;
  const std::uint64_t code = decimal(head.substr(start.size(), digits)).value_or(0);
  const char next = head[start.size() + digits];
  const bool has_end = next == ' ' || next == '\r' || next == '\n';
  out.status = static_cast<int>(code);
  out.keeps_connection = head[start.size() - 2] != '0';
  return code >= 100 && has_end;
}

/// Reads a head that ends with its empty line. Returns false if it is malformed.
inline bool read_response_head(std::string_view head, response_head& out) {
  if (!read_status_line(head, out)) return false;
  bool good = true;
  bool is_chunked = false;
  std::optional<std::uint64_t> length;
  for_each_header(head, [&](std::string_view name, std::string_view value) {
    // White space in a name is a folded line, or something that servers interpret differently.
    if (name.empty() || name.find_first_of(" \t") != name.npos) {
      good = false;
    } else if (caseless_names::same(name, "content-length")) {
      const std::optional<std::uint64_t> number = decimal(value);
      good = good && number && (!length || *length == *number);
      length = number;
    } else if (caseless_names::same(name, "transfer-encoding")) {
      is_chunked = caseless_names::same(value, "chunked");
      good = good && is_chunked;
    } else if (caseless_names::same(name, "connection") && list_contains(value, "close")) {
      out.keeps_connection = false;
    }
  });
  constexpr int no_content = 204;
  constexpr int not_modified = 304;
  if (out.status == no_content || out.status == not_modified) {
    out.end = response_head::body_end::none;
  } else if (is_chunked) {
    out.end = response_head::body_end::last_chunk;
    // A server that sends a length as well can't be trusted with the next request.
    out.keeps_connection = out.keeps_connection && !length;
  } else if (length) {
    out.end = response_head::body_end::length;
    out.length = *length;
  }
  return good;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
