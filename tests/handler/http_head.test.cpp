#include <lambda_proc/handler/http_head.hpp>

#include <catch2/catch_all.hpp>

#include <string>
#include <string_view>

using lambda_proc::http_head;
using lambda_proc::json_writer;

namespace {

std::string members(const http_head& head) {
  json_writer writer;
  writer.begin_object();
  head.write_members(writer);
  writer.end_object();
  return std::string(writer.view());
}

}  // namespace

TEST_CASE("http_head: repeated headers are joined, cookies are a list", "[http_head]") {
  CHECK(members(http_head()) == R"({"statusCode":200,"headers":{}})");
  CHECK(members(http_head(201)
                    .header("x-once", "0")
                    .header("X-Once", "1")
                    .add_header("Vary", "accept")
                    .add_header("vary", "origin")
                    .cookie("a=1; Secure")
                    .cookie("b=2")) ==
        R"({"statusCode":201,"headers":{"x-once":"1","Vary":"accept, origin"},"cookies":["a=1; Secure","b=2"]})");
}

TEST_CASE("http_head: it can be built step by step", "[http_head]") {
  http_head head;
  head.status(404).header("a", "b").add_header("a", "c").cookie("d=e");
  CHECK(head.status() == 404);
  CHECK(head.fields().size() == 2);
  CHECK(head.fields()[0].joined() == "b, c");
  CHECK(head.fields()[1].is_cookie());
}

TEST_CASE("http_head: what HTTP can't carry is an error", "[http_head]") {
  CHECK(http_head(200).header("a", "b\tc").error() == nullptr);
  CHECK(http_head(99).error() != nullptr);
  CHECK(http_head(600).error() != nullptr);
  for (const std::string_view name : {"", "a b", "a:", "a\n", "\xC3\xA9"}) {
    CHECK(http_head(200).header(name, "c").error() != nullptr);
  }
  for (const std::string_view value : {"a\r\nb: c", "a\nb", "\x7F"}) {
    CHECK(http_head(200).header("a", value).error() != nullptr);
    CHECK(http_head(200).cookie(value).error() != nullptr);
  }
}
