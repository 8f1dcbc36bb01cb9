#pragma once
// Shared by the fuzz targets: reporting a broken promise, and an independent JSON reader.

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

/// Each target defines this function; libFuzzer or the replayer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace oracle {

inline void demand(bool holds, const char* promise, std::string_view evidence = {}) {
  if (holds) return;
  std::cerr << "broken: " << promise << ": " << evidence << std::endl;
  std::abort();
}

/// Takes choices from the first bytes of the input; the rest is text.
class choices {
 public:
  choices(const std::uint8_t* data, std::size_t size) : left_(reinterpret_cast<const char*>(data), size) {}

  std::uint8_t byte() {
    if (left_.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(left_.front());
    left_.remove_prefix(1);
    return first;
  }
  template <class T>
  T bits() {
    T value{};
    for (std::size_t i = 0; i < sizeof value; ++i) value = static_cast<T>(value << 8U | byte());
    return value;
  }
  std::string_view text(std::size_t size) {
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest() { return text(left_.size()); }
  bool empty() const { return left_.empty(); }

 private:
  std::string_view left_;
};

/// The same text with small numbers and without escaped surrogates. The independent reader refuses numbers that a
/// double can't hold and lone surrogates, which RFC 8259's grammar allows.
inline std::string with_plain_tokens(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\' && i + 1 < text.size()) {
      const bool surrogate = text.substr(i + 1, 2) == "ud" || text.substr(i + 1, 2) == "uD";
      out.append(surrogate ? "\\uC" : text.substr(i, 2));
      i += surrogate ? 2 : 1;
      continue;
    }
    if (c == '"') in_string = !in_string;
    out += c;
    // Keeps only the leading zeros and the first other digit of each run of digits.
    if (!in_string && is_digit(c) && c != '0') {
      while (i + 1 < text.size() && is_digit(text[i + 1])) ++i;
    }
  }
  return out;
}

inline bool is_json(std::string_view text) {
  if (nlohmann::json::accept(text.begin(), text.end())) return true;
  const std::string plain = with_plain_tokens(text);
  return nlohmann::json::accept(plain.begin(), plain.end());
}

}  // namespace oracle
