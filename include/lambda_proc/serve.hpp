#pragma once
// SPDX-License-Identifier: MIT
// The loop over a channel. Most programs call run(); this is for those that own their process, and for tests.

#include <lambda_proc/failure.hpp>
#include <lambda_proc/handler.hpp>
#include <lambda_proc/json_writer.hpp>
#include <lambda_proc/line_reader.hpp>
#include <lambda_proc/request.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {

/// How a handler is served. The defaults suit a host that waits for each reply.
struct options {
  /// Replies may wait for each other while further requests have already been read: for streams whose host does not
  /// wait. With a regular file as input, run() does that by itself.
  bool bulk = false;
  /// A longer request is a failure and is not stored.
  std::size_t max_line_bytes = line_reader::default_max_line_bytes;
};

/// What serve() did.
struct stats {
  std::uint64_t requests = 0;
  /// Requests that were answered with a failure.
  std::uint64_t failures = 0;
  /// The replies found no taker any more.
  bool host_gone = false;
};

/// Where requests come from and replies go to. serve() knows nothing of lines: a channel may as well speak HTTP.
template <class T>
concept channel = requires(T& t, request& request, const failure& why) {
  { t.next(request) } -> std::same_as<bool>;          // waits; false at the end
  { t.open(request) } -> std::same_as<json_writer&>;  // begins a reply, up to its value
  { t.close() } -> std::same_as<bool>;                // sends it; false: the host is gone
  { t.fail(request, why) } -> std::same_as<bool>;     // sends a failure instead
  { t.flush() } -> std::same_as<bool>;                // sends what waits
};

namespace detail {

// A callable that is not owned and whose type is forgotten: thanks to it the loop is compiled once for each channel,
// and not for each handler as well.
template <class Signature>
class function_ref;
template <class Result, class... Arguments>
class function_ref<Result(Arguments...)> {
 public:
  function_ref() = default;
  template <class Callable>
    requires(!std::same_as<std::remove_cvref_t<Callable>, function_ref>)
  explicit function_ref(Callable& callable)
      : object_(&callable), call_([](void* object, Arguments... arguments) -> Result {
          return (*static_cast<Callable*>(object))(std::forward<Arguments>(arguments)...);
        }) {}

  explicit operator bool() const noexcept { return call_ != nullptr; }
  Result operator()(Arguments... arguments) const { return call_(object_, std::forward<Arguments>(arguments)...); }

 private:
  void* object_ = nullptr;
  Result (*call_)(void*, Arguments...) = nullptr;
};

using any_invocation = function_ref<result<void>(request&, json_writer&)>;
using any_observer = function_ref<void(request&, std::chrono::nanoseconds)>;

/// `observer`, if there is one, is told after each reply how long it took from the request to there.
template <channel Channel>
stats serve_any(Channel& channel, any_invocation handler, any_observer observer = {}) {
  using clock = std::chrono::steady_clock;
  stats total;
  request request;
  while (!total.host_gone && channel.next(request)) {
    const auto start = observer ? clock::now() : clock::time_point{};
    result<void> done;
    if (request.refusal) {
      done = *std::move(request.refusal);
    } else {
      done = handler(request, channel.open(request));
    }
    ++total.requests;
    total.failures += done ? 0 : 1;
    total.host_gone = !(done ? channel.close() : channel.fail(request, done.error()));
    if (observer) observer(request, clock::now() - start);
  }
  if (!channel.flush()) total.host_gone = true;
  return total;
}

// Not a concept in the signature: one sentence says more than a list of what was not satisfied.
template <class Handler>
constexpr void check_handler() {
  static_assert(handler<Handler>,
                "lambda_proc: this is not a handler. A handler is R f(const context&, E), R f(E), R f(const context&) "
                "or R f(). E, by value or const&: a plain struct or another decodable type, lambda_proc::event, "
                "raw_json, simdjson::ondemand::value, object or array. R: void, an encodable type, raw_json, "
                "result<T>, std::expected<T, E2> or simdjson_result<T> of one.");
}

}  // namespace detail

/// Serves all requests of a channel, one after the other, until it ends or the host is gone. Touches nothing of the
/// process: no signals, no descriptors but the channel's, no environment. Of the options, those that concern lines are
/// the channel's own.
template <class Channel, class Handler>
stats serve(Channel& channel, Handler& handler, const options& = {}) {
  detail::check_handler<Handler>();
  if constexpr (lambda_proc::handler<Handler>) {
    invocation<Handler> invocation(handler);
    return detail::serve_any(channel, detail::any_invocation(invocation));
  } else {
    return {};
  }
}

}  // namespace v0
}  // namespace lambda_proc
