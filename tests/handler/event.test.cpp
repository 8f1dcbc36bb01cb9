#include <lambda_proc/handler/event.hpp>

#include <lambda_proc/handler/request.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::event;
using lambda_proc::failure;
using lambda_proc::raw_json;

namespace {

// An event as a wire would hold it: a member of a line, with other members before and after it.
class held_event {
 public:
  explicit held_event(std::string_view text)
      : held_event("{\"before\":[1],\"event\":" + std::string(text) + ",\"behind\":{\"a\":1}}", 0) {}

  static held_event missing() { return held_event("{\"before\":1}", 0); }

  lambda_proc::event operator()() { return lambda_proc::event(value_); }

 private:
  held_event(const std::string& line, int) : line_(line) {
    document_ = parser_.iterate(line_);
    for (auto member : document_.get_object()) {
      std::string_view key;
      simdjson::ondemand::value value;
      if (member.unescaped_key().get(key) || member.value().get(value)) throw std::runtime_error("bad line");
      if (key == "event" && value_.hold(value)) throw std::runtime_error("bad event");
    }
  }

  simdjson::padded_string line_;
  simdjson::ondemand::parser parser_;
  simdjson::simdjson_result<simdjson::ondemand::document> document_;
  lambda_proc::detail::deferred_value value_;
};

struct item {
  std::string_view sku;
  std::vector<std::uint32_t> counts;
};

const std::string_view any_value = R"({"sku":"\u0041 7","counts":[1,2,3]})";

std::string sku_of(simdjson::simdjson_result<simdjson::ondemand::value> value) {
  std::string_view sku;
  if (value["sku"].get_string().get(sku)) return "?";
  return std::string(sku);
}

}  // namespace

TEST_CASE("event: text() is the event without the white space around it", "[event]") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {" { \"a\" : 1 } ", "{ \"a\" : 1 }"},
      {"[1, 2]\t", "[1, 2]"},
      {" \"a b \" ", "\"a b \""},
      {"-1.5e3 ", "-1.5e3"},
      {" null", "null"},
      {"{}", "{}"},
      {"[ ]", "[ ]"},
  }));
  held_event held(text);
  CHECK(held().has_value());
  CHECK(held().text() == expected);
}

TEST_CASE("event: raw() is the text, and is trusted because it was checked", "[event]") {
  held_event held(R"({"a":[true,"\n"]})");
  const auto raw = held().raw();
  REQUIRE(raw);
  CHECK(raw->text() == R"({"a":[true,"\n"]})");
  CHECK(raw->is_trusted());
}

TEST_CASE("event: raw() refuses invalid JSON that slicing accepts", "[event]") {
  const std::string text = GENERATE(as<std::string>{}, R"({"a":tru})", "[1}", "[1 2]", R"(["\q"])", "[01]", "tru", "1x",
                                    R"({"a" 1})", "[nul]", "[1,]", R"({"a":1,})");
  INFO(text);
  std::optional<held_event> held;
  try {
    held.emplace(text);
  } catch (const std::runtime_error&) {
    return;  // simdjson detects it at once, so the wire refuses such a line
  }
  const auto raw = (*held)().raw();
  REQUIRE_FALSE(raw);
  CHECK(raw.error() == failure{"invalid_event", "event: malformed JSON"});
}

TEST_CASE("event: as<T> returns the decoded event", "[event]") {
  held_event held(any_value);
  const auto out = held().as<item>();
  REQUIRE(out);
  CHECK(out->sku == "A 7");
  CHECK(out->counts == std::vector<std::uint32_t>{1, 2, 3});
}

TEST_CASE("event: as<T> accepts every kind of value, and may be called repeatedly", "[event]") {
  for (int i = 0; i < 3; ++i) {
    held_event number("7");
    held_event text(R"("a\u0062")");
    held_event list("[1,2]");
    held_event object(R"({"a":1})");
    held_event nothing("null");
    held_event empty("{}");
    for (int again = 0; again < 3; ++again) {
      CHECK(*number().as<int>() == 7);
      CHECK(*text().as<std::string>() == "ab");
      CHECK(*list().as<std::vector<int>>() == std::vector{1, 2});
      CHECK((*object().as<std::map<std::string, int>>()).at("a") == 1);
      CHECK_FALSE(*nothing().as<std::optional<int>>());
      CHECK((*empty().as<std::map<std::string, int>>()).empty());
    }
  }
}

TEST_CASE("event: as<T> names the bad field", "[event]") {
  held_event held(R"({"sku":"a","counts":[1,"2"]})");
  CHECK(held().as<item>().error() ==
        failure{"invalid_event", R"(event.counts[1]: expected an unsigned integer, got "2")"});
  CHECK(held().as<int>().error().message == "event: expected an integer, got an object");
}

TEST_CASE("event: after a type that does not fit, another one can be tried", "[event]") {
  held_event held(any_value);
  CHECK_FALSE(held().as<std::vector<int>>());
  CHECK_FALSE(held().as<std::string>());
  const auto out = held().as<item>();
  REQUIRE(out);
  CHECK(out->sku == "A 7");
}

TEST_CASE("event: it can be decoded, sliced and viewed in any order", "[event]") {
  // simdjson can't slice a value that was walked, nor walk one that was sliced. An event can.
  const auto order = GENERATE(0, 1, 2, 3, 4, 5);
  held_event held(any_value);
  const auto check_text = [&] { CHECK(held().raw()->text() == any_value); };
  const auto check_value = [&] { CHECK(sku_of(held().value()) == "A 7"); };
  const auto check_type = [&] { CHECK(held().as<item>()->sku == "A 7"); };
  switch (order) {
    case 0: check_text(), check_value(), check_type(); break;
    case 1: check_text(), check_type(), check_value(); break;
    case 2: check_value(), check_text(), check_type(); break;
    case 3: check_value(), check_type(), check_text(); break;
    case 4: check_type(), check_text(), check_value(); break;
    default: check_type(), check_value(), check_text(); break;
  }
}

TEST_CASE("event: unescaped strings stay valid when the event is read again", "[event]") {
  held_event held(R"({"sku":"\u0041\u0042","counts":[]})");
  const auto first = held().as<item>();
  REQUIRE(first);
  for (int i = 0; i < 8; ++i) {
    const auto later = held().as<item>();
    REQUIRE(later);
    CHECK(later->sku == "AB");
    CHECK(sku_of(held().value()) == "AB");
  }
  CHECK(first->sku == "AB");
}

TEST_CASE("event: two simdjson views can be walked at the same time", "[event]") {
  held_event held("[1,2,3]");
  auto one = held().value().get_array();
  auto other = held().value().get_array();
  std::vector<std::int64_t> seen;
  auto right = other.begin();
  for (auto left : one) {
    seen.push_back(left.get_int64().value() * 10 + (*right).get_int64().value());
    ++right;
  }
  CHECK(seen == std::vector<std::int64_t>{11, 22, 33});
}

TEST_CASE("event: a missing event is a failure, or an empty optional", "[event]") {
  auto held = held_event::missing();
  const event missing = held();
  const failure expected{"invalid_event", "event: missing"};
  CHECK_FALSE(missing.has_value());
  CHECK(missing.text().empty());
  CHECK(missing.raw().error() == expected);
  CHECK(missing.as<item>().error() == expected);
  CHECK(missing.value().error() == simdjson::NO_SUCH_FIELD);
  std::optional<int> nothing = 3;
  REQUIRE(missing.read_into(nothing));
  CHECK_FALSE(nothing);
}

TEST_CASE("event: a simdjson object or array can only be viewed if the type is right", "[event]") {
  held_event held("[1]");
  simdjson::ondemand::array array;
  REQUIRE(held().read_into(array));
  CHECK(array.count_elements().value() == 1);
  simdjson::ondemand::object object;
  const auto done = held().read_into(object);
  REQUIRE_FALSE(done);
  CHECK(done.error().message == "event: expected an object, got an array");
}
