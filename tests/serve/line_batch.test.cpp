#include <lambda_proc/serve/line_batch.hpp>

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using lambda_proc::line_reader;
using lambda_proc::detail::line_batch;

namespace {

/// A batch with all lines of the reader's buffer, or the first ones.
void fill(line_batch& batch, line_reader& reader, std::size_t most, std::uint64_t number = 0) {
  REQUIRE(reader.next() == line_reader::status::line);
  batch.add(line_reader::status::line, reader.line(), number++);
  while (batch.size() < most && reader.has_line()) {
    const auto status = reader.next_in_buffer();
    batch.add(status, reader.line(), number++);
  }
  batch.keep_text(reader);
  batch.start();
}

std::vector<std::string> rest_of(line_batch& batch) {
  std::vector<std::string> texts;
  for (line_batch::line line; batch.take(line);) texts.emplace_back(line.text);
  return texts;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("line_batch: has the lines in order, however many the reader has", "[line_batch]") {
  const std::size_t most = GENERATE(as<std::size_t>{}, 1, 2, 3, 100);
  line_reader reader{std::string_view("a\nbb\n\nd\n")};
  texts found;
  for (std::uint64_t number = 0; number < 4;) {
    line_batch batch;
    fill(batch, reader, most, number);
    CHECK(batch.number() == number);
    number += batch.size();
    for (std::string& text : rest_of(batch)) found.push_back(std::move(text));
  }
  CHECK(found == texts{"a", "bb", "", "d"});
}

TEST_CASE("line_batch: another batch takes what waits, or its later half, but never the first line", "[line_batch]") {
  line_reader reader{std::string_view("a\nb\nc\nd\ne\nf\n")};
  line_batch batch;
  fill(batch, reader, line_batch::max_lines);
  line_batch other;
  SECTION("before the owner takes one") {
    REQUIRE(other.take_from(batch, false));
    CHECK(other.number() == 3);
    CHECK(rest_of(other) == texts{"d", "e", "f"});
    CHECK(rest_of(batch) == texts{"a", "b", "c"});
  }
  SECTION("afterwards") {
    line_batch::line line;
    for (int i = 0; i < 5; ++i) REQUIRE(batch.take(line));
    CHECK(line.text == "e");
    REQUIRE(other.take_from(batch, false));
    CHECK_FALSE(batch.has_waiting());
    CHECK(rest_of(other) == texts{"f"});
    CHECK_FALSE(line_batch().take_from(batch, false));
  }
  SECTION("or all that waits") {
    REQUIRE(other.take_from(batch, true));
    CHECK(rest_of(other) == texts{"b", "c", "d", "e", "f"});
    CHECK(rest_of(batch) == texts{"a"});
  }
  SECTION("until only the first is left") {
    line_batch second;
    line_batch third;
    REQUIRE(other.take_from(batch, false));
    REQUIRE(second.take_from(batch, false));
    REQUIRE(third.take_from(batch, false));
    CHECK_FALSE(batch.is_shareable());
    CHECK(rest_of(batch) == texts{"a"});
    CHECK(rest_of(third) == texts{"b"});
    CHECK(rest_of(second) == texts{"c"});
  }
}

TEST_CASE("line_batch: holds the order until its last reply may be sent out of order", "[line_batch]") {
  line_reader reader{std::string_view("a\nb\n")};
  line_batch batch;
  fill(batch, reader, line_batch::max_lines);
  line_batch::line line;
  REQUIRE(batch.take(line));
  batch.leave_order();
  CHECK(batch.holds_order());
  REQUIRE(batch.take(line));
  CHECK(batch.holds_order());
  batch.leave_order();
  CHECK_FALSE(batch.holds_order());
  batch.replies.append("r");
  CHECK(batch.holds_order());
}

TEST_CASE("line_batch: is stuck if its owner takes no line for several looks", "[line_batch]") {
  line_reader reader{std::string_view("a\nb\nc\n")};
  line_batch batch;
  fill(batch, reader, line_batch::max_lines);
  line_batch::line line;
  for (int round = 0; round < 2; ++round) {
    REQUIRE(batch.take(line));
    CHECK_FALSE(batch.is_stuck());
    int looks = 1;
    while (!batch.is_stuck()) ++looks;
    CHECK(looks > 1);
    CHECK(looks < 8);  // as many as the batches of two workers
  }
}

TEST_CASE("line_batch: each line is taken once, whoever else takes lines meanwhile", "[line_batch]") {
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (std::size_t i = 0; i < line_batch::max_lines; ++i) text += std::to_string(i) + "\n";
    line_reader reader{std::string_view(text)};
    line_batch batch;
    fill(batch, reader, line_batch::max_lines);
    std::vector<std::string> taken;
    std::atomic<bool> begun = false;
    std::thread owner([&] {
      begun = true;
      taken = rest_of(batch);
    });
    while (!begun) continue;
    std::vector<std::string> stolen;
    for (bool more = true; more;) {
      line_batch other;
      more = other.take_from(batch, false);
      if (!more) continue;
      texts part = rest_of(other);
      stolen.insert(stolen.begin(), part.begin(), part.end());
    }
    owner.join();
    taken.insert(taken.end(), stolen.begin(), stolen.end());
    std::string all;
    for (const std::string& line : taken) all += line + "\n";
    REQUIRE(all == text);
  }
}

TEST_CASE("line_batch: a line that is too long has no text", "[line_batch]") {
  line_reader reader(std::string_view("a\ntoo long\nlong, too\nb\n"), 5);
  line_batch batch;
  fill(batch, reader, line_batch::max_lines);
  REQUIRE(batch.size() == 4);
  CHECK(rest_of(batch) == texts{"a", "", "", "b"});
}

TEST_CASE("line_batch: keeps as many replies after a very large one as before", "[line_batch]") {
  line_reader reader{std::string_view("a\n")};
  line_batch batch;
  fill(batch, reader, 1);
  const std::size_t capacity = batch.replies.capacity();
  batch.replies.append(std::string(line_reader::kept_bytes + 1, 'x'));
  batch.release();
  CHECK(batch.replies.capacity() >= capacity);
}
