#include <lambda_proc/json/json_text.hpp>

#include <lambda_proc/json/json_checker.hpp>

#include "conformance.hpp"
#include "utf8.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include <catch2/catch_all.hpp>

namespace detail = lambda_proc::detail;
using lambda_proc::detail::is_json;

TEST_CASE("json_text: valid JSON of RFC 8259 is accepted", "[json_text]") {
  for (const auto& text : support::must_accept()) {
    INFO(text);
    CHECK(is_json(text));
  }
}

TEST_CASE("json_text: invalid JSON is refused", "[json_text]") {
  for (const auto& text : support::must_reject()) {
    INFO(text.substr(0, 200));
    CHECK_FALSE(is_json(text));
  }
}

TEST_CASE("json_text: a lone surrogate is allowed by the grammar", "[json_text]") {
  CHECK(is_json(R"("\ud800")"));
  CHECK(is_json(R"("\udc00\ud800")"));
}

TEST_CASE("json_text: no proper prefix of an object is JSON", "[json_text]") {
  const std::string_view text = R"({"a":[1,-2.5e+3,true,false,null,"x\u00e9\n"],"b":{"c":{}, "d" : [ ] }})";
  REQUIRE(is_json(text));
  for (std::size_t size = 0; size < text.size(); ++size) CHECK_FALSE(is_json(text.substr(0, size)));
}

TEST_CASE("json_text: nesting is accepted down to the limit", "[json_text]") {
  const auto nested = [](std::size_t depth, const std::string& open, const std::string& close) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += open;
    text += "1";
    for (std::size_t i = 0; i < depth; ++i) text += close;
    return text;
  };
  CHECK(is_json(nested(detail::max_depth, "[", "]")));
  CHECK(is_json(nested(detail::max_depth, R"({"a":)", "}")));
  CHECK_FALSE(is_json(nested(detail::max_depth + 1, "[", "]")));
  CHECK_FALSE(is_json(nested(detail::max_depth + 1, R"({"a":)", "}")));
  CHECK_FALSE(is_json(std::string(1'000'000, '[')));
  CHECK_FALSE(is_json(nested(1'000'000, "[", "]")));
}

TEST_CASE("json_text: each bracket must be closed by its own kind, at every depth", "[json_text]") {
  // Depths around the word boundaries of the checker's bit set.
  const std::size_t depth = GENERATE(1U, 2U, 63U, 64U, 65U, 128U, 129U);
  std::string open;
  std::string close;
  for (std::size_t i = 0; i < depth; ++i) {
    const bool object = i % 3 == 0;
    open += object ? R"({"a":)" : "[";
    close.insert(0, object ? "}" : "]");
  }
  CHECK(is_json(open + "1" + close));
  for (std::size_t i = 0; i < depth; ++i) {
    std::string wrong = close;
    wrong[i] = wrong[i] == '}' ? ']' : '}';
    CHECK_FALSE(is_json(open + "1" + wrong));
  }
}

TEST_CASE("json_text: a single byte outside a string is valid only if it is a digit or white space", "[json_text]") {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    CHECK(is_json(std::string(1, c)) == (c >= '0' && c <= '9'));
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    CHECK(is_json(std::string("[1") + c + "]") == (space || (c >= '0' && c <= '9')));
  }
}

TEST_CASE("json_text: every byte in a string is either plain or must be escaped", "[json_text]") {
  // At each position in texts of each length, because the code examines up to sixteen bytes at once, and fewer at the
  // end.
  std::size_t wrong = 0;
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t size = 1; size <= 40; ++size) {
      for (std::size_t place = 0; place < size; ++place) {
        std::string text(size, 'x');
        text[place] = static_cast<char>(byte);
        const bool plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
        const char* const end = detail::plain_end(text.data(), text.data() + text.size());
        wrong += static_cast<std::size_t>(end - text.data()) == (plain ? text.size() : place) ? 0U : 1U;
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("json_text: each backslash begins a valid escape, or the text is refused", "[json_text]") {
  using detail::has_valid_escapes;
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool known = std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    CHECK(has_valid_escapes(std::string("x\\") + c) == known);
    const bool hex = std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos;
    for (std::size_t place = 6; place < 10; ++place) {
      std::string text = "\\\\\\n\\u00e9";
      text[place] = c;
      CHECK(has_valid_escapes(text) == hex);
    }
  }
  const std::string whole = "\\\\ \\uD800 \\\" \\u00e9";
  CHECK(has_valid_escapes(whole));
  CHECK(has_valid_escapes(""));
  for (std::size_t cut = 1; cut < 6; ++cut) {
    CHECK_FALSE(has_valid_escapes(std::string_view(whole).substr(0, whole.size() - cut)));
  }
  CHECK_FALSE(has_valid_escapes("\\\\\\"));
}

TEST_CASE("json_text: the UTF-8 check agrees with decoding each character", "[json_text]") {
  // All pairs of first and second byte, with third and fourth bytes around the boundaries in the tables.
  constexpr unsigned char edges[] = {0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
  std::size_t wrong = 0;
  for (unsigned lead = 0x80; lead < 0x100; ++lead) {
    for (unsigned second = 0; second < 0x100; ++second) {
      for (const unsigned char third : edges) {
        for (const unsigned char fourth : edges) {
          const char bytes[] = {static_cast<char>(lead), static_cast<char>(second), static_cast<char>(third),
                                static_cast<char>(fourth)};
          for (std::size_t size = 1; size <= 4; ++size) {
            const std::string_view text(bytes, size);
            wrong += detail::utf8_sequence(bytes, bytes + size) == support::utf8_length(text) ? 0U : 1U;
          }
        }
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("json_text: the well-formed prefix of a text ends before the first byte that is not UTF-8", "[json_text]") {
  for (const std::string_view bad : {"\xFF", "\xC3", "\xE2\x82", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    // Short texts are checked by a loop, and long ones by simdjson.
    for (std::size_t size = 0; size < 100; ++size) {
      std::string text = "\u00E9";
      text.append(size, 'x');
      CHECK(detail::is_utf8(text));
      CHECK(detail::utf8_prefix(text) == text.size());
      text += bad;
      CHECK_FALSE(detail::is_utf8(text));
      CHECK(detail::utf8_prefix(text) == size + 2);
    }
  }
  CHECK(detail::is_utf8(""));
}

TEST_CASE("json_text: a character that is cut off by the end is not well-formed", "[json_text]") {
  for (const std::string_view character : {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
    std::string text(7, 'x');
    text += character;
    CHECK(detail::plain_end(text.data(), text.data() + text.size()) == text.data() + text.size());
    for (std::size_t cut = 1; cut < character.size(); ++cut) {
      CHECK(detail::plain_end(text.data(), text.data() + text.size() - cut) == text.data() + 7);
    }
  }
}
