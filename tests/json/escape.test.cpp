#include <lambda_proc/json/escape.hpp>

#include <lambda_proc/json/json_writer.hpp>

#include "utf8.hpp"

#include <cstddef>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>

namespace detail = lambda_proc::detail;

namespace {

// The content of a JSON string, byte by byte.
std::string reference(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const std::size_t length = support::utf8_length(text.substr(i));
    const std::size_t name = std::string_view("\"\\\b\f\n\r\t").find(c);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (name != std::string_view::npos) {
      out += {'\\', "\"\\bfnrt"[name]};
    } else if (length == 1 && c < 0x20) {
      out += {'\\', 'u', '0', '0', c < 0x10 ? '0' : '1', "0123456789abcdef"[c % 16]};
    } else {
      out += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
  return out;
}

// With the text in memory of exactly its size after `offset` bytes, so that AddressSanitizer sees what is read beyond.
std::string escaped(std::string_view text, std::size_t offset = 0) {
  const auto memory = std::make_unique<char[]>(offset + text.size());
  text.copy(memory.get() + offset, text.size());
  lambda_proc::json_writer writer;
  writer.escaped({memory.get() + offset, text.size()});
  return std::string(writer.view());
}

}  // namespace

TEST_CASE("escape: each byte is escaped as by a loop over bytes", "[escape]") {
  std::size_t wrong = 0;
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t place = 0; place < 40; ++place) {
      std::string text(40, 'x');
      text[place] = static_cast<char>(byte);
      wrong += escaped(text) == reference(text) ? 0U : 1U;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("escape: what is escaped is found at each place in texts of each size", "[escape]") {
  std::size_t wrong = 0;
  for (const char c : {'"', '\\', '\n', '\x1F', '\x80'}) {
    for (std::size_t size = 1; size <= 70; ++size) {
      for (std::size_t place = 0; place < size; ++place) {
        std::string text(size, 'x');
        text[place] = c;
        wrong += escaped(text) == reference(text) ? 0U : 1U;
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("escape: any text is escaped as by a loop over bytes, at each alignment", "[escape]") {
  // Pieces that are common, and all that are special in some way; the rarer the special ones, the longer the plain
  // runs.
  constexpr std::string_view pieces[] = {
      "\"",   "\\",   "\n",           "\x01",     "\x1F", "\x7F", "\xC3\xA9",     "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
      "\xFF", "\xC3", "\xED\xA0\x80", "\xE2\x82", "\x80", "/",    "{\"a\":\"b\"}"};
  std::mt19937 random(1);
  std::size_t wrong = 0;
  for (std::size_t round = 0; round < 20'000; ++round) {
    const std::size_t rarity = 1 + random() % 64;
    const std::size_t kinds = 1 + random() % std::size(pieces);
    const std::size_t size = random() % (round % 100 == 0 ? 5000 : 200);
    std::string text;
    while (text.size() < size) {
      if (random() % rarity == 0) {
        text += pieces[random() % kinds];
      } else {
        text += static_cast<char>('a' + random() % 26);
      }
    }
    wrong += escaped(text, round % 32) == reference(text) ? 0U : 1U;
  }
  CHECK(wrong == 0);
}

TEST_CASE("escape: a text of nothing but control characters fits in the room that is reserved for it", "[escape]") {
  for (std::size_t size = 0; size < 200; ++size) {
    const std::string text(size, '\x01');
    const std::size_t most = detail::most_escaped_bytes(size);
    const auto memory = std::make_unique<char[]>(most);
    const detail::escaped_text written = detail::escape(memory.get(), text);
    CHECK(std::string_view(memory.get(), static_cast<std::size_t>(written.end - memory.get())) == reference(text));
    CHECK(written.is_ascii);
  }
}

TEST_CASE("escape: text that is not ASCII is noticed wherever it begins", "[escape]") {
  std::size_t unnoticed = 0;
  for (std::size_t size = 1; size <= 100; ++size) {
    for (std::size_t place = 0; place < size; ++place) {
      std::string text(size, place % 2 == 0 ? 'x' : '"');
      text[place] = '\x80';
      const auto memory = std::make_unique<char[]>(detail::most_escaped_bytes(size));
      unnoticed += detail::escape(memory.get(), text).is_ascii ? 1U : 0U;
    }
  }
  CHECK(unnoticed == 0);
}

TEST_CASE("escape: a text that is appended to others leaves them alone", "[escape]") {
  lambda_proc::json_writer writer;
  std::string expected;
  for (std::size_t size = 0; size < 2000; size += 7) {
    const std::string text(size, size % 3 == 0 ? '\n' : 'x');
    writer.escaped(text);
    expected += reference(text);
  }
  CHECK(writer.view() == expected);
}
