#pragma once
// SPDX-License-Identifier: MIT
// The channel that takes invocations from AWS Lambda's runtime API, and posts their results. run() makes one for each
// serving thread.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/out_of_memory.hpp>
#include <lambda_proc/core/version.hpp>
#include <lambda_proc/crash/crash_replies.hpp>
#include <lambda_proc/crash/serving_thread.hpp>
#include <lambda_proc/handler/request.hpp>
#include <lambda_proc/handler/stream_host.hpp>
#include <lambda_proc/io/forked_copy.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/sanitizer.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/log/log.hpp>
#include <lambda_proc/runtime_api/endpoint.hpp>
#include <lambda_proc/runtime_api/error_type.hpp>
#include <lambda_proc/runtime_api/http_client.hpp>
#include <lambda_proc/runtime_api/invocation_headers.hpp>
#include <lambda_proc/runtime_api/response_reader.hpp>
#include <lambda_proc/runtime_api/streamed_response.hpp>
#include <lambda_proc/wire/reply_composer.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
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
        server_(server),
        settings_(chosen),
        client_(server),
        invocation_(settings_.max_event_bytes),
        answer_(max_answer_bytes, max_answer_bytes),
        replies_(wire),
        stream_(client_, settings_.thread) {
    std::string agent("lambda_proc/");
    agent.append(std::to_string(version.major)).append(".").append(std::to_string(version.minor));
    agent.append(".").append(std::to_string(version.patch));
    common_headers_.append(" HTTP/1.1\r\nHost: ").append(server.authority);
    common_headers_.append("\r\nUser-Agent: ").append(agent).append("\r\n");
    next_head_.append("GET ").append(server.prefix).append(next_path).append(common_headers_).append("\r\n");
    // Enough for all heads, since crash replies may not allocate.
    constexpr std::size_t longest_other_headers = 512;
    head_.reserve(next_head_.size() + longest_id + longest_other_headers);
    id_.reserve(longest_id);
  }

  /// Waits for the next invocation. Returns false if there are no more.
  [[nodiscard]] bool next(request& request) {
    using enum detail::http_client::outcome;
    if (settings_.stopped != nullptr && settings_.stopped->load()) return false;
    if (count_ == 1 && settings_.after_first_reply != nullptr) settings_.after_first_reply();
    if (detail::has_asan) invocation_.release();
    const auto got = client_.exchange(next_head_, {}, invocation_, {.stop = settings_.stop});
    if (got == stopped) return false;
    if (got != answered && got != too_large && got != no_memory) return give_up("no invocation can be received", got);
    if (invocation_.status() != ok) return give_up("no invocation can be received", invocation_);
    context_ = settings_.environment;
    context_.request_number = count_;
    result<void> headers = detail::read_invocation_headers(invocation_, context_);
    if (!is_usable_id(context_.aws_request_id)) return give_up("an invocation has no usable request id");
    // It did not accept the reply, and would send this invocation again for ever.
    if (context_.aws_request_id == id_) return give_up("the runtime API sends the same invocation again");
    id_ = context_.aws_request_id;
    request.restart(count_++);
    if (settings_.thread != nullptr) settings_.thread->take(request);
    if (settings_.set_trace_id != nullptr) settings_.set_trace_id(context_.trace_id);
    result<void> done = headers ? read_event(got, request) : std::move(headers);
    // Log records need the context of a rejected request, too.
    if (!done) set_context(request);
    if (!done) request.refusal = std::move(done).error();
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

  /// Replaces the reply, whatever of it was written, with a failure.
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
    auto got = detail::http_client::outcome::answered;
    {
      const detail::critical_section section(settings_.thread);
      if (settings_.thread != nullptr) settings_.thread->answered();
      got = is_streamed ? send_rest() : send_whole();
      replies_.clear();
      stream_.close();
      failed_ = false;
    }
    if (got == detail::http_client::outcome::answered) return was_accepted();
    if (!is_streamed || got != detail::http_client::outcome::closed) return give_up("the reply can't be sent", got);
    // If it was not the client that left but the runtime API, there is no next invocation.
    record(log_level::warn, "the client left before the end of the reply");
    return true;
  }

  /// Does nothing, because replies are not collected. Returns false if no further invocation can be served.
  [[nodiscard]] bool flush() const noexcept { return !broken_; }

  /// Reports that no handler could be made. The process must end afterwards.
  [[gnu::cold]] void send_init_error(const failure& why) {
    request none;
    replies_.fail(none, why);
    const std::string_view body = without_newline(replies_.finished());
    head_.assign("POST ").append(server_.prefix).append(init_error_path);
    write_headers(body.size(), detail::error_type(why.type).view());
    const auto got = client_.exchange(head_, body, answer_, {.time = init_error_time});
    replies_.clear();
    if (got != detail::http_client::outcome::answered) give_up("the initialization error can't be sent", got);
  }

  /// In a signal handler: sends a failure for the in-flight request, unless the thread is sending its reply at the
  /// moment.
  [[gnu::cold]] void send_crash_reply(detail::crash_replies& replies, std::chrono::milliseconds time) noexcept {
    if (settings_.thread == nullptr || settings_.thread->is_in_critical_section()) return;
    const std::string_view body = without_newline(replies.failure_for(*settings_.thread));
    if (body.empty()) return;
    const detail::error_type type("crash");
    if (stream_.has_started()) return stream_.crash(type.view(), body, answer_, {.time = time});
    write_reply_head(body.size(), type.view());
    // Waits for the response: if the process ended first, Lambda might notice that before the reply.
    static_cast<void>(client_.exchange(head_, body, answer_, {.time = time}));
  }

 private:
  static constexpr std::string_view next_path = "/2018-06-01/runtime/invocation/next";
  static constexpr std::string_view invocation_path = "/2018-06-01/runtime/invocation/";
  static constexpr std::string_view init_error_path = "/2018-06-01/runtime/init/error";
  static constexpr int ok = 200;
  static constexpr std::size_t longest_id = 256;
  static constexpr std::size_t max_answer_bytes = std::size_t{16} << 10U;
  static constexpr std::chrono::seconds init_error_time{3};

  // The id becomes part of a path.
  static bool is_usable_id(std::string_view id) noexcept {
    const auto is_visible = [](char c) { return c > ' ' && c < 0x7F; };
    return !id.empty() && id.size() <= longest_id && std::ranges::all_of(id, is_visible);
  }

  static std::string_view without_newline(std::string_view reply) noexcept {
    if (reply.ends_with('\n')) reply.remove_suffix(1);
    return reply;
  }

  detail::http_client::outcome send_whole() {
    const std::string_view body = without_newline(replies_.finished());
    write_reply_head(body.size(), failed_ ? error_type_.view() : std::string_view{});
    return client_.exchange(head_, body, answer_);
  }

  // The rest of a reply that is streamed.
  detail::http_client::outcome send_rest() {
    if (!failed_) return stream_.finish(answer_);
    return stream_.fail(error_type_.view(), without_newline(replies_.finished()), answer_);
  }

  void open_stream() {
    head_.assign("POST ").append(server_.prefix).append(invocation_path).append(id_).append("/response");
    head_.append(common_headers_).append(detail::streamed_response::headers);
    stream_.open(head_);
  }

  void write_reply_head(std::size_t size, std::string_view error_type) {
    head_.assign("POST ").append(server_.prefix).append(invocation_path).append(id_);
    head_.append(error_type.empty() ? "/response" : "/error");
    write_headers(size, error_type);
  }

  void write_headers(std::size_t size, std::string_view error_type) {
    head_.append(common_headers_);
    std::array<char, 20> digits;
    const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), size).ptr;
    head_.append("Content-Type: application/json\r\nContent-Length: ");
    head_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
    if (!error_type.empty()) head_.append("\r\nLambda-Runtime-Function-Error-Type: ").append(error_type);
    head_.append("\r\n\r\n");
  }

  void set_context(request& into) { into.mutable_context() = context_; }

  result<void> read_event(detail::http_client::outcome got, request& into) {
    return detail::within_memory([&]() -> result<void> {
      if (got == detail::http_client::outcome::too_large) {
        return failure{"request_too_large", "the event is longer than the limit"};
      }
      if (got == detail::http_client::outcome::no_memory) return detail::out_of_memory();
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
    record(log_level::warn, "the runtime API refused the reply", "status", status, "answer", shortened(answer_.body()));
    return true;
  }

  static std::string_view shortened(std::string_view text) noexcept {
    constexpr std::size_t most = 300;
    return text.substr(0, most);
  }

  template <class... Fields>
  void record(log_level level, std::string_view message, const Fields&... fields) const {
    context current;
    current.aws_request_id = id_;
    logger(current).log(level, message, fields...);
  }

  template <class... Fields>
  [[gnu::cold]] bool end(std::string_view message, const Fields&... fields) {
    broken_ = true;
    record(log_level::fatal, message, fields..., "endpoint", server_.authority);
    return false;
  }

  // Ends serving, and logs why.
  bool give_up(std::string_view message) { return end(message); }
  [[gnu::cold]] bool give_up(std::string_view message, const detail::response_reader& unexpected) {
    return end(message, "status", unexpected.status(), "answer", shortened(unexpected.body()));
  }
  [[gnu::cold]] bool give_up(std::string_view message, detail::http_client::outcome why) {
    const int error = client_.error();
    return end(message, "why", description(why), "error",
               error == 0 ? std::string() : std::generic_category().message(error));
  }

  [[gnu::cold]] static std::string_view description(detail::http_client::outcome why) noexcept {
    switch (why) {
      using enum detail::http_client::outcome;
      case unreachable: return "there is no connection";
      case closed: return "the connection was closed";
      case malformed: return "the answer is not HTTP";
      case timed_out: return "there was no answer in time";
      case too_large: return "the answer is too large";
      case no_memory: return "memory ran out";
      case answered:
      case stopped: break;
    }
    return {};
  }

  static detail::streamed_response& stream_of(void* self) noexcept {
    return static_cast<runtime_api_channel*>(self)->stream_;
  }

  const any_wire& wire_;
  const endpoint& server_;
  settings settings_;
  detail::http_client client_;
  // The invocation that was received; the in-flight request's event and context are views of it.
  detail::response_reader invocation_;
  context context_;
  // The response to a POST.
  detail::response_reader answer_;
  detail::reply_composer replies_;
  detail::streamed_response stream_;
  const detail::stream_sink sink_{
      .self = this,
      .open = [](void* self) { static_cast<runtime_api_channel*>(self)->open_stream(); },
      .head = [](void* self, std::string_view json) { return stream_of(self).write_head(json); },
      .write = [](void* self, std::string_view bytes) { return stream_of(self).write(bytes); },
      .flush = [](void* self) { return stream_of(self).flush(); },
      .is_closed = [](void* self) { return stream_of(self).is_closed(); },
  };
  bool failed_ = false;
  detail::error_type error_type_{"crash"};
  std::string common_headers_;
  // The head of the GET, which never changes, and the head of the POST.
  std::string next_head_;
  std::string head_;
  // The id of the current invocation, or of the last one.
  std::string id_;
  std::uint64_t count_ = 0;
  bool broken_ = false;
};

}  // namespace v0
}  // namespace lambda_proc
