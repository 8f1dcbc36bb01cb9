#pragma once
// SPDX-License-Identifier: MIT
// A program as a native function of AWS Lambda, with a mock of the runtime API.

#include "child.hpp"
#include "mock_runtime_api.hpp"

#include <lambda_proc/io/sanitizer.hpp>

#include <csignal>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>

#include <catch2/catch_all.hpp>

namespace support {

[[nodiscard]] inline child_setup setup_for(const mock_runtime_api& api, std::vector<std::string> more = {}) {
  more.push_back("AWS_LAMBDA_RUNTIME_API=" + api.address());
  child_setup setup;
  setup.descriptors.emplace(0, wiring::file("/dev/null", O_RDONLY));
  setup.descriptors.emplace(5, wiring::pipe());
  setup.environment = environment_with(more);
  return setup;
}

/// Whether a segmentation fault ended the process. AddressSanitizer handles the signal after our handler, and exits
/// with status 1.
[[nodiscard]] inline bool is_fault(const ending& end) {
  return lambda_proc::detail::has_asan ? end.status == 1 : end.signal == SIGSEGV;
}

/// A function that is running, and its first connection.
struct running {
  explicit running(std::vector<std::string> argv, const std::vector<std::string>& environment = {})
      : program(std::move(argv), setup_for(api, environment)), connection(api.accept()) {}

  /// Sends an invocation when the function asks for one, and returns what the function posts.
  http_request invoke(std::string_view id, std::string_view event, std::string_view headers = "") {
    take_next();
    connection.send(invocation(id, event, headers));
    return reply();
  }

  void take_next() {
    const auto request = connection.receive();
    REQUIRE(request);
    REQUIRE(request->method == "GET");
    REQUIRE(request->path == next_path);
  }

  http_request reply() {
    auto request = connection.receive();
    REQUIRE(request);
    REQUIRE(request->method == "POST");
    return *std::move(request);
  }

  mock_runtime_api api;
  child program;
  mock_connection connection;
};

}  // namespace support
