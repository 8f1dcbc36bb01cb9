// SPDX-License-Identifier: MIT
// The one program that all fake hosts run. The event tells its handler what to do.

#include <lambda_proc/lambda_proc.hpp>

#include <cstddef>
#include <cstdio>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <unistd.h>

namespace {

struct task {
  using json_missing = lambda_proc::use_default;

  std::string_view text;
  // Text to log; text to print to stdout in every possible way, and to stderr.
  std::optional<std::string_view> log;
  std::optional<std::string_view> print;
  std::optional<std::string_view> fail;
  std::size_t bytes = 0;
  bool null = false;
  bool seven = false;
};

struct answer {
  std::string_view text;
  std::string bytes;
  std::string_view id;
  std::string_view function;
};

lambda_proc::result<std::optional<std::variant<answer, int>>> handle(const lambda_proc::context& ctx,
                                                                     const task& task) {
  if (task.log) lambda_proc::logger(ctx).info("handled", "text", *task.log);
  if (task.print) {
    const std::string line = std::string(*task.print) + "\n";
    std::printf("%s", line.c_str());
    std::cout << line;
    std::cerr << line;
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return lambda_proc::failure{"print", "write(2) said no"};
  }
  if (task.fail) return lambda_proc::failure{"asked_for", std::string(*task.fail)};
  if (task.null) return std::nullopt;
  if (task.seven) return 7;
  return answer{task.text, std::string(task.bytes, 'x'), ctx.aws_request_id, ctx.function_name};
}

}  // namespace

int main() { return lambda_proc::run(handle); }
