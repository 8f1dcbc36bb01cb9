#pragma once
// SPDX-License-Identifier: MIT
// Replies in a wire's words, one behind the other in one buffer; the channels that speak wires share it.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/io/framing.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Writes `type` and `message` as a framed reply behind what `out` holds. Allocates only where `out` must grow.
inline void write_failure(const any_wire& wire, json_writer& out, const request& request, std::string_view type,
                          std::string_view message) {
  const std::size_t start = out.size();
  out.begin_document();
  wire.fail(out, request, type, message);
  add_frame(wire.traits.framing, out, start);
}

class reply_composer {
 public:
  /// What most failures fit into.
  static constexpr std::size_t failure_bytes = 4096;

  /// `max_reply_bytes` is 0 where the wire's own limit is right.
  reply_composer(const any_wire& wire, std::size_t max_reply_bytes)
      : wire_(wire), max_reply_bytes_(max_reply_bytes != 0 ? max_reply_bytes : wire.traits.max_reply_bytes) {
    // A failure is to find room later on, too.
    json_.reserve(failure_bytes);
  }

  /// Begins a reply; its value is to be appended to what this gives.
  json_writer& open(const request& request) {
    json_.begin_document();
    wire_.open(json_, request);
    value_ = json_.size();
    return json_;
  }

  /// Ends it. The failure says why the host can't take it; fail() must follow then.
  result<void> close() {
    if (const char* const objection = wire_.close(json_, value_)) return failure{"invalid_reply", objection};
    if (json_.size() - finished_ > max_reply_bytes_) {
      return failure{"reply_too_large", "the reply has " + std::to_string(json_.size() - finished_) +
                                            " bytes, the host takes " + std::to_string(max_reply_bytes_)};
    }
    add_frame(wire_.traits.framing, json_, finished_);
    finished_ = json_.size();
    return {};
  }

  /// Puts a failure in the place of what was begun, if anything was.
  void fail(const request& request, const failure& why) {
    json_.truncate(finished_);
    write_failure(wire_, json_, request, why.type, why.message);
    if (json_.size() - finished_ > max_reply_bytes_) {
      // Each byte of a message may take six, as \u0000 does.
      json_.truncate(finished_);
      write_failure(wire_, json_, request, why.type, std::string_view(why.message).substr(0, max_reply_bytes_ / 8));
    }
    finished_ = json_.size();
  }

  /// All replies that were ended.
  [[nodiscard]] std::string_view finished() const noexcept { return {json_.view().data(), finished_}; }

  /// Puts them into the place of what `other` holds, and forgets them.
  void move_finished(json_writer& other) noexcept {
    std::swap(json_, other);
    clear();
  }

  /// Forgets them, and memory that only an unusual one needed.
  void clear() noexcept {
    json_.clear(line_reader::kept_bytes);
    finished_ = value_ = 0;
  }

 private:
  const any_wire& wire_;
  std::size_t max_reply_bytes_;
  json_writer json_;
  std::size_t finished_ = 0;
  std::size_t value_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
