#include <lambda_proc/io/busy_poller.hpp>

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <chrono>

using lambda_proc::detail::busy_poller;
using lambda_proc::detail::function_ref;
using namespace std::chrono_literals;

namespace {

/// Time that passes only when a test says so, or when an attempt fails.
busy_poller::clock::time_point& now() {
  static busy_poller::clock::time_point time;
  return time;
}

/// How often a poller has asked for it.
int& looks() {
  static int count = 0;
  return count;
}
busy_poller::clock::time_point look_at_clock() {
  ++looks();
  return now();
}

constexpr auto limit = 50us;
constexpr auto attempt = 1us;

/// A thread that waits for events, and what it did.
class waiter {
 public:
  explicit waiter(std::chrono::microseconds longest = limit)
      : poller_({.limit = longest, .has_processors = function_ref<bool()>(has_processors_), .now = &look_at_clock}) {
    looks() = 0;
  }

  void set_processors(bool enough) { enough_ = enough; }

  /// One event, which comes after this time.
  void wait(std::chrono::nanoseconds duration) {
    const auto due = now() + duration;
    polled_ = slept_ = false;
    const auto try_now = [&] {
      polled_ = true;
      if (now() >= due) return true;
      now() += attempt;
      return false;
    };
    const auto sleep = [&] {
      slept_ = true;
      now() = std::max(now(), due);
    };
    poller_.wait(function_ref<bool()>(try_now), function_ref<void()>(sleep));
  }
  void wait(std::chrono::nanoseconds duration, int times) {
    for (int i = 0; i < times; ++i) wait(duration);
  }

  /// Whether the last wait polled, or slept: both if polling took too long.
  [[nodiscard]] bool polled() const { return polled_; }
  [[nodiscard]] bool slept() const { return slept_; }
  [[nodiscard]] int lookups() const { return lookups_; }
  [[nodiscard]] static int looks_at_clock() { return looks(); }

  /// How many waits of this duration it takes until one polls.
  int waits_until_polling(std::chrono::nanoseconds duration) {
    for (int i = 0; i < 10'000; ++i) {
      wait(duration);
      if (polled_) return i;
    }
    return -1;
  }

 private:
  int lookups_ = 0;
  bool enough_ = true;
  bool polled_ = false;
  bool slept_ = false;
  struct {
    waiter& self;
    bool operator()() const {
      ++self.lookups_;
      return self.enough_;
    }
  } has_processors_{*this};
  busy_poller poller_;
};

/// One that polls.
void make_poll(waiter& one) { REQUIRE(one.waits_until_polling(10us) >= 0); }

}  // namespace

TEST_CASE("busy_poller: the first waits sleep, and after a few short ones it polls", "[busy_poller]") {
  waiter one;
  one.wait(10us);
  CHECK(one.slept());
  CHECK(!one.polled());
  CHECK(one.waits_until_polling(10us) == 3);
  CHECK(!one.slept());
}

TEST_CASE("busy_poller: an event that polling would find may come later after sleeping", "[busy_poller]") {
  waiter one;
  CHECK(one.waits_until_polling(limit + 90us) > 0);
}

TEST_CASE("busy_poller: waits of a millisecond never poll", "[busy_poller]") {
  waiter one;
  CHECK(one.waits_until_polling(1ms) == -1);
  CHECK(one.lookups() == 0);
}

TEST_CASE("busy_poller: events that are there already neither start polling nor keep it on", "[busy_poller]") {
  waiter one;
  CHECK(one.waits_until_polling(0us) == -1);
  make_poll(one);
  for (int misses = 0; one.polled(); ++misses) {
    REQUIRE(misses < 10);
    one.wait(0us, 100);
    CHECK(one.polled());
    CHECK(!one.slept());
    one.wait(1ms);
    one.wait(1ms);
  }
}

TEST_CASE("busy_poller: it polls no longer than the limit, and then sleeps until the event comes", "[busy_poller]") {
  waiter one;
  make_poll(one);
  one.wait(limit - attempt);
  CHECK(!one.slept());
  const auto start = now();
  one.wait(300us);
  CHECK(one.polled());
  CHECK(one.slept());
  CHECK(now() - start == 300us);
}

TEST_CASE("busy_poller: it goes on polling as long as two of three waits end meanwhile", "[busy_poller]") {
  waiter one;
  make_poll(one);
  for (int i = 0; i < 1000; ++i) {
    one.wait(10us, 2);
    CHECK(!one.slept());
    one.wait(1ms);
    CHECK(one.polled());
  }
}

TEST_CASE("busy_poller: a few waits in vain end polling, until events come close together again", "[busy_poller]") {
  waiter one;
  make_poll(one);
  one.wait(10us, 100);
  int in_vain = 0;
  for (one.wait(1ms); one.polled(); one.wait(1ms)) ++in_vain;
  CHECK(in_vain == 4);
  one.wait(1ms, 100);
  CHECK(!one.polled());
  CHECK(one.waits_until_polling(10us) > 0);
}

TEST_CASE("busy_poller: a pause among short waits delays polling, but does not prevent it", "[busy_poller]") {
  waiter one;
  int waits = 0;
  for (; !one.polled() && waits < 100; ++waits) {
    one.wait(10us, 3);
    if (!one.polled()) one.wait(1ms);
  }
  CHECK(waits > 1);
  CHECK(waits < 100);
}

TEST_CASE("busy_poller: polling that does not pay is tried less and less often", "[busy_poller]") {
  // Too long for polling, but short enough for an attempt.
  constexpr auto between = limit + 50us;
  waiter one;
  int polls = 0;
  for (int i = 0; i < 10'000; ++i) {
    one.wait(between);
    polls += one.polled() ? 1 : 0;
  }
  CHECK(polls > 0);
  CHECK(polls < 100);
  // It starts soon again once polling has paid.
  one.wait(10us, 1000);
  CHECK(one.polled());
  while (one.polled()) one.wait(1ms);
  CHECK(one.waits_until_polling(10us) < 20);
}

TEST_CASE("busy_poller: while waits are long, few of them are measured", "[busy_poller]") {
  waiter one;
  one.wait(1ms, 800);
  CHECK(one.looks_at_clock() == 200);
}

TEST_CASE("busy_poller: without enough processors it never polls, and looks only once", "[busy_poller]") {
  waiter one;
  one.set_processors(false);
  CHECK(one.waits_until_polling(10us) == -1);
  CHECK(one.lookups() == 1);
}

TEST_CASE("busy_poller: processors are looked up when polling starts first, and not again", "[busy_poller]") {
  waiter one;
  one.wait(10us, 3);
  CHECK(one.lookups() == 0);
  make_poll(one);
  CHECK(one.lookups() == 1);
  while (one.polled()) one.wait(1ms);
  make_poll(one);
  CHECK(one.lookups() == 1);
}

TEST_CASE("busy_poller: a limit of zero, or less, turns it off", "[busy_poller]") {
  waiter one(GENERATE(0us, -1us, std::chrono::microseconds::min()));
  CHECK(one.waits_until_polling(10us) == -1);
  CHECK(one.slept());
}

TEST_CASE("busy_poller: the largest limit is no overflow", "[busy_poller]") {
  waiter one(std::chrono::microseconds::max());
  CHECK(one.waits_until_polling(10us) > 0);
  one.wait(2s);
  CHECK(one.slept());
}
