#pragma once
// SPDX-License-Identifier: MIT
// Frames the body of an HTTP request as chunks. streamed_response uses it.

#include <lambda_proc/core/function_ref.hpp>
#include <lambda_proc/io/system.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

#include <sys/uio.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Collects the parts of a body and sends them as chunks (RFC 9112, section 7.1). Parts that don't fit into the buffer
/// are sent from where they are, together with what is in the buffer.
///
/// `send` sends all its pieces, or returns false. Functions return false if it did.
class chunked_writer {
 public:
  static constexpr std::size_t buffer_bytes = std::size_t{64} << 10U;
  using sender = function_ref<bool(std::span<const iovec>)>;

  /// Allocates the buffer, the first time.
  void begin() {
    if (!buffer_) buffer_ = std::make_unique_for_overwrite<char[]>(buffer_bytes);
    size_ = 0;
    head_ = {};
  }

  /// What is sent before the first chunk. It must stay valid until then.
  void set_head(std::string_view head) noexcept { head_ = head; }

  bool write(std::string_view bytes, sender send) {
    if (bytes.size() > buffer_bytes - size_) return send_chunk(bytes, "\r\n", {}, send);
    // An empty view may have no pointer.
    if (!bytes.empty()) std::memcpy(buffer_.get() + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
    return true;
  }

  bool flush(sender send) { return size_ == 0 || send_chunk({}, "\r\n", {}, send); }

  /// Ends the body. Each of the trailers ends with a line break. Async-signal-safe if `send` is.
  bool end(std::string_view trailers, sender send) {
    return send_chunk({}, size_ == 0 ? "0\r\n" : "\r\n0\r\n", trailers, send);
  }

  /// Discards what is in the buffer, and returns the buffer. Call it after something was sent: a thread may have been
  /// stopped before it noted that its chunk was sent.
  [[nodiscard]] char* discard() noexcept {
    size_ = 0;
    head_ = {};
    return buffer_.get();
  }

 private:
  bool send_chunk(std::string_view large, std::string_view end, std::string_view trailers, sender send) {
    const std::size_t size = size_ + large.size();
    std::array<char, 2 * sizeof size + 2> line;
    std::size_t line_size = 0;
    // A chunk without bytes would end the body.
    if (size != 0) {
      constexpr int hexadecimal = 16;
      char* const stop = std::to_chars(line.data(), line.data() + line.size(), size, hexadecimal).ptr;
      std::string_view("\r\n").copy(stop, 2);
      line_size = static_cast<std::size_t>(stop + 2 - line.data());
    }
    const bool is_last = end.size() != 2;
    const std::array<iovec, 7> pieces{to_iovec(head_),
                                      to_iovec({line.data(), line_size}),
                                      to_iovec({buffer_.get(), size_}),
                                      to_iovec(large),
                                      to_iovec(end),
                                      to_iovec(trailers),
                                      to_iovec(is_last ? "\r\n" : "")};
    if (!send(pieces)) return false;
    head_ = {};
    size_ = 0;
    return true;
  }

  std::unique_ptr<char[]> buffer_;
  std::size_t size_ = 0;
  std::string_view head_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
