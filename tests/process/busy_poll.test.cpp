#include <lambda_proc/process/busy_poll.hpp>

#include <catch2/catch_all.hpp>

#include <chrono>
#include <string>
#include <vector>

#include <stdlib.h>

using lambda_proc::options;
using lambda_proc::detail::busy_poll_limit;
using lambda_proc::detail::is_enough_to_poll;
using namespace std::chrono_literals;

namespace {

/// A variable of the environment, as long as it lives.
class variable {
 public:
  variable(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
  variable(const variable&) = delete;
  variable& operator=(const variable&) = delete;
  ~variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

}  // namespace

TEST_CASE("busy_poll: the environment takes precedence over the option", "[busy_poll]") {
  std::vector<std::string> complaints;
  CHECK(busy_poll_limit({}, 1, complaints) == options{}.busy_poll);
  CHECK(busy_poll_limit({.busy_poll = 20us}, 1, complaints) == 20us);
  CHECK(busy_poll_limit({.busy_poll = 0us}, 1, complaints) == 0us);
  const auto [text, expected] =
      GENERATE(table<std::string, std::chrono::microseconds>({{"0", 0us}, {"75", 75us}, {"1000000", 1s}, {"", 20us}}));
  const variable set("LAMBDA_PROC_BUSY_POLL", text);
  CHECK(busy_poll_limit({.busy_poll = 20us}, 1, complaints) == expected);
  CHECK(complaints.empty());
}

TEST_CASE("busy_poll: a value that is no number of microseconds is reported and ignored", "[busy_poll]") {
  const std::string text = GENERATE("on", "-1", "50us", "1.5", " 50", "1000001", "99999999999999999999");
  std::vector<std::string> complaints;
  const variable set("LAMBDA_PROC_BUSY_POLL", text);
  CHECK(busy_poll_limit({.busy_poll = 20us}, 1, complaints) == 20us);
  CHECK(complaints == std::vector{"LAMBDA_PROC_BUSY_POLL: unknown value \"" + text +
                                  "\" ignored; known: 0 to 1000000, in microseconds"});
}

TEST_CASE("busy_poll: a Lambda function needs the memory that gives it a processor more than workers", "[busy_poll]") {
  std::vector<std::string> complaints;
  const variable asked("LAMBDA_PROC_BUSY_POLL", "75");
  const variable memory("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "3538");
  CHECK(busy_poll_limit({}, 1, complaints) == 75us);
  CHECK(busy_poll_limit({}, 2, complaints) == 0us);
  const variable small("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769");
  CHECK(busy_poll_limit({}, 1, complaints) == 0us);
}

TEST_CASE("busy_poll: one processor more than workers is enough", "[busy_poll]") {
  CHECK(is_enough_to_poll(2, 1));
  CHECK(is_enough_to_poll(3, 2));
  CHECK(!is_enough_to_poll(1, 1));
  CHECK(!is_enough_to_poll(1.9, 1));
  CHECK(!is_enough_to_poll(2, 2));
}
