#pragma once
// SPDX-License-Identifier: MIT
// Builds replies in a wire's format, one after the other in one buffer. The line channels share it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/framing.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Appends a failure, with `type` and `message` truncated so that the host accepts it. Returns false if it is too large
/// even without them.
inline bool write_truncated_failure(const any_wire& wire, json_writer& out, const request& request,
                                    std::string_view type, std::string_view message) {
  const std::size_t limit = wire.traits.max_reply_bytes;
  const std::size_t start = out.size();
  for (std::size_t most = std::string_view::npos;; most = std::min(most, limit) / 2) {
    out.begin_document();
    wire.fail(out, request, type.substr(0, most), message.substr(0, most));
    const bool fits = out.size() - start <= limit;
    if (fits || most == 0) return fits;
    out.truncate(start);
  }
}

/// The same, framed as a reply, and without the request's id if that alone is too long. Allocates only if `out` must
/// grow.
inline void write_failure(const any_wire& wire, json_writer& out, const request& request, std::string_view type,
                          std::string_view message) {
  const std::size_t start = out.size();
  if (!write_truncated_failure(wire, out, request, type, message)) {
    lambda_proc::request anonymous;
    anonymous.number = request.number;
    out.truncate(start);
    write_truncated_failure(wire, out, anonymous, type, message);
  }
  add_frame(wire.traits.framing, out, start);
}

/// Finished replies, and one that may be in progress after them. After open(), append the value to the writer that it
/// returns, then call close(); or call fail() at any time.
class reply_composer {
 public:
  /// Enough for most failures.
  static constexpr std::size_t failure_bytes = 4096;

  explicit reply_composer(const any_wire& wire) : wire_(wire) {
    // Reserved now, so that a failure needs no memory later.
    json_.reserve(failure_bytes);
  }

  /// Begins a reply, and returns the writer to which its value is appended.
  json_writer& open(const request& request) {
    json_.begin_document();
    wire_.open(json_, request);
    value_ = json_.size();
    return json_;
  }

  /// Ends the reply. A failure says why the host can't take it; then call fail() with it.
  result<void> close() {
    if (const char* const objection = wire_.close(json_, value_)) return failure{"invalid_reply", objection};
    const std::size_t limit = wire_.traits.max_reply_bytes;
    if (json_.size() - finished_ > limit) {
      return failure{"reply_too_large", "the reply has " + std::to_string(json_.size() - finished_) +
                                            " bytes, the host takes " + std::to_string(limit)};
    }
    add_frame(wire_.traits.framing, json_, finished_);
    finished_ = json_.size();
    return {};
  }

  /// Writes a failure as the reply, and discards what was written of it.
  void fail(const request& request, const failure& why) {
    json_.truncate(finished_);
    write_failure(wire_, json_, request, why.type, why.message);
    finished_ = json_.size();
  }
  /// The same, of at most `limit` bytes.
  [[gnu::cold]] void fail(const request& request, const failure& why, std::size_t limit) {
    any_wire limited = wire_;
    limited.traits.max_reply_bytes = limit;
    json_.truncate(finished_);
    write_failure(limited, json_, request, why.type, why.message);
    finished_ = json_.size();
  }

  /// All finished replies.
  [[nodiscard]] std::string_view finished() const noexcept { return {json_.view().data(), finished_}; }

  /// Moves the finished replies to `other`, replacing its content.
  void move_finished(json_writer& other) noexcept {
    std::swap(json_, other);
    clear();
  }

  /// Removes the finished replies, and frees memory that only an unusual one needed.
  void clear() noexcept {
    json_.clear(line_reader::kept_bytes);
    finished_ = value_ = 0;
  }

 private:
  const any_wire& wire_;
  json_writer json_;
  std::size_t finished_ = 0;
  std::size_t value_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
