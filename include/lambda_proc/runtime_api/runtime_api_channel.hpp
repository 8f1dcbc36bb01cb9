#pragma once
// SPDX-License-Identifier: MIT
// The channel that takes invocations from AWS Lambda's runtime API, and posts their results. run() makes one for each
// serving thread.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_thread.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/handler/stream_host.hpp>
#include <lambda_proc/io/forked_copy.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/runtime_api/endpoint.hpp>
#include <lambda_proc/runtime_api/error_type.hpp>
#include <lambda_proc/runtime_api/http_client.hpp>
#include <lambda_proc/runtime_api/invocation_headers.hpp>
#include <lambda_proc/runtime_api/request_heads.hpp>
#include <lambda_proc/runtime_api/response_reader.hpp>
#include <lambda_proc/runtime_api/runtime_api_log.hpp>
#include <lambda_proc/runtime_api/streamed_response.hpp>
#include <lambda_proc/wire/reply_composer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {

/// The channel between serve() and the runtime API (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), over one
/// persistent connection.
class runtime_api_channel {
 public:
  struct settings {
    /// A larger event is answered with the failure `request_too_large`.
    std::size_t max_event_bytes = line_reader::default_max_line_bytes;
    /// The part of the context that all invocations have in common: the name and version of the function, and so on.
    context environment = {};
    /// No more invocations are taken once it is true. The descriptor `stop` must then become readable, too.
    const std::atomic<bool>* stopped = nullptr;
    int stop = -1;
    /// Called before each reply is sent.
    void (*before_reply)() = nullptr;
    /// Called after the first reply, for preparations that should not delay the first invocation.
    void (*after_first_reply)() = nullptr;
    /// Called with the trace header of each invocation, which may be empty.
    void (*set_trace_id)(std::string_view) = nullptr;
    /// Told which request is in flight.
    detail::serving_thread* thread = nullptr;
  };

  /// `wire` (wire_of<wire::runtime_api>) and `server` must outlive it.
  runtime_api_channel(const any_wire& wire, const endpoint& server, const settings& chosen)
      : wire_(wire),
        settings_(chosen),
        client_(server),
        invocation_(settings_.max_event_bytes),
        answer_(max_answer_bytes, max_answer_bytes),
        replies_(wire),
        stream_(client_, settings_.thread),
        heads_(server),
        log_(server, id_) {
    id_.reserve(detail::request_heads::longest_id);
  }

  /// Waits for the next invocation. Returns false if there are no more.
  [[nodiscard]] bool next(request& request) {
    using enum detail::http_outcome;
    if (settings_.stopped != nullptr && settings_.stopped->load()) return false;
    if (count_ == 1 && settings_.after_first_reply != nullptr) settings_.after_first_reply();
    if (detail::has_asan) invocation_.release();
    const auto got = client_.exchange(heads_.next(), {}, invocation_, {.stop = settings_.stop});
    if (got == stopped) return false;
    const bool is_received = got == completed || got == too_large || got == no_memory;
    if (!is_received) return give_up("no invocation can be received", got, client_.error());
    if (invocation_.status() != ok) return give_up("no invocation can be received", invocation_);
    context_ = settings_.environment;
    context_.request_number = count_;
    result<void> headers = detail::read_invocation_headers(invocation_.head(), context_);
    if (!is_usable_id(context_.aws_request_id)) return give_up("an invocation has no usable request id");
    // The runtime API did not accept the reply, and would send this invocation again for ever.
    if (context_.aws_request_id == id_) return give_up("the runtime API sends the same invocation again");
    id_ = context_.aws_request_id;
    request.restart(count_++);
    if (settings_.thread != nullptr) settings_.thread->take(request);
    if (settings_.set_trace_id != nullptr) settings_.set_trace_id(context_.trace_id);
    result<void> done = headers ? read_event(got, request) : std::move(headers);
    if (!done) {
      // Log records need the context of a rejected request, too.
      set_context(request);
      request.refusal = std::move(done).error();
    }
    return true;
  }

  /// What becomes of replies that are streamed: they are sent while the handler makes them.
  [[nodiscard]] detail::stream_host streams() const noexcept { return {&sink_}; }

  /// Begins the reply, and returns the writer to which the value is appended.
  [[nodiscard]] json_writer& open(const request& request) {
    failed_ = false;
    return replies_.open(request);
  }

  /// Ends the reply. A failure says why the host can't take the value; then call fail().
  [[nodiscard]] result<void> close() { return replies_.close(); }

  /// Writes a failure as the reply, and discards what was written of it.
  void fail(const request& request, const failure& why) {
    if (stream_.has_started()) {
      replies_.fail(request, why, detail::streamed_response::max_failure_bytes);
    } else {
      replies_.fail(request, why);
    }
    failed_ = true;
    error_type_ = detail::error_type(why.type);
  }

  /// Sends the reply. Returns false if no further invocation can be served.
  bool send() {
    // A forked copy shares the connection, and must not reply.
    if (detail::is_forked_copy()) ::_exit(EXIT_SUCCESS);
    if (settings_.before_reply != nullptr) settings_.before_reply();
    const bool is_streamed = stream_.has_started() || (stream_.is_open() && !failed_);
    auto got = detail::http_outcome::completed;
    {
      const detail::critical_section section(settings_.thread);
      if (settings_.thread != nullptr) settings_.thread->answered();
      got = is_streamed ? send_rest() : send_whole();
      replies_.clear();
      stream_.close();
      failed_ = false;
    }
    if (got == detail::http_outcome::completed) return was_accepted();
    if (!is_streamed || got != detail::http_outcome::closed) {
      return give_up("the reply can't be sent", got, client_.error());
    }
    // If the runtime API itself is gone, next() will find out.
    log_.client_left();
    return true;
  }

  /// Does nothing, because replies are not collected. Returns false if no further invocation can be served.
  [[nodiscard]] bool flush() const noexcept { return !broken_; }

  /// Reports that no handler could be made. The process must end afterwards.
  [[gnu::cold]] void send_init_error(const failure& why) {
    request none;
    replies_.fail(none, why);
    const std::string_view body = without_newline(replies_.finished());
    const std::string_view head = heads_.init_error(body.size(), detail::error_type(why.type).view());
    const auto got = client_.exchange(head, body, answer_, {.time = init_error_time});
    replies_.clear();
    if (got != detail::http_outcome::completed) give_up("the initialization error can't be sent", got, client_.error());
  }

  /// In a signal handler: sends a failure for the in-flight request, unless the thread is just sending its reply.
  [[gnu::cold]] void send_crash_reply(detail::crash_replies& replies, std::chrono::milliseconds time) noexcept {
    if (settings_.thread == nullptr || settings_.thread->is_in_critical_section()) return;
    const std::string_view body = without_newline(replies.failure_for(*settings_.thread));
    if (body.empty()) return;
    const detail::error_type type("crash");
    if (stream_.has_started()) return stream_.crash(type.view(), body, answer_, {.time = time});
    const std::string_view head = heads_.reply(id_, body.size(), type.view());
    // Waits for the response: if the process ended first, Lambda might notice that before the reply.
    static_cast<void>(client_.exchange(head, body, answer_, {.time = time}));
  }

 private:
  static constexpr int ok = 200;
  static constexpr std::size_t max_answer_bytes = std::size_t{16} << 10U;
  static constexpr std::chrono::seconds init_error_time{3};

  // The id becomes a part of a path.
  static bool is_usable_id(std::string_view id) noexcept {
    const auto is_visible = [](char c) { return c > ' ' && c < 0x7F; };
    return !id.empty() && id.size() <= detail::request_heads::longest_id && std::ranges::all_of(id, is_visible);
  }

  static std::string_view without_newline(std::string_view reply) noexcept {
    if (reply.ends_with('\n')) reply.remove_suffix(1);
    return reply;
  }

  detail::http_outcome send_whole() {
    const std::string_view body = without_newline(replies_.finished());
    const std::string_view error_type = failed_ ? error_type_.view() : std::string_view{};
    return client_.exchange(heads_.reply(id_, body.size(), error_type), body, answer_);
  }

  // The rest of a reply that is streamed.
  detail::http_outcome send_rest() {
    if (!failed_) return stream_.finish(answer_);
    return stream_.fail(error_type_.view(), without_newline(replies_.finished()), answer_);
  }

  void open_stream() { stream_.open(heads_.streamed_reply(id_)); }

  void set_context(request& into) { into.mutable_context() = context_; }

  result<void> read_event(detail::http_outcome got, request& into) {
    return detail::within_memory([&]() -> result<void> {
      if (got == detail::http_outcome::too_large) {
        return failure{"request_too_large", "the event is longer than the limit"};
      }
      if (got == detail::http_outcome::no_memory) return detail::out_of_memory();
      set_context(into);
      into.read_ahead();
      result<void> read = wire_.read(invocation_.body(), into);
      if (into.must_be_reread()) {
        into.restart(into.number);
        set_context(into);
        read = wire_.read(invocation_.body(), into);
      }
      return read;
    });
  }

  bool was_accepted() {
    const int status = answer_.status();
    constexpr int first_other_than_success = 300;
    if (status >= ok && status < first_other_than_success) return true;
    // Only this invocation is lost: the reply came too late, was not for the current invocation, or was too large.
    // Others can still be served.
    constexpr std::array<int, 3> refusals{400, 403, 413};
    if (std::ranges::find(refusals, status) == refusals.end()) return give_up("the reply can't be sent", answer_);
    log_.refused(answer_);
    return true;
  }

  // Ends serving, and logs why.
  template <class... Details>
  [[gnu::cold]] bool give_up(std::string_view message, const Details&... details) {
    broken_ = true;
    log_.fatal(message, details...);
    return false;
  }

  static runtime_api_channel& channel_of(void* self) noexcept { return *static_cast<runtime_api_channel*>(self); }

  const any_wire& wire_;
  settings settings_;
  detail::http_client client_;
  // The invocation that was received; the in-flight request's event and context are views of it.
  detail::response_reader invocation_;
  context context_;
  // The response to a POST.
  detail::response_reader answer_;
  detail::reply_composer replies_;
  detail::streamed_response stream_;
  detail::request_heads heads_;
  const detail::stream_sink sink_{
      .self = this,
      .open = [](void* self) { channel_of(self).open_stream(); },
      .head = [](void* self, std::string_view json) { return channel_of(self).stream_.write_head(json); },
      .write = [](void* self, std::string_view bytes) { return channel_of(self).stream_.write(bytes); },
      .flush = [](void* self) { return channel_of(self).stream_.flush(); },
      .is_closed = [](void* self) { return channel_of(self).stream_.is_closed(); },
  };
  bool failed_ = false;
  detail::error_type error_type_{"crash"};
  // The id of the current invocation, or of the last one.
  std::string id_;
  const detail::runtime_api_log log_;
  std::uint64_t count_ = 0;
  bool broken_ = false;
};

}  // namespace v0
}  // namespace lambda_proc
