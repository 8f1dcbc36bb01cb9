#pragma once
// SPDX-License-Identifier: MIT
// Reads an HTTP/1.1 response (RFC 9112) into one buffer, so that a parser can use its body in place. http_client uses
// it.

#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/padded_buffer.hpp>
#include <lambda_proc/runtime_api/http_text.hpp>
#include <lambda_proc/runtime_api/response_head.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A response that arrives in parts of any size. Bodies have a length, are chunked, or end with the connection; interim
/// responses (1xx) before the response and trailers after it are skipped.
///
/// Headers and body are views of one buffer, valid until clear(); the body is followed by padded_buffer::padding
/// readable bytes, which simdjson needs. The buffer grows by doubling, and shrinks after a very large response.
class response_reader {
 public:
  enum class state : std::uint8_t {
    incomplete,  ///< More must be received.
    complete,
    malformed,  ///< This is not HTTP, or its head is longer than max_head_bytes.
    too_large,  ///< The body is longer than the limit. The head was received.
    no_memory   ///< There is no memory for the body. The head was received.
  };

  static constexpr std::size_t max_head_bytes = std::size_t{64} << 10U;

  /// Allocates `first_bytes`. If that fails, room() is empty.
  explicit response_reader(std::size_t max_body_bytes, std::size_t first_bytes = std::size_t{16} << 10U)
      : max_body_bytes_(max_body_bytes), first_bytes_(first_bytes) {
    static_cast<void>(grow());
  }
  response_reader(const response_reader&) = delete;
  response_reader& operator=(const response_reader&) = delete;

  /// Forgets the response, and frees memory that only a large one needed.
  void clear() {
    if (memory_.capacity > line_reader::kept_bytes) release();
    end_ = raw_ = head_end_ = body_end_ = 0;
    left_ = 0;
    head_ = {};
    part_ = part::head;
  }

  /// Frees all memory. The next response gets new memory, so that AddressSanitizer reports views of this response.
  void release() noexcept { memory_ = {}; }

  /// The buffer to receive into next. Empty if there is no memory left.
  [[nodiscard]] std::span<char> room() {
    if (end_ == memory_.capacity && !grow()) return {};
    return {data() + end_, memory_.capacity - end_};
  }

  /// Call this when `count` bytes were received into room().
  state received(std::size_t count) {
    end_ += count;
    return advance();
  }

  /// Call this when the peer closed the connection, which ends a body without a length.
  state ended() {
    head_.keeps_connection = false;
    if (part_ != part::until_close) return state::malformed;
    return finish();
  }

  /// Whether anything was received.
  [[nodiscard]] bool has_begun() const noexcept { return end_ != 0; }
  /// The status code; 0 while the head is incomplete.
  [[nodiscard]] int status() const noexcept { return head_.status; }
  /// Whether the connection can be used for another request.
  [[nodiscard]] bool keeps_connection() const noexcept { return head_.keeps_connection; }
  [[nodiscard]] std::string_view body() const noexcept { return {data() + head_end_, body_end_ - head_end_}; }

  /// The status line and the headers, to their empty line.
  [[nodiscard]] std::string_view head() const noexcept { return {data(), head_end_}; }

 private:
  // The part of the response that comes next.
  enum class part : std::uint8_t { head, body, chunk_size, chunk, chunk_end, trailers, until_close, complete };

  [[nodiscard]] char* data() const noexcept { return memory_.bytes.get(); }
  [[nodiscard]] std::string_view raw() const noexcept { return {data() + raw_, end_ - raw_}; }

  bool grow() { return resize(std::max(memory_.capacity * 2, first_bytes_)); }
  bool resize(std::size_t capacity) { return memory_.reallocate(capacity, {data(), end_}); }

  // Decodes what was received in [raw_, end_). Everything before raw_ is already decoded: the head, then the body up to
  // body_end_.
  state advance() {
    for (;;) {
      state now = state::incomplete;
      const part before = part_;
      switch (part_) {
        case part::head: now = read_head(); break;
        case part::body: now = take(part::complete); break;
        case part::chunk_size: now = begin_chunk(); break;
        case part::chunk: now = take(part::chunk_end); break;
        case part::chunk_end: now = end_chunk(); break;
        case part::trailers: now = skip_trailers(); break;
        case part::until_close: return take_all();
        case part::complete: return finish();
      }
      if (now != state::incomplete) head_.keeps_connection = false;
      if (now != state::incomplete || part_ == before) return now;
    }
  }

  // The end of the header section, after its empty line; 0 if it has not been received.
  [[nodiscard]] std::size_t find_head_end() const noexcept {
    std::string_view rest = raw();
    while (rest.find('\n') != std::string_view::npos) {
      if (take_line(rest).empty()) return end_ - rest.size();
    }
    return 0;
  }

  state read_head() {
    for (;;) {
      const std::size_t found = find_head_end();
      if (found == 0) return end_ > max_head_bytes || !is_start_of_head(raw()) ? state::malformed : state::incomplete;
      head_end_ = raw_ = body_end_ = found;
      if (!read_response_head(head(), head_)) return state::malformed;
      left_ = head_.length;
      part_ = first_part_of(head_.end);
      if (!head_.is_interim()) return state::incomplete;
      // An interim response. What follows it is moved to the front.
      end_ -= found;
      std::memmove(data(), data() + found, end_);
      head_end_ = raw_ = body_end_ = 0;
      head_ = {};
      part_ = part::head;
    }
  }

  static part first_part_of(response_head::body_end end) noexcept {
    switch (end) {
      using enum response_head::body_end;
      case none: break;
      case length: return part::body;
      case last_chunk: return part::chunk_size;
      case close: return part::until_close;
    }
    return part::complete;
  }

  // Makes room for the rest of a body or chunk of known length in one step, not by doubling.
  state reserve() {
    if (left_ > max_body_bytes_ - (body_end_ - head_end_)) return state::too_large;
    const std::size_t wanted = raw_ + left_;
    const std::size_t ample = std::max(wanted, memory_.capacity + memory_.capacity / 2);
    if (wanted <= memory_.capacity || resize(ample)) return state::incomplete;
    return state::no_memory;
  }

  // Consumes received bytes of the body, up to `left_`.
  state take(part next) {
    if (const state now = reserve(); now != state::incomplete) return now;
    const std::size_t count = std::min(left_, end_ - raw_);
    if (raw_ != body_end_) std::memmove(data() + body_end_, data() + raw_, count);
    body_end_ += count;
    raw_ += count;
    left_ -= count;
    if (left_ == 0) {
      part_ = next;
    } else if (raw_ != body_end_) {
      // The rest is received directly after the body.
      raw_ = end_ = body_end_;
    }
    return state::incomplete;
  }

  state take_all() {
    body_end_ = raw_ = end_;
    return body_end_ - head_end_ > max_body_bytes_ ? state::too_large : state::incomplete;
  }

  // Takes the next line of the chunked framing; `complete` if there is one.
  state next_line(std::string_view& line) {
    constexpr std::size_t longest = 4096;
    std::string_view rest = raw();
    const std::size_t feed = rest.find('\n');
    if (std::min(feed, rest.size()) > longest) return state::malformed;
    if (feed == std::string_view::npos) {
      compact();
      return state::incomplete;
    }
    line = take_line(rest);
    raw_ = end_ - rest.size();
    return state::complete;
  }

  // Moves undecoded bytes to the end of the body, so that chunks need no more memory than the body.
  void compact() noexcept {
    if (raw_ == body_end_) return;
    std::memmove(data() + body_end_, data() + raw_, end_ - raw_);
    end_ -= raw_ - body_end_;
    raw_ = body_end_;
  }

  state begin_chunk() {
    std::string_view line;
    if (const state now = next_line(line); now != state::complete) return now;
    if (!read_chunk_size(line, left_)) return state::malformed;
    part_ = left_ == 0 ? part::trailers : part::chunk;
    return state::incomplete;
  }

  state end_chunk() {
    std::string_view line;
    if (const state now = next_line(line); now != state::complete) return now;
    part_ = part::chunk_size;
    return line.empty() ? state::incomplete : state::malformed;
  }

  state skip_trailers() {
    std::string_view line;
    do {
      if (const state now = next_line(line); now != state::complete) return now;
    } while (!line.empty());
    part_ = part::complete;
    return state::incomplete;
  }

  state finish() noexcept {
    part_ = part::complete;
    // A server that sends more than one response to a request can't be trusted with the next request.
    if (raw_ != end_) head_.keeps_connection = false;
    // simdjson's errors must not depend on the bytes after the body.
    std::memset(data() + body_end_, '\n', padded_buffer::padding);
    return state::complete;
  }

  std::size_t max_body_bytes_;
  std::size_t first_bytes_;
  // [0, head_end_) is the head, [head_end_, body_end_) the body, [raw_, end_) the bytes that were received but not
  // decoded yet.
  padded_buffer memory_;
  std::size_t end_ = 0;
  std::size_t raw_ = 0;
  std::size_t head_end_ = 0;
  std::size_t body_end_ = 0;
  // How many bytes of the body or chunk are still missing.
  std::size_t left_ = 0;
  part part_ = part::head;
  response_head head_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
