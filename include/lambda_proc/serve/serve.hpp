#pragma once
// SPDX-License-Identifier: MIT
// The loop over a channel. Most programs call run() instead; serve() is for programs that manage their own process, and
// for tests.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/function_ref.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/handler/handler.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/handler/stream_host.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {

/// How run() serves a handler. The defaults suit a host that waits for each reply.
struct options {
  /// The number of requests that are handled at the same time, each on its own thread; 0 means 1. With more the handler
  /// must be thread-safe, or be made once for each worker: see per_worker(). Outside of bulk mode, replies to
  /// requests with ids are sent as soon as they are ready. Others are sent in the order of their requests.
  unsigned workers = 1;
  /// Replies may be collected while further requests are in the buffer: for hosts that don't wait for each reply. For a
  /// regular file as input, run() does this anyway. LAMBDA_PROC_BULK (0 or 1) overrides both.
  bool bulk = false;
  /// A longer request line is not stored; the reply is the failure `request_too_large`.
  std::size_t max_line_bytes = line_reader::default_max_line_bytes;
  /// A longer reply is replaced by the failure `reply_too_large`. 0 means the limit of the wire.
  std::size_t max_reply_bytes = 0;
  /// When the handler crashes or exits the process, run() answers the in-flight request with the failure `crash`.
  bool crash_replies = true;
  /// How long run() polls for the next request, at most, before it sleeps. Polling saves the time that waking up takes,
  /// about 40 µs, and uses a processor meanwhile. It happens only while requests come that close together, and only if
  /// the process may use more processors than it has workers. Zero turns it off; LAMBDA_PROC_BUSY_POLL, a number of
  /// microseconds, takes precedence.
  std::chrono::microseconds busy_poll{50};
};

/// What serve() has done.
struct stats {
  std::uint64_t requests = 0;
  /// Requests that were answered with a failure.
  std::uint64_t failures = 0;
  /// Whether it ended because replies could no longer be written.
  bool host_gone = false;
};

/// Where requests come from and replies go to. serve() knows nothing of lines: a channel may also use HTTP.
template <class T>
concept channel = requires(T& t, request& request, const failure& why) {
  // Waits for the next request. False if there are no more.
  { t.next(request) } -> std::same_as<bool>;
  // Begins a reply, and returns the writer to which the value is appended.
  { t.open(request) } -> std::same_as<json_writer&>;
  // Ends the reply. Returns a failure if the host can't take the value.
  { t.close() } -> std::same_as<result<void>>;
  // Writes a failure as the reply, in place of what was already written of it.
  { t.fail(request, why) } -> std::same_as<void>;
  // Sends the reply, or collects it with others. False if the host is gone.
  { t.send() } -> std::same_as<bool>;
  // Sends collected replies. False if the host is gone.
  { t.flush() } -> std::same_as<bool>;
};

/// Makes a handler for each worker, on the worker's own thread, so that it needs no locks: see per_worker().
template <class Factory>
struct per_worker_handler {
  Factory make;
};

/// For run(): `make` is called once for each worker (options::workers) and returns its handler.
///
///     run(per_worker([] { return [db = connect()](const query& q) mutable { return db.find(q); }; }), {.workers = 4});
template <class Factory>
[[nodiscard]] per_worker_handler<Factory> per_worker(Factory make) {
  return {std::move(make)};
}

namespace detail {

using any_observer = function_ref<void(request&, std::chrono::nanoseconds)>;
// Makes an invocation of the handler, and passes it to a callback while it exists. Each thread has its own.
using invocation_source = function_ref<void(function_ref<void(const any_invocation&)>)>;

/// How the channel handles streamed replies: as its streams() says. They are collected if it has no such member.
template <channel Channel>
stream_host stream_host_of(Channel& channel) {
  if constexpr (requires { channel.streams(); }) {
    return channel.streams();
  } else {
    return {};
  }
}

/// Calls the handler and writes the reply. If this returns a failure, call fail().
template <channel Channel>
result<void> reply_with(Channel& channel, request& request, const any_invocation& handler) {
  if (request.refusal) return *std::move(request.refusal);
  return within_memory([&]() -> result<void> {
    if (result<void> done = handler(request, channel.open(request)); !done) return done;
    return channel.close();
  });
}

/// Writes a failure as the reply, with a shorter message if memory runs out.
template <channel Channel>
void fail(Channel& channel, request& request, const failure& why) {
  const result<void> done = within_memory([&]() -> result<void> {
    channel.fail(request, why);
    return {};
  });
  if (!done) channel.fail(request, done.error());
}

/// A channel with its type erased, so that channels of several types share one compiled loop. It is for those whose
/// requests cost much more than a few calls through pointers.
class any_channel {
 public:
  /// The channel must outlive this.
  template <channel Channel>
  explicit any_channel(Channel& channel) noexcept : self_(&channel), calls_(&calls_of<Channel>) {}

  [[nodiscard]] bool next(request& request) { return calls_->next(self_, request); }
  [[nodiscard]] json_writer& open(request& request) { return calls_->open(self_, request); }
  [[nodiscard]] result<void> close() { return calls_->close(self_); }
  void fail(request& request, const failure& why) { calls_->fail(self_, request, why); }
  bool send() { return calls_->send(self_); }
  bool flush() { return calls_->flush(self_); }
  [[nodiscard]] stream_host streams() { return calls_->streams(self_); }

 private:
  struct calls {
    bool (*next)(void* self, request& request);
    json_writer& (*open)(void* self, request& request);
    result<void> (*close)(void* self);
    void (*fail)(void* self, request& request, const failure& why);
    bool (*send)(void* self);
    bool (*flush)(void* self);
    stream_host (*streams)(void* self);
  };
  template <class Channel>
  static constexpr calls calls_of{
      [](void* self, request& request) { return static_cast<Channel*>(self)->next(request); },
      [](void* self, request& request) -> json_writer& { return static_cast<Channel*>(self)->open(request); },
      [](void* self) { return static_cast<Channel*>(self)->close(); },
      [](void* self, request& request, const failure& why) { static_cast<Channel*>(self)->fail(request, why); },
      [](void* self) { return static_cast<Channel*>(self)->send(); },
      [](void* self) { return static_cast<Channel*>(self)->flush(); },
      [](void* self) { return stream_host_of(*static_cast<Channel*>(self)); }};

  void* self_;
  const calls* calls_;
};

/// The loop. `observer`, if there is one, is called with each request and the time until its reply was ready.
template <channel Channel>
stats serve_all(Channel& channel, const any_invocation& handler, any_observer observer = {}) {
  using clock = std::chrono::steady_clock;
  stats total;
  request request;
  request.leave_unread(!handler.takes_event, !handler.takes_context);
  request.stream_to(stream_host_of(channel));
  // The observer's time includes decoding, so the event must not be read before the clock starts.
  if (!observer) request.read_events_with(handler.reader);
  while (!total.host_gone && channel.next(request)) {
    const auto start = observer ? clock::now() : clock::time_point{};
    const result<void> done = reply_with(channel, request, handler);
    ++total.requests;
    if (!done) {
      ++total.failures;
      fail(channel, request, done.error());
    }
    if (observer) observer(request, clock::now() - start);
    total.host_gone = !channel.send();
    request.shrink();
  }
  if (!channel.flush()) total.host_gone = true;
  return total;
}

/// The handler that an argument of run() stands for: itself, or what a factory for per_worker() returns.
template <class Handler>
struct served_handler : std::type_identity<Handler> {};
template <class Factory>
struct served_handler<per_worker_handler<Factory>> : std::invoke_result<Factory&> {};

/// Why run() and serve() refuse a handler, or `accepted`. This takes the place of a constraint: one sentence reads
/// better than a list of unsatisfied requirements.
template <class Handler>
using refusal = decltype(refusal_of<typename served_handler<std::remove_cvref_t<Handler>>::type>());

/// Calls `use` with the erased invocation of the handler, which exists only during the call.
template <class Handler, class Use>
void with_invocation(Handler& handler, Use& use) {
  invocation<Handler> invocation(handler);
  use(invocation.erased());
}
template <class Factory, class Use>
void with_invocation(per_worker_handler<Factory>& each, Use& use) {
  auto handler = each.make();
  with_invocation(handler, use);
}

}  // namespace detail

/// Serves all requests of a channel, one after the other, until it ends or the host is gone. Changes nothing about the
/// process: no signals, no environment, no descriptors except the channel's.
template <class Channel, class Handler>
stats serve(Channel& channel, Handler& handler) {
  stats total;
  if constexpr (!std::same_as<detail::refusal<Handler>, detail::accepted>) {
    explain(detail::refusal<Handler>{});
  } else {
    const auto loop = [&](const any_invocation& invocation) { total = detail::serve_all(channel, invocation); };
    detail::with_invocation(handler, loop);
  }
  return total;
}

}  // namespace v0
}  // namespace lambda_proc
