#include <lambda_proc/events/base64.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch_all.hpp>

using lambda_proc::events::base64;
using lambda_proc::events::to_base64;

namespace {

// RFC 4648, section 10.
const std::pair<std::string_view, std::string_view> vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

}  // namespace

TEST_CASE("base64: decodes and encodes RFC 4648's test vectors", "[events]") {
  for (const auto& [bytes, text] : vectors) {
    CAPTURE(text);
    std::string buffer;
    const auto decoded = base64(text).decode(buffer);
    REQUIRE(decoded);
    CHECK(*decoded == bytes);
    CHECK(base64(text).size() == bytes.size());
    CHECK(to_base64(bytes) == text);
  }
}

TEST_CASE("base64: every byte survives a round trip, at each place of a group", "[events]") {
  std::string buffer;
  for (std::size_t before = 0; before < 4; ++before) {
    for (int byte = 0; byte < 256; ++byte) {
      const std::string bytes = std::string(before, '\xA5') + static_cast<char>(byte);
      const std::string text = to_base64(bytes);
      const auto decoded = base64(text).decode(buffer);
      REQUIRE(decoded);
      REQUIRE(*decoded == bytes);
    }
  }
}

TEST_CASE("base64: invalid base64 is a failure", "[events]") {
  const std::string_view text =
      GENERATE("A", "AA", "AAA", "AAAAA", "A===", "====", "AA=A", "AAA=AAAA", "AA==AAAA", "A AA", "AAA\n", "Zm9v\nZm9v",
               "AA-_", "Zg", "Zh==", "Zm9=", "\xFF\xFF\xFF\xFF", "=");
  CAPTURE(text);
  std::string buffer;
  const auto decoded = base64(text).decode(buffer);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().type == "invalid_event");
  CHECK(decoded.error().message == "expected base64 with padding and without white space");
  std::array<std::byte, 16> bytes;
  CHECK_FALSE(base64(text).decode(bytes));
}

TEST_CASE("base64: decodes into the front of the caller's buffer and leaves the rest unchanged", "[events]") {
  std::array<std::byte, 4> bytes;
  bytes.fill(std::byte{7});
  const auto decoded = base64("AAEC").decode(bytes);
  REQUIRE(decoded);
  CHECK(decoded->data() == bytes.data());
  CHECK(decoded->size() == 3);
  CHECK(bytes == std::array{std::byte{0}, std::byte{1}, std::byte{2}, std::byte{7}});
}

TEST_CASE("base64: a buffer keeps its memory", "[events]") {
  std::string buffer;
  buffer.reserve(100);
  const char* const memory = buffer.data();
  REQUIRE(base64("Zm9vYmFy").decode(buffer));
  const auto second = base64("Zg==").decode(buffer);
  REQUIRE(second);
  CHECK(*second == "f");
  CHECK(second->data() == memory);
}

TEST_CASE("base64: is a JSON string, with slashes escaped or not; another type is a failure", "[events]") {
  support::json_source source(R"("\/\/79")");
  base64 out;
  REQUIRE(source.decode_into(out));
  CHECK(out.text() == "//79");
  std::string buffer;
  const auto decoded = out.decode(buffer);
  REQUIRE(decoded);
  CHECK(*decoded == "\xFF\xFE\xFD");
  CHECK(support::encoded(out) == R"("//79")");
  CHECK(support::why_not<base64>("17") == ": expected a string, got 17");
}
