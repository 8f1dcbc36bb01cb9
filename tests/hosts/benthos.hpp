#pragma once
// SPDX-License-Identifier: MIT
// Redpanda Connect's `subprocess` processor (processor_subprocess.go): one line for each line, in order, and a line on
// stderr counts as an answer, too. It has no time limit, so an unanswered line hangs it.

#include "host_process.hpp"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hosts {

class benthos {
 public:
  explicit benthos(const std::string& program, const std::string& codec, environment extra = {})
      : codec_(codec), process_({.program = program, .environment = with_wire(std::move(extra), codec)}) {}

  /// Sends a message to the child, and returns the answer.
  std::string process_message(std::string_view message) {
    process_.write(frame(message));
    std::size_t end = std::string::npos;
    process_.pump_until([&] {
      end = find_end(process_.unread_replies());
      return end != std::string::npos || !process_.unread_log().empty() || process_.replies_ended();
    });
    // The real processor may look at stderr first. The answer on stdout is then taken for the next message's.
    if (!process_.unread_log().empty()) throw std::runtime_error("stderr: " + std::string(process_.unread_log()));
    if (process_.unread_replies().size() > max_buffer) {
      process_.send_signal(SIGKILL);
      throw std::runtime_error("token too long");
    }
    if (end == std::string::npos) throw std::runtime_error("the subprocess is gone");
    return unframe(process_.read_reply([this](std::string_view bytes) { return find_end(bytes); }));
  }

  [[nodiscard]] host_process& process() { return process_; }

 private:
  static constexpr std::size_t max_buffer = 65536;

  static environment with_wire(environment extra, const std::string& codec) {
    extra.emplace_back("LAMBDA_PROC_WIRE", codec);
    return extra;
  }

  [[nodiscard]] std::string frame(std::string_view message) const {
    if (codec_ == "lines") return std::string(message) + "\n";
    if (codec_ == "netstring") return std::to_string(message.size()) + ":" + std::string(message) + ",";
    std::string framed;
    for (int shift = 24; shift >= 0; shift -= 8) framed += static_cast<char>(message.size() >> shift & 0xFFU);
    return framed.append(message);
  }

  // The end of the reply at the start of `bytes`; npos if it is incomplete.
  [[nodiscard]] std::size_t find_end(std::string_view bytes) const {
    constexpr auto none = std::string_view::npos;
    if (codec_ == "lines") {
      const std::size_t end = bytes.find('\n');
      return end == none ? none : end + 1;
    }
    std::size_t end = 4;
    if (codec_ == "netstring") {
      const std::size_t colon = bytes.find(':');
      if (colon == none) return none;
      end = colon + 1 + std::stoul(std::string(bytes.substr(0, colon))) + 1;
    } else {
      if (bytes.size() < 4) return none;
      std::size_t size = 0;
      for (const char c : bytes.substr(0, 4)) size = size << 8U | static_cast<unsigned char>(c);
      end += size;
    }
    return bytes.size() < end ? none : end;
  }

  [[nodiscard]] std::string unframe(std::string_view framed) const {
    if (codec_ == "lines") {
      framed.remove_suffix(1);
      if (framed.ends_with('\r')) framed.remove_suffix(1);
    } else if (codec_ == "netstring") {
      if (!framed.ends_with(',')) throw std::runtime_error("not a netstring: " + std::string(framed));
      framed.remove_suffix(1);
      framed.remove_prefix(framed.find(':') + 1);
    } else {
      framed.remove_prefix(4);
    }
    return std::string(framed);
  }

  std::string codec_;
  host_process process_;
};

}  // namespace hosts
