#include <lambda_proc/serve/serve.hpp>

#include <catch2/catch_all.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using lambda_proc::failure;
using lambda_proc::json_writer;
using lambda_proc::request;
using lambda_proc::result;
using lambda_proc::stats;

/// A channel without lines: events come from a list, and replies are added to a list.
class list_channel {
 public:
  explicit list_channel(std::vector<std::string> events) : events_(std::move(events)) {}

  bool next(request& request) {
    if (taken_ == events_.size()) return false;
    request.restart(taken_);
    text_ = events_[taken_++];
    text_.reserve(text_.size() + lambda_proc::line_reader::padding);
    if (request.hold_line(text_)) request.refusal = failure{"invalid_request", "that is no JSON"};
    return true;
  }
  json_writer& open(const request&) {
    out_ = json_writer();
    return out_;
  }
  result<void> close() {
    if (out_.view() == refused) return failure{"refused", "not this one"};
    answer_ = out_.view();
    return {};
  }
  void fail(const request&, const failure& why) { answer_ = why.type + ": " + why.message; }
  bool send() {
    answers.push_back(std::exchange(answer_, {}));
    return answers.size() != gone_after;
  }
  bool flush() {
    ++flushes;
    return true;
  }

  std::vector<std::string> answers;
  int flushes = 0;
  std::string refused;
  std::size_t gone_after = 0;

 private:
  std::vector<std::string> events_;
  std::size_t taken_ = 0;
  std::string text_;
  json_writer out_;
  std::string answer_;
};
static_assert(lambda_proc::channel<list_channel>);

using answers = std::vector<std::string>;

}  // namespace

TEST_CASE("serve: any channel can be served", "[serve]") {
  list_channel channel({"1", "2", "[3]"});
  auto twice = [](int n) { return 2 * n; };
  const stats done = lambda_proc::serve(channel, twice);
  CHECK(channel.answers == answers{"2", "4", "invalid_event: event: expected an integer, got an array"});
  CHECK(done.requests == 3);
  CHECK(done.failures == 1);
  CHECK_FALSE(done.host_gone);
  CHECK(channel.flushes == 1);
}

TEST_CASE("serve: the handler is not called for a refused request", "[serve]") {
  list_channel channel({"nonsense", "1"});
  int calls = 0;
  auto count = [&calls](int) { return ++calls; };
  CHECK(lambda_proc::serve(channel, count).failures == 1);
  CHECK(channel.answers == answers{"invalid_request: that is no JSON", "1"});
}

TEST_CASE("serve: a value that the channel refuses is a failure", "[serve]") {
  list_channel channel({"1", "2"});
  channel.refused = "1";
  auto same = [](int n) { return n; };
  CHECK(lambda_proc::serve(channel, same).failures == 1);
  CHECK(channel.answers == answers{"refused: not this one", "2"});
}

TEST_CASE("serve: when the host is gone no further request is taken", "[serve]") {
  list_channel channel({"1", "2", "3"});
  channel.gone_after = 2;
  int calls = 0;
  auto count = [&calls] { return ++calls; };
  const stats done = lambda_proc::serve(channel, count);
  CHECK(done.host_gone);
  CHECK(done.requests == 2);
  CHECK(calls == 2);
}

#ifdef __cpp_exceptions
TEST_CASE("serve: an exception fails its request", "[serve]") {
  list_channel channel({"1", "2"});
  auto picky = [](int n) {
    if (n == 1) throw std::out_of_range("too small");
    return n;
  };
  CHECK(lambda_proc::serve(channel, picky).failures == 1);
  CHECK(channel.answers == answers{"std::out_of_range: too small", "2"});
}
#endif
