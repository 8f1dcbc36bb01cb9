#include <lambda_proc/io/line_reader.hpp>

#include "packets.hpp"

#include <catch2/catch_all.hpp>

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

using lambda_proc::framing;
using lambda_proc::line_reader;
using status = lambda_proc::line_reader::status;
using support::packets;

namespace {

/// Everything that next() returns until the end: lines, or "too long", "malformed" or "failed" in their place.
std::vector<std::string> all_of(line_reader& reader) {
  std::vector<std::string> found;
  for (;;) {
    switch (reader.next()) {
      case status::line: found.emplace_back(reader.line()); break;
      case status::too_long: found.emplace_back("too long"); break;
      case status::no_memory: found.emplace_back("no memory"); break;
      case status::malformed: found.emplace_back("malformed"); break;
      case status::failed: found.emplace_back("failed"); return found;
      case status::end: return found;
    }
  }
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("line_reader: a line ends with a newline, which is not part of it, or with the input", "[line_reader]") {
  struct input {
    std::string text;
    lines expected;
  };
  const input chosen = GENERATE(values<input>({{"", {}},
                                               {"\n", {""}},
                                               {"a", {"a"}},
                                               {"a\n", {"a"}},
                                               {"a\nb", {"a", "b"}},
                                               {"\n\na\n\n", {"", "", "a", ""}},
                                               {"a\r\nb\r", {"a\r", "b\r"}},
                                               {std::string("a\0b\n", 4), {std::string("a\0b", 3)}}}));
  CAPTURE(chosen.text);
  line_reader reader(chosen.text);
  CHECK(all_of(reader) == chosen.expected);
}

TEST_CASE("line_reader: the lines are the same however the stream is split", "[line_reader]") {
  struct input {
    framing kind;
    std::string text;
  };
  const input chosen = GENERATE(
      values<input>({{framing::newline, "one\n\ntwelve bytes and more\ntoo\nlast"},
                     {framing::length_prefix, std::string("\0\0\0\3one\0\0\0\0\0\0\0\x15twelve bytes and more", 32)},
                     {framing::netstring, "3:one,0:,21:twelve bytes and more,3:too,"},
                     {framing::netstring, "3:one,x"}}));
  constexpr std::size_t limit = 10;
  line_reader whole(chosen.text, limit, chosen.kind);
  const lines expected = all_of(whole);
  REQUIRE(expected.size() >= 2);
  for (std::size_t cut = 1; cut < chosen.text.size(); ++cut) {
    CAPTURE(cut);
    const packets stream;
    stream.send_in_two(chosen.text, cut);
    line_reader reader(stream.reader(), limit, chosen.kind);
    CHECK(all_of(reader) == expected);
  }
}

TEST_CASE("line_reader: a line over the limit is drained, and the next one is found", "[line_reader]") {
  constexpr std::size_t limit = 1000;
  const std::string fits(limit, 'x');
  const auto size = GENERATE(as<std::size_t>{}, 1001, 65535, 65536, 65537, 1'000'000);
  const std::string long_line(size, 'y');
  const std::string text = fits + "\n" + long_line + "\n" + fits + "\nlast\n" + long_line;
  line_reader reader(text, limit);
  CHECK(all_of(reader) == lines{fits, "too long", fits, "last", "too long"});
}

TEST_CASE("line_reader: the limit may be turned off", "[line_reader]") {
  const std::string line(1'000'000, 'x');
  const std::string text = line + "\n" + line;
  line_reader reader(text, std::numeric_limits<std::size_t>::max());
  CHECK(all_of(reader) == lines{line, line});
}

TEST_CASE("line_reader: after each line there is readable padding", "[line_reader]") {
  std::string text;
  for (std::size_t i = 0; i < 3000; ++i) text += std::string(i % 97, 'x') + "\n";
  line_reader reader(text);
  unsigned sum = 0;
  while (reader.next() == status::line) {
    // AddressSanitizer checks this read.
    const char* const end = reader.line().data() + reader.line().size();
    for (std::size_t i = 0; i < line_reader::padding; ++i) sum += static_cast<unsigned char>(end[i]);
  }
  CHECK(sum > 0);
}

TEST_CASE("line_reader: has_line returns true if next() will not wait", "[line_reader]") {
  const packets stream;
  stream.send("one\ntwo\nthr");
  line_reader reader(stream.reader());
  CHECK_FALSE(reader.has_line());
  CHECK(reader.next() == status::line);
  CHECK(reader.has_line());
  CHECK(reader.next() == status::line);
  CHECK(reader.line() == "two");
  CHECK_FALSE(reader.has_line());
}

TEST_CASE("line_reader: is_ready reads what is available, and does not wait", "[line_reader]") {
  const packets stream;
  line_reader reader(stream.reader());
  CHECK_FALSE(reader.is_ready());
  stream.send("on");
  CHECK_FALSE(reader.is_ready());
  stream.send("e\ntw");
  CHECK(reader.is_ready());
  CHECK(reader.next() == status::line);
  CHECK(reader.line() == "one");
  CHECK_FALSE(reader.is_ready());
  stream.end();
  CHECK(reader.is_ready());
  CHECK(reader.next() == status::line);
  CHECK(reader.line() == "tw");
}

TEST_CASE("line_reader: lines taken from the buffer stay valid in its memory, and those behind them are not lost",
          "[line_reader]") {
  struct input {
    framing kind;
    std::string text;
  };
  const input chosen =
      GENERATE(values<input>({{framing::newline, "one\n\ntwo\nthree\n"},
                              {framing::length_prefix, std::string("\0\0\0\3one\0\0\0\0\0\0\0\3two\0\0\0\5three", 27)},
                              {framing::netstring, "3:one,0:,3:two,5:three,"}}));
  const bool takes_all = GENERATE(true, false);
  const lines expected{"one", "", "two", "three"};
  for (std::size_t cut = 1; cut < chosen.text.size(); ++cut) {
    CAPTURE(cut);
    const packets stream;
    stream.send_in_two(chosen.text, cut);
    line_reader reader(stream.reader(), line_reader::default_max_line_bytes, chosen.kind);
    std::vector<lambda_proc::detail::padded_buffer> memories;
    std::vector<std::string_view> found;
    while (reader.next() == status::line) {
      found.push_back(reader.line());
      while (takes_all && reader.has_line()) {
        REQUIRE(reader.next_in_buffer() == status::line);
        found.push_back(reader.line());
      }
      REQUIRE(reader.hand_over(memories.emplace_back()));
    }
    CHECK(lines(found.begin(), found.end()) == expected);
  }
}

TEST_CASE("line_reader: a malformed netstring ends the input, since the next one can't be found", "[line_reader]") {
  const std::string_view text = GENERATE("3:abcd1:x,", "a", "03:abc,", ":abc,", "99999999999:", "3abc");
  line_reader reader(text, line_reader::default_max_line_bytes, framing::netstring);
  CHECK(all_of(reader) == lines{"malformed", "failed"});
  CHECK(reader.error() == EBADMSG);
}

TEST_CASE("line_reader: a read(2) error is reported after the lines before it", "[line_reader]") {
  const support::unique_fd directory(::open("/", O_RDONLY | O_CLOEXEC));
  line_reader reader(directory.get());
  CHECK(reader.next() == status::failed);
  CHECK(reader.error() == EISDIR);
}
