#pragma once
// SPDX-License-Identifier: MIT
// Reads an HTTP/1.1 response (RFC 9112) into one buffer, so that a parser can use its body in place. http_client uses
// it.

#include <lambda_proc/core/decimal.hpp>
#include <lambda_proc/io/line_reader.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// A response that arrives in parts of any size. Bodies have a length, are chunked, or end with the connection; interim
/// responses (1xx) before the response and trailers after it are skipped.
///
/// Headers and body are views of one buffer, valid until clear(); the body is followed by line_reader::padding readable
/// bytes, which simdjson needs. The buffer grows by doubling, and shrinks after a very large response.
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
      : max_body_bytes_(max_body_bytes), first_bytes_(first_bytes), data_(allocate(first_bytes)) {
    if (data_) capacity_ = first_bytes;
  }
  response_reader(const response_reader&) = delete;
  response_reader& operator=(const response_reader&) = delete;

  /// Forgets the response, and frees memory that only a large one needed.
  void clear() {
    if (capacity_ > line_reader::kept_bytes) release();
    end_ = raw_ = head_end_ = body_end_ = 0;
    status_ = 0;
    left_ = 0;
    framing_ = framing::head;
    keeps_connection_ = true;
  }

  /// Frees all memory. The next response gets new memory, so that AddressSanitizer reports views of this response.
  void release() noexcept {
    data_.reset();
    capacity_ = 0;
  }

  /// The buffer to receive into next. Empty if there is no memory left.
  [[nodiscard]] std::span<char> room() {
    if (end_ == capacity_ && !grow()) return {};
    return {data_.get() + end_, capacity_ - end_};
  }

  /// Call this when `count` bytes were received into room().
  state received(std::size_t count) {
    end_ += count;
    return advance();
  }

  /// Call this when the peer closed the connection, which ends a body without a length.
  state ended() {
    keeps_connection_ = false;
    if (framing_ != framing::until_close) return state::malformed;
    return finish();
  }

  /// Whether anything was received.
  [[nodiscard]] bool has_begun() const noexcept { return end_ != 0; }
  /// The status code; 0 while the head is incomplete.
  [[nodiscard]] int status() const noexcept { return status_; }
  /// Whether the connection can be used for another request.
  [[nodiscard]] bool keeps_connection() const noexcept { return keeps_connection_; }
  [[nodiscard]] std::string_view body() const noexcept { return {data_.get() + head_end_, body_end_ - head_end_}; }

  /// Calls use(name, value) for each header, in their order.
  template <class Use>
  void for_each_header(Use use) const {
    std::string_view rest = head();
    next_line(rest);
    for (std::string_view line = next_line(rest); !line.empty(); line = next_line(rest)) {
      const std::size_t colon = line.find(':');
      use(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    }
  }

  /// Whether two header names are equal. `known` must be in lower case.
  [[nodiscard]] static bool is_name(std::string_view name, std::string_view known) noexcept {
    return std::ranges::equal(name, known, {}, to_lower);
  }

 private:
  // The part of the response that comes next.
  enum class framing : std::uint8_t { head, length, chunk_size, chunk, chunk_end, trailers, until_close, complete };

  static std::unique_ptr<char[]> allocate(std::size_t capacity) noexcept {
    return std::unique_ptr<char[]>(new (std::nothrow) char[capacity + line_reader::padding]);
  }

  static constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }

  // Not with find_first_not_of(), which calls memchr(3) for each byte.
  static std::string_view trimmed(std::string_view text) noexcept {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
  }

  // Whether a comma-separated list contains this item, which must be in lower case.
  static bool list_contains(std::string_view list, std::string_view item) noexcept {
    for (;;) {
      const std::size_t comma = list.find(',');
      if (is_name(trimmed(list.substr(0, comma)), item)) return true;
      if (comma == std::string_view::npos) return false;
      list.remove_prefix(comma + 1);
    }
  }

  // Removes the next line from the front of text, and returns it without its line ending. As RFC 9112 permits, a bare
  // line feed counts as a line ending.
  static std::string_view next_line(std::string_view& text) noexcept {
    const std::size_t feed = text.find('\n');
    std::string_view line = text.substr(0, feed);
    text.remove_prefix(feed == std::string_view::npos ? text.size() : feed + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  [[nodiscard]] std::string_view head() const noexcept { return {data_.get(), head_end_}; }
  [[nodiscard]] std::string_view raw() const noexcept { return {data_.get() + raw_, end_ - raw_}; }

  bool grow() { return resize(std::max(capacity_ * 2, first_bytes_)); }

  bool resize(std::size_t capacity) {
    auto larger = allocate(capacity);
    if (!larger) return false;
    if (end_ != 0) std::memcpy(larger.get(), data_.get(), end_);
    data_ = std::move(larger);
    capacity_ = capacity;
    return true;
  }

  // Decodes what was received in [raw_, end_). Everything before raw_ is already decoded: the head, then the body up to
  // body_end_.
  state advance() {
    for (;;) {
      state now = state::incomplete;
      const framing before = framing_;
      switch (framing_) {
        case framing::head: now = read_head(); break;
        case framing::length: now = take(framing::complete); break;
        case framing::chunk_size: now = read_chunk_size(); break;
        case framing::chunk: now = take(framing::chunk_end); break;
        case framing::chunk_end: now = read_chunk_end(); break;
        case framing::trailers: now = read_trailers(); break;
        case framing::until_close: return take_all();
        case framing::complete: return finish();
      }
      if (now != state::incomplete) keeps_connection_ = false;
      if (now != state::incomplete || framing_ == before) return now;
    }
  }

  // The end of the header section, after its empty line; 0 if it has not been received.
  [[nodiscard]] std::size_t find_head_end() const noexcept {
    std::string_view rest = raw();
    while (rest.find('\n') != std::string_view::npos) {
      if (next_line(rest).empty()) return end_ - rest.size();
    }
    return 0;
  }

  state read_head() {
    constexpr int first_final_status = 200;
    for (;;) {
      const std::size_t found = find_head_end();
      if (found == 0) return end_ > max_head_bytes || !is_start_of_head(raw()) ? state::malformed : state::incomplete;
      head_end_ = raw_ = body_end_ = found;
      if (!read_status() || !read_framing()) return state::malformed;
      if (status_ >= first_final_status) return state::incomplete;
      // An interim response. What follows it is moved to the front.
      end_ -= found;
      std::memmove(data_.get(), data_.get() + found, end_);
      head_end_ = raw_ = body_end_ = 0;
      status_ = 0;
      framing_ = framing::head;
    }
  }

  // Whether a head may begin with this text. Other bytes are rejected at once, before a line is complete.
  static bool is_start_of_head(std::string_view text) noexcept {
    constexpr std::string_view start = "HTTP/1.";
    return text.substr(0, start.size()) == start.substr(0, text.size());
  }

  bool read_status() noexcept {
    constexpr std::string_view start = "HTTP/1.x ";
    constexpr std::size_t digits = 3;
    if (!is_start_of_head(head()) || head().size() < start.size() + digits) return false;
    const std::uint64_t code = decimal(head().substr(start.size(), digits)).value_or(0);
    const char next = head().data()[start.size() + digits];
    const bool has_end = next == ' ' || next == '\r' || next == '\n';
    if (code < 100 || !has_end) return false;
    status_ = static_cast<int>(code);
    keeps_connection_ = head()[start.size() - 2] != '0';
    return true;
  }

  // Finds out how the body ends (RFC 9112, section 6.3).
  bool read_framing() {
    bool good = true;
    bool chunked = false;
    bool has_length = false;
    std::size_t length = 0;
    std::string_view rest = head();
    next_line(rest);
    for (std::string_view line = next_line(rest); !line.empty(); line = next_line(rest)) {
      const std::size_t colon = line.find(':');
      const std::string_view name = line.substr(0, colon);
      // White space in a name is a folded line, or something that servers interpret differently.
      if (colon == std::string_view::npos || name.empty() || name.find_first_of(" \t") != name.npos) return false;
      const std::string_view value = trimmed(line.substr(colon + 1));
      if (is_name(name, "content-length")) {
        const std::optional<std::uint64_t> number = decimal(value);
        good = good && number && (!has_length || *number == length);
        length = number.value_or(0);
        has_length = true;
      } else if (is_name(name, "transfer-encoding")) {
        chunked = is_name(value, "chunked");
        good = good && chunked;
      } else if (is_name(name, "connection") && list_contains(value, "close")) {
        keeps_connection_ = false;
      }
    }
    constexpr int no_content = 204;
    constexpr int not_modified = 304;
    left_ = 0;
    if (status_ == no_content || status_ == not_modified) {
      framing_ = framing::complete;
    } else if (chunked) {
      framing_ = framing::chunk_size;
      keeps_connection_ = keeps_connection_ && !has_length;
    } else if (has_length) {
      left_ = length;
      framing_ = framing::length;
    } else {
      framing_ = framing::until_close;
    }
    return good;
  }

  // Makes room for the rest of a body or chunk of known length in one step, not by doubling.
  state reserve() {
    if (left_ > max_body_bytes_ - (body_end_ - head_end_)) return state::too_large;
    const std::size_t wanted = raw_ + left_;
    if (wanted <= capacity_ || resize(std::max(wanted, capacity_ + capacity_ / 2))) return state::incomplete;
    return state::no_memory;
  }

  // Consumes received bytes of the body, up to `left_`.
  state take(framing next) {
    if (const state now = reserve(); now != state::incomplete) return now;
    const std::size_t count = std::min(left_, end_ - raw_);
    if (raw_ != body_end_) std::memmove(data_.get() + body_end_, data_.get() + raw_, count);
    body_end_ += count;
    raw_ += count;
    left_ -= count;
    if (left_ == 0) {
      framing_ = next;
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

  // Finds the next line of the chunked framing. Returns false while it is incomplete, and if it is `too_long`.
  bool next_framing_line(std::string_view& line, bool& too_long) {
    constexpr std::size_t longest = 4096;
    std::string_view rest = raw();
    const std::size_t feed = rest.find('\n');
    too_long = std::min(feed, rest.size()) > longest;
    if (feed == std::string_view::npos || too_long) {
      compact();
      return false;
    }
    line = next_line(rest);
    raw_ = end_ - rest.size();
    return true;
  }

  // Moves undecoded bytes to the end of the body, so that chunks need no more memory than the body.
  void compact() noexcept {
    if (raw_ == body_end_) return;
    std::memmove(data_.get() + body_end_, data_.get() + raw_, end_ - raw_);
    end_ -= raw_ - body_end_;
    raw_ = body_end_;
  }

  state read_chunk_size() {
    std::string_view line;
    bool too_long = false;
    if (!next_framing_line(line, too_long)) return too_long ? state::malformed : state::incomplete;
    constexpr int hexadecimal = 16;
    const auto [stop, error] = std::from_chars(line.data(), line.data() + line.size(), left_, hexadecimal);
    const std::string_view extension = trimmed({stop, static_cast<std::size_t>(line.data() + line.size() - stop)});
    if (error != std::errc{} || (!extension.empty() && extension[0] != ';')) return state::malformed;
    framing_ = left_ == 0 ? framing::trailers : framing::chunk;
    return state::incomplete;
  }

  state read_chunk_end() {
    std::string_view line;
    bool too_long = false;
    if (!next_framing_line(line, too_long)) return too_long ? state::malformed : state::incomplete;
    if (!line.empty()) return state::malformed;
    framing_ = framing::chunk_size;
    return state::incomplete;
  }

  state read_trailers() {
    std::string_view line;
    bool too_long = false;
    while (next_framing_line(line, too_long)) {
      if (!line.empty()) continue;
      framing_ = framing::complete;
      return state::incomplete;
    }
    return too_long ? state::malformed : state::incomplete;
  }

  state finish() noexcept {
    framing_ = framing::complete;
    // A server that sends more than one response to a request can't be trusted with the next request.
    if (raw_ != end_) keeps_connection_ = false;
    // simdjson's errors must not depend on the bytes after the body.
    std::memset(data_.get() + body_end_, '\n', line_reader::padding);
    return state::complete;
  }

  std::size_t max_body_bytes_;
  std::size_t first_bytes_;
  // The buffer has line_reader::padding more bytes after capacity_. [0, head_end_) is the head, [head_end_, body_end_)
  // the body, [raw_, end_) the bytes that were received but not decoded yet.
  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t end_ = 0;
  std::size_t raw_ = 0;
  std::size_t head_end_ = 0;
  std::size_t body_end_ = 0;
  int status_ = 0;
  // How many bytes of the body or chunk are still missing.
  std::size_t left_ = 0;
  framing framing_ = framing::head;
  bool keeps_connection_ = true;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
