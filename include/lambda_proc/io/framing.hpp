#pragma once
// SPDX-License-Identifier: MIT
// How a stream of bytes is divided into lines, for line_reader and for replies.

#include <lambda_proc/core/seam.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {

/// How the end of a line is marked. With every framing, this library calls one message a line.
enum class framing : std::uint8_t {
  newline,        ///< '\n' behind each line; at the end of input it may be missing.
  length_prefix,  ///< The size as 32 bits, most significant byte first, in front of each line.
  netstring       ///< "5:hello,": D. J. Bernstein's netstrings.
};

namespace detail {

/// The frame of the next line in a stream with size prefixes.
struct frame {
  std::size_t head = 0;  ///< Bytes in front of the line.
  std::size_t size = 0;  ///< Bytes of the line.
  std::size_t tail = 0;  ///< Bytes behind it.

  [[nodiscard]] std::size_t end() const noexcept { return head + size + tail; }
};

enum class frame_status : std::uint8_t { whole, partial, malformed };

/// Reads the size prefix at the start of `bytes`.
LAMBDA_PROC_SEAM frame_status read_frame(framing kind, std::string_view bytes, frame& out) noexcept;

/// Frames the content of `out` from `start` on as a line.
LAMBDA_PROC_SEAM void add_frame(framing kind, json_writer& out, std::size_t start);

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/io/framing_definitions.hpp>
#endif
