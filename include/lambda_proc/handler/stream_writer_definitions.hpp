#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind stream_writer.hpp.

#include <lambda_proc/core/encode_base64.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/handler/http_head.hpp>
#include <lambda_proc/handler/stream_host.hpp>
#include <lambda_proc/handler/stream_writer.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// Writes bytes as a string of base64, in pieces, so that no second copy is needed.
inline void write_base64(json_writer& out, std::string_view bytes) {
  constexpr std::size_t most = 3000;
  std::array<char, base64_size(most)> text;
  out.append("\"");
  for (; !bytes.empty(); bytes.remove_prefix(std::min(most, bytes.size()))) {
    const std::string_view piece = bytes.substr(0, most);
    encode_base64(piece, text.data());
    out.append({text.data(), base64_size(piece.size())});
  }
  out.append("\"");
}

void stream_writer::open(const stream_host& host, json_writer& out) {
  host_ = host;
  out_ = &out;
  collected_.clear();
  has_head_ = has_body_ = is_too_large_ = false;
  error_ = nullptr;
  if (host_.sink != nullptr) host_.sink->open(host_.sink->self);
}

bool stream_writer::head(const http_head& head) {
  if (has_head_ || has_body_) return refuse("the head of an HTTP response must come once, and before its body");
  if (head.error() != nullptr) return refuse(head.error());
  has_head_ = true;
  const std::size_t start = out_->size();
  out_->begin_object();
  head.write_members(*out_);
  // The object of a collected reply also has the body.
  if (host_.sink == nullptr) return !is_closed();
  out_->end_object();
  const bool good = host_.sink->head(host_.sink->self, out_->view().substr(start));
  out_->truncate(start);
  return good;
}

bool stream_writer::write(std::string_view bytes) {
  if (error_ != nullptr) return false;
  if (bytes.empty()) return !is_closed();
  has_body_ = true;
  return host_.sink == nullptr ? collect(bytes) : host_.sink->write(host_.sink->self, bytes);
}

bool stream_writer::flush() {
  if (host_.sink == nullptr || error_ != nullptr) return !is_closed();
  return host_.sink->flush(host_.sink->self);
}

bool stream_writer::is_closed() const {
  if (error_ != nullptr || is_too_large_) return true;
  return host_.sink != nullptr && host_.sink->is_closed(host_.sink->self);
}

bool stream_writer::collect(std::string_view bytes) {
  is_too_large_ = is_too_large_ || bytes.size() > host_.max_reply_bytes - collected_.size();
  if (!is_too_large_) collected_.append(bytes);
  return !is_too_large_;
}

result<void> stream_writer::close() {
  if (error_ != nullptr) return failure{"invalid_reply", error_};
  if (host_.sink != nullptr) return {};
  if (is_too_large_) {
    return failure{"reply_too_large",
                   "the reply has more bytes than the host takes, " + std::to_string(host_.max_reply_bytes)};
  }
  const bool is_text = simdjson::validate_utf8(collected_);
  if (!is_text && !has_head_) {
    return failure{"invalid_reply", "the reply is not UTF-8, and without the head of an HTTP response it must be"};
  }
  const bool is_object = has_head_ || host_.takes_objects_only;
  if (is_object && !has_head_) out_->begin_object();
  if (is_object) out_->key("body");
  if (is_text) {
    out_->string(collected_);
  } else {
    write_base64(*out_, collected_);
  }
  if (has_head_) {
    out_->key("isBase64Encoded");
    out_->boolean(!is_text);
  }
  if (is_object) out_->end_object();
  return {};
}

void stream_writer::shrink() noexcept {
  if (collected_.capacity() > line_reader::kept_bytes) std::string().swap(collected_);
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
