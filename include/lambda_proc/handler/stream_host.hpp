#pragma once
// SPDX-License-Identifier: MIT
// What a channel says about replies that are streamed. Channels fill it, request carries it, stream_writer uses it.

#include <cstddef>
#include <limits>
#include <string_view>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// How a channel sends a reply while the handler is still making it. Functions that return a bool return false if
/// nothing more can be sent.
struct stream_sink {
  void* self;
  /// A handler that streams is about to be called.
  void (*open)(void* self);
  /// The head of an HTTP response, as JSON. It comes first, if at all.
  bool (*head)(void* self, std::string_view json);
  /// More bytes of the body, at least one.
  bool (*write)(void* self, std::string_view bytes);
  /// Sends what was written so far.
  bool (*flush)(void* self);
  bool (*is_closed)(void* self);
};

/// What a channel does with replies that are streamed.
struct stream_host {
  /// Null if the host takes a reply only in one piece: then the parts are collected.
  const stream_sink* sink = nullptr;
  /// The size of the largest reply that is collected.
  std::size_t max_reply_bytes = std::numeric_limits<std::size_t>::max();
  /// Whether a collected reply must be an object.
  bool takes_objects_only = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
