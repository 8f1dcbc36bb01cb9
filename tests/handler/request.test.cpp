#include <lambda_proc/handler/request.hpp>

#include <lambda_proc/events/attribute_value.hpp>
#include <lambda_proc/testing.hpp>
#include <lambda_proc/wire/lines.hpp>
#include <lambda_proc/wire/openwhisk.hpp>

#include "conformance.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

// Requests that hosts should not send. Each line must get exactly one reply, which is valid JSON, and the next line
// must be served.

using lambda_proc::context;
using lambda_proc::event;
using lambda_proc::failure;
using lambda_proc::raw_json;
using lambda_proc::reply_to;
using lambda_proc::result;
namespace ondemand = simdjson::ondemand;
using namespace std::string_literals;

namespace hostile {

// Any JSON value, decoded completely.
struct any {
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, std::vector<any>,
               std::map<std::string, any>>
      value;
};
result<void> from_json(ondemand::value& value, any& out) { return lambda_proc::decode(value, out.value); }
void to_json(lambda_proc::json_writer& writer, const any& value) { lambda_proc::encode(writer, value.value); }

struct order {
  std::string_view sku;
  std::optional<double> price;
};
struct with_raw {
  raw_json a;
  std::optional<raw_json> b;
};

}  // namespace hostile

using namespace hostile;

namespace {

// Handlers that return their event, one for each type that can take it.
result<raw_json> echo_event(event e) { return e.raw(); }
raw_json echo_text(event e) { return raw_json{e.text()}; }
raw_json echo_raw(raw_json json) { return json; }
result<any> echo_as(event e) { return e.as<any>(); }
const any& echo_any(const any& value) { return value; }
result<raw_json> echo_view(ondemand::value value) {
  ondemand::json_type type;
  if (value.type().get(type)) return failure{"bad_type", "no JSON type"};
  std::string_view text;
  simdjson::error_code code = simdjson::SUCCESS;
  if (type == ondemand::json_type::object) {
    ondemand::object object;
    code = value.get_object().get(object);
    if (!code) code = object.raw_json().get(text);
  } else if (type == ondemand::json_type::array) {
    ondemand::array array;
    code = value.get_array().get(array);
    if (!code) code = array.raw_json().get(text);
  } else {
    text = value.raw_json_token();
  }
  if (code) return failure{"bad_text", simdjson::error_message(code)};
  return raw_json{text.substr(0, text.find_last_not_of(" \t\r") + 1)};
}
order echo_order(const order& o) { return o; }

using echo = std::string (*)(std::string_view input);
template <auto Handler>
std::string serve(std::string_view input) {
  return reply_to(Handler, input);
}
// Handlers that take the whole event; all_handlers adds one that takes only some members.
constexpr std::pair<std::string_view, echo> whole_event_handlers[] = {
    {"event.raw()", &serve<&echo_event>}, {"event.text()", &serve<&echo_text>},
    {"raw_json", &serve<&echo_raw>},      {"event.as<any>()", &serve<&echo_as>},
    {"any", &serve<&echo_any>},           {"ondemand::value", &serve<&echo_view>},
};
constexpr std::pair<std::string_view, echo> all_handlers[] = {
    whole_event_handlers[0], whole_event_handlers[1], whole_event_handlers[2],       whole_event_handlers[3],
    whole_event_handlers[4], whole_event_handlers[5], {"order", &serve<&echo_order>}};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

const std::string good_line = R"({"event":{"sku":"A7"},"context":{}})";

bool is_good(const std::string& reply, std::size_t number) {
  return reply == R"({"proc_req_id":)" + std::to_string(number) + R"(,"error":null,"data":{"sku":"A7"}})";
}

bool is_failure(const std::string& reply) {
  const auto json = nlohmann::json::parse(reply, nullptr, false);
  return json.is_object() && json["error"].is_string() && json["data"].is_null();
}

std::string event_line(std::string_view event) { return "{\"event\":" + std::string(event) + "}"; }

// Sends `line` between two valid lines, checks the replies to those, and returns the reply to `line`.
std::string reply_between(echo handler, const std::string& line) {
  const auto replies = lines_of(handler(good_line + "\n" + line + "\n" + good_line + "\n"));
  REQUIRE(replies.size() == 3);
  REQUIRE(is_good(replies[0], 0));
  REQUIRE(is_good(replies[2], 2));
  REQUIRE(lambda_proc::detail::is_json(replies[1]));
  return replies[1];
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

constexpr std::size_t million = 1'000'000;

std::string million_keys() {
  std::string text = R"({"0":0)";
  for (std::size_t i = 1; i < million; ++i) text += ",\"" + std::to_string(i) + "\":0";
  return text + "}";
}

// Lines that are not a request for any handler.
std::vector<std::string> no_requests() {
  return {
      "garbage",
      "null",
      "true",
      "7",
      "\"text\"",
      "[]",
      R"([{"event":1}])",
      "{",
      "}",
      "{}}",
      "{{}}",
      R"({"event":1)",
      R"({"event")",
      R"({"event":)",
      R"({"event":})",
      R"({"event":1,})",
      R"({"event":1,,"context":{}})",
      R"({"event" 1})",
      R"({event:1})",
      R"({'event':1})",
      R"({"event":1}x)",
      R"({"event":1}})",
      R"({"event":1}])",
      R"({"event":1} {"event":2})",
      R"({"event":1}{"event":2})",
      R"({"event":1},)",
      R"({"event":1}null)",
      R"({"event":1 2})",
      R"({"event":1 "context":{}})",
      R"({"event":{"a":1})",
      R"({"event":[1})",
      R"({"event":"a})",
      R"({"event":"\"})",
      R"({"event":1,"\q":2})",
      R"({5:1,"event":1})",
      "{\"event\":\"\xFF\"}",
      "{\"event\":\"\xC3\"}",
      "{\"\xFF\":1}",
      "\xFF",
      "{\"event\":\"a\tb\"}",
      "{\"event\":\"a\rb\"}",
      "{\"event\":\"\x01\"}",
      "{\"event\":\"a\0b\"}"s,
      "\0"s,
      "{\"event\":1}\0"s,
      "\0{\"event\":1}"s,
      "{\"event\":1\0}"s,
      "\xEF\xBB\xBF",
      "\xEF\xBB\xBFnull",

      "{\"event\":1}\xEF\xBB\xBF",
      "\xFF\xFE{\0"s,
      "\x1F",
      "\v",
      "\f{}",
      R"({"id":true,"event":1})",
      R"({"id":{},"event":1})",
      R"({"id":[1],"event":1})",
      R"({"id":1x,"event":1})",
      R"({"id":"\q","event":1})",
      "#",
      "//",
      "/* */",
      "-",
      "\\",
      "\\n",
  };
}

}  // namespace

TEST_CASE("request: an invalid line gets a failure with every form of handler, and the next line is served",
          "[request]") {
  for (const auto& line : no_requests()) {
    for (const auto& [name, handler] : all_handlers) {
      INFO(name << ": " << line);
      CHECK(is_failure(reply_between(handler, line)));
    }
  }
}

TEST_CASE("request: a line that is not a request is an invalid_request", "[request]") {
  CHECK(reply_to(echo_raw, "garbage").find("invalid_request: ") != std::string::npos);
  CHECK(reply_to(echo_raw, "[1]").find("invalid_request: expected an object with an event") != std::string::npos);
  CHECK(reply_to(echo_raw, R"({"event":1}{"event":2})").find("invalid_request: something follows the request") !=
        std::string::npos);
}

TEST_CASE("request: every line of a stream gets its reply in order, whatever the other lines contain", "[request]") {
  std::string input;
  std::vector<bool> good;
  for (const auto& line : no_requests()) {
    input += line + "\n" + good_line + "\n\n \t\r\n";
    good.insert(good.end(), {false, true});
  }
  for (const auto& [name, handler] : all_handlers) {
    INFO(name);
    const auto replies = lines_of(handler(input));
    REQUIRE(replies.size() == good.size());
    for (std::size_t i = 0; i < replies.size(); ++i) {
      CHECK((good[i] ? is_good(replies[i], i) : is_failure(replies[i])));
    }
  }
}

TEST_CASE("request: blank lines are not requests", "[request]") {
  CHECK(reply_to(echo_raw, "").empty());
  CHECK(reply_to(echo_raw, "\n\n \n\t\n\r\n   \t \r\n").empty());
  CHECK(lines_of(reply_to(echo_raw, "\n" + good_line + "\n\n" + good_line)).size() == 2);
}

TEST_CASE("request: carriage returns, a byte order mark and a missing last newline are accepted", "[request]") {
  const auto replies =
      lines_of(reply_to(echo_raw, "\xEF\xBB\xBF" + good_line + "\r\n" + good_line + "\r\n \r\n" + good_line));
  REQUIRE(replies.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(is_good(replies[i], i));
}

TEST_CASE("request: keys may be escaped and in any order, and unknown ones are skipped", "[request]") {
  const std::string line =
      GENERATE(as<std::string>{},  //
               R"({"\u0065vent":{"sku":"A7"}})", R"({"even\u0074":{"sku":"A7"},"c\u006fntext":{}})",
               R"({"context":{},"event":{"sku":"A7"}})", R"({"x":{"event":1},"event":{"sku":"A7"}})",
               R"({"event ":1,"Event":2,"event":{"sku":"A7"},"eventx":3,"":[]})",
               R"( { "event" : {"sku":"A7"} , "context" : { } } )", "\t{\"event\":\t{\"sku\":\"A7\"}\t}\t");
  for (const auto& [name, handler] : all_handlers) {
    INFO(name << ": " << line);
    CHECK(is_good(handler(line), 0));
  }
}

TEST_CASE("request: the last of equal keys wins", "[request]") {
  for (const auto& [name, handler] : all_handlers) {
    INFO(name);
    CHECK(is_good(handler(R"({"event":1,"event":[2],"event":{"x":3},"event":{"sku":"A7"}})"), 0));
    CHECK(is_good(handler(R"({"context":5,"event":{"sku":"B"},"context":{},"\u0065vent":{"sku":"A7"}})"), 0));
  }
  CHECK(is_good(reply_to(echo_order, R"({"id":1,"event":{"sku":"A7"},"id":null})"), 0));
  CHECK(reply_to(echo_any, R"({"event":{"a":1,"a":2}})") == R"({"proc_req_id":0,"error":null,"data":{"a":2}})");
}

TEST_CASE("request: a missing event is a failure, and null is a value", "[request]") {
  for (const auto& [name, handler] : whole_event_handlers) {
    INFO(name);
    CHECK(is_failure(reply_between(handler, "{}")));
    CHECK(is_failure(reply_between(handler, R"({"context":{}})")));
    CHECK(reply_between(handler, R"({"event":null})") == R"({"proc_req_id":1,"error":null,"data":null})");
  }
}

TEST_CASE("request: a deadline is a number or text, and its fraction is dropped", "[request]") {
  const auto [sent, ms] = GENERATE(table<std::string, std::int64_t>({
      {"1700000000000", 1'700'000'000'000},
      {"1700000000000.5", 1'700'000'000'000},
      {"1.7e12", 1'700'000'000'000},
      {R"("1700000000000")", 1'700'000'000'000},
      {R"("1700000000000.999")", 1'700'000'000'000},
      {"0", 0},
      {"-0.5", -1},
      {"9007199254740991", 9'007'199'254'740'991},
  }));
  INFO(sent);
  const auto deadline = [](const context& ctx) { return ctx.deadline->time_since_epoch().count(); };
  CHECK(reply_to(deadline, R"({"context":{"deadlineMs":)" + sent + "}}") ==
        R"({"proc_req_id":0,"error":null,"data":)" + std::to_string(ms) + "}");
  const auto openwhisk = [](const context& ctx) { return std::vector{ctx.deadline->time_since_epoch().count()}; };
  CHECK(reply_to<lambda_proc::wire::openwhisk>(openwhisk, R"({"deadline":)" + sent + "}") ==
        "[" + std::to_string(ms) + "]");
}

TEST_CASE("request: a context of the wrong type fails handlers that take it", "[request]") {
  const auto asks = [](const context& ctx, raw_json) { return ctx.function_name; };
  const std::string context =
      GENERATE(as<std::string>{}, "1", "\"a\"", "[]", "true", R"({"functionName":1})", R"({"memoryLimitInMB":"a lot"})",
               R"({"memoryLimitInMB":-1})", R"({"deadlineMs":"soon"})", R"({"deadlineMs":""})",
               R"({"deadlineMs":"1x"})", R"({"deadlineMs":"-1e19"})", R"({"deadlineMs":true})",
               R"({"deadlineMs":1e30})", R"({"deadlineMs":9223372036854775808})", R"({"functionName":"\q"})",
               R"({"isDefaultFunctionVersion":1})", R"({"functionName":tru})", "nul", "{,}");
  INFO(context);
  const std::string line = R"({"event":{"sku":"A7"},"context":)" + context + "}";
  const auto replies = lines_of(reply_to(asks, good_line + "\n" + line + "\n" + good_line));
  REQUIRE(replies.size() == 3);
  CHECK(is_failure(replies[1]));
  CHECK(replies[2] == R"({"proc_req_id":2,"error":null,"data":""})");
}

// Conformance to RFC 8259.

TEST_CASE("request: every value that must be accepted is returned unchanged", "[request][conformance]") {
  for (const auto& text : support::must_accept()) {
    const auto expected = nlohmann::json::parse(text);
    for (const auto& [name, handler] : whole_event_handlers) {
      INFO(name << ": " << text);
      const auto reply = nlohmann::json::parse(reply_between(handler, event_line(text)));
      CHECK(reply["error"] == nullptr);
      CHECK(reply["data"] == expected);
    }
  }
}

TEST_CASE("request: every value that must be rejected is a failure", "[request][conformance]") {
  for (const auto& text : support::must_reject()) {
    if (text.find('\n') != std::string::npos) continue;  // several lines
    for (const auto& [name, handler] : whole_event_handlers) {
      INFO(name << ": " << text.substr(0, 200));
      CHECK(is_failure(reply_between(handler, event_line(text))));
    }
  }
}

TEST_CASE("request: every truncation of a request is a failure", "[request]") {
  const std::string line =
      R"({"event":{"sku":"A7\u00e9\n","price":-1.5e+3,"x":[true,false,null,{"y":[]}]},"context":{"functionName":"f"}})";
  for (std::size_t size = 1; size < line.size(); ++size) {
    for (const auto& [name, handler] : all_handlers) {
      INFO(name << ": " << line.substr(0, size));
      CHECK(is_failure(reply_between(handler, line.substr(0, size))));
    }
  }
}

TEST_CASE("request: with any byte changed there is still one reply, and the next line is served", "[request]") {
  const std::string line = R"({"event":{"sku":"A\u0037","price":-1.5e+3,"x":[true,null,{}]},"context":{"a":1}})";
  constexpr char bytes[] = {'\0', '\t', '\r', ' ', '"', '\\', '{', '}',    '[',
                            ']',  ',',  ':',  '0', '-', 'e',  't', '\x80', '\xFF'};
  for (const auto& [name, handler] : all_handlers) {
    for (std::size_t place = 0; place < line.size(); ++place) {
      for (const char byte : bytes) {
        std::string changed = line;
        changed[place] = byte;
        INFO(name << ": " << changed);
        reply_between(handler, changed);
      }
    }
  }
}

// Edge cases of strings and numbers.

TEST_CASE("request: a lone surrogate is a failure if it is decoded, and accepted as raw text", "[request]") {
  const std::string text =
      GENERATE(as<std::string>{}, R"("\ud800")", R"("\udc00")", R"("\ud800\ud800")", R"("\ud800x")");
  CHECK(is_failure(reply_between(&serve<&echo_any>, event_line(text))));
  CHECK(is_failure(reply_between(&serve<&echo_order>, event_line(R"({"sku":)" + text + "}"))));
  // The grammar allows it, and JSON.parse accepts it.
  CHECK(reply_between(&serve<&echo_raw>, event_line(text)) == R"({"proc_req_id":1,"error":null,"data":)" + text + "}");
}

TEST_CASE("request: numbers out of range are accepted as raw text, and fail as numbers", "[request]") {
  const std::string text = GENERATE(as<std::string>{}, "1e400", "-1e400");
  CHECK(reply_between(&serve<&echo_raw>, event_line(text)) == R"({"proc_req_id":1,"error":null,"data":)" + text + "}");
  CHECK(is_failure(reply_between(&serve<&echo_any>, event_line(text))));
  CHECK(is_failure(reply_between(&serve<&echo_order>, event_line(R"({"sku":"a","price":)" + text + "}"))));
}

TEST_CASE("request: integers of twenty digits are exact as raw text, and otherwise become doubles", "[request]") {
  const std::string text = GENERATE(as<std::string>{}, "18446744073709551616", "99999999999999999999",
                                    "-9223372036854775809", "-99999999999999999999");
  CHECK(reply_between(&serve<&echo_raw>, event_line(text)) == R"({"proc_req_id":1,"error":null,"data":)" + text + "}");
  const auto reply = nlohmann::json::parse(reply_between(&serve<&echo_any>, event_line(text)));
  CHECK(reply["data"].get<double>() == std::stod(text));
  CHECK(is_failure(reply_to([](std::int64_t n) { return n; }, event_line(text))));
  CHECK(is_failure(reply_to([](std::uint64_t n) { return n; }, event_line(text))));
}

TEST_CASE("request: minus zero keeps its sign", "[request]") {
  CHECK(reply_to(echo_raw, event_line("-0")).ends_with("\"data\":-0}"));
  CHECK(reply_to([](double d) { return d; }, event_line("-0.0")).ends_with("\"data\":-0}"));
}

// Large requests.

TEST_CASE("request: a million brackets are a failure in every form of handler", "[request][large]") {
  using pair = std::pair<std::string, std::string>;
  const pair brackets = GENERATE(pair{"[", "]"}, pair{R"({"a":)", "}"}, pair{R"([{"a":)", "}]"});
  const std::string& open = brackets.first;
  const std::string& close = brackets.second;
  // A million bytes of opening brackets.
  const std::size_t depth = million / open.size();
  const std::string opened = repeated(open, depth);
  const std::string closed = opened + "1" + repeated(close, depth);
  const std::string bomb = GENERATE_COPY(opened, event_line(opened), event_line(closed),
                                         event_line(R"({"sku":)" + closed + "}"), repeated(close, depth));
  for (const auto& [name, handler] : all_handlers) {
    INFO(name << ": " << bomb.substr(0, 30));
    CHECK(is_failure(reply_between(handler, bomb)));
  }
}

TEST_CASE("request: a context of a million brackets is a failure, also if it is not read", "[request][large]") {
  const std::string line =
      R"({"event":{"sku":"A7"},"context":)" + repeated("[", million) + repeated("]", million) + "}";
  for (const auto& [name, handler] : all_handlers) {
    INFO(name);
    const std::string reply = reply_between(handler, line);
    CHECK(is_failure(reply));
  }
}

TEST_CASE("request: a request with a million unknown keys is served", "[request][large]") {
  const std::string text = million_keys();
  CHECK(is_good(reply_to(echo_order, event_line(R"({"sku":"A7",)" + text.substr(1))), 0));
  CHECK(reply_to(echo_raw, event_line(text)) == R"({"proc_req_id":0,"error":null,"data":)" + text + "}");
}

TEST_CASE("request: a million keys can be decoded into a map", "[request][large]") {
  const auto count = [](const std::map<std::string, int>& all) { return all.size(); };
  CHECK(reply_to(count, event_line(million_keys())) == R"({"proc_req_id":0,"error":null,"data":1000000})");
}

TEST_CASE("request: a line with a million keys besides the event is served, even if they are equal",
          "[request][large]") {
  CHECK(is_good(reply_to(echo_order, "{" + repeated(R"("event":0,)", million) + good_line.substr(1)), 0));
  CHECK(is_good(reply_to(echo_order, "{" + repeated(R"("\u0065vent":[],)", million) + good_line.substr(1)), 0));
}

// Text that On-Demand parsing does not validate by itself.

// A parser that only counts brackets skips each of these without an error.
std::string lazily_invalid() {
  return GENERATE(as<std::string>{}, R"({"a":tru})", R"({"a":nul})", R"({"a":1x})", R"({"a":01})", R"({"a":"\q"})",
                  R"({"a" 1})", R"({"a":1 "b":2})", R"({"a":[1 2]})", R"({"a":[1}})", R"({a:1})", R"({"a":1,})",
                  R"({"a":[,]})", R"({"a":{"b":{"c":[fals]}}})", R"({"a":"\u12"})", "[tru]", "[1x]", "[1}", "[1 2]",
                  "[1,]", R"(["\q"])", "tru", "1x", R"("\q")", "-", "01", R"(["x":}])", R"(["x":1])", R"("x":1)",
                  R"({"p":"x":1,"y":2})", R"({"p":["x" :2]})", R"(12abc)", "[1 2 ,, ]", "1\0"s, R"({"a":1,,"b":2})",
                  R"({"a"})", "[}", R"("\q")");
}

TEST_CASE("request: invalid JSON that lazy parsing misses reaches no reply, with any form of handler",
          "[request][lazy]") {
  const std::string text = lazily_invalid();
  INFO(text);
  for (const auto& [name, handler] : whole_event_handlers) {
    INFO(name);
    CHECK(is_failure(reply_between(handler, event_line(text))));
  }
  const auto raw_members = [](const with_raw& w) { return w; };
  CHECK(is_failure(reply_to(raw_members, event_line(R"({"a":)" + text + "}"))));
  CHECK(is_failure(reply_to(raw_members, event_line(R"({"a":1,"b":)" + text + "}"))));
  CHECK(is_failure(
      reply_to([](const std::map<std::string, raw_json>& m) { return m; }, event_line(R"({"a":)" + text + "}"))));
  CHECK(is_failure(reply_to([](const std::vector<raw_json>& v) { return v; }, event_line("[1," + text + "]"))));
  const auto client = [](const context& ctx) { return raw_json{ctx.client_context}; };
  CHECK(is_failure(reply_to(client, R"({"context":{"clientContext":)" + text + "}}")));
  const auto identity = [](const context& ctx) { return raw_json{ctx.identity}; };
  CHECK(is_failure(reply_to(identity, R"({"context":{"identity":)" + text + "}}")));
}

// Puts `member` in each place of a request that the handler does not read, and returns for each place whether the reply
// was a success.
std::vector<std::pair<std::string, bool>> with_skipped(const std::string& member) {
  const auto good = [](auto handler, const std::string& line) {
    return reply_to(handler, line).starts_with(R"({"proc_req_id":0,"error":null)");
  };
  const auto typed = [](const order& o) { return o; };
  const auto as = [](event e) { return e.as<order>(); };
  const auto nothing = [] {};
  const auto only_context = [](const context& ctx) { return ctx.function_name; };
  const auto both = [](const context& ctx, const order& o) { return std::pair(ctx.function_name, o); };
  const auto attribute = [](const lambda_proc::events::attribute_value&) {};
  const std::string in_event = event_line(R"({"sku":"A7",)" + member + "}");
  const std::string in_part = event_line(R"([{"sku":"A7",)" + member + "}]");
  const std::string in_context = R"({"event":{"sku":"A7"},"context":{)" + member + "}}";
  const std::string before_event = "{" + member + R"(,"event":{"sku":"A7"}})";
  return {
      {"a member of a struct", good(typed, in_event)},
      {"the same, read later", good(as, in_event)},
      {"a member of an element", good([](const std::vector<order>& orders) { return orders; }, in_part)},
      {"a member of an alternative", good([](const std::variant<int, order>& one) { return one; }, in_event)},
      {"an event", good(nothing, in_event)},
      {"an event beside a context", good(only_context, in_event)},
      {"a context", good(typed, in_context)},
      {"a context beside nothing", good(nothing, in_context)},
      {"a member of a context", good(only_context, in_context)},
      {"a member of a context beside an event", good(both, in_context)},
      {"a member of the request", good(typed, before_event)},
      {"a member of the request beside nothing", good(nothing, before_event)},
      {"a DynamoDB value of an unknown type", good(attribute, event_line(R"({"S":"x",)" + member + "}"))},
      {"a member of OpenWhisk's request",
       reply_to<lambda_proc::wire::openwhisk>(typed, R"({"value":{"sku":"A7"},)" + member + "}")
           .starts_with(R"({"sku")")},
  };
}

TEST_CASE("request: a value that no handler reads must be valid JSON, too", "[request][lazy]") {
  const std::string text = lazily_invalid();
  const std::string member = GENERATE_REF(values({R"("zz":)" + text, R"("zz":[1,{"y":)" + text + "}]"}));
  for (const auto& [place, answered] : with_skipped(member)) {
    INFO(place << ": " << member);
    CHECK_FALSE(answered);
  }
}

TEST_CASE("request: the key of a member that no handler reads must be valid JSON, too", "[request][lazy]") {
  const std::string key =
      GENERATE(as<std::string>{}, R"("\q")", R"("\u12")", R"("\u12x4")", R"("aaaaaaaaaaaaaaaaaaa\x")");
  for (const std::string& member : {key + ":1", R"("zz":{)" + key + ":1}"}) {
    for (const auto& [place, answered] : with_skipped(member)) {
      INFO(place << ": " << member);
      CHECK_FALSE(answered);
    }
  }
}

TEST_CASE("request: a value that no handler reads may be any JSON", "[request][lazy]") {
  const std::string member =
      GENERATE(as<std::string>{}, R"("zz":null)", R"("z\u00e9\ud834\udd1e\/":"\ud800 \" \\")", R"("zz" : [ ] )",
               R"("zz":[1,-0.5e+300,1e-5,[[]],{},"",true,false,null,{"a":{"b":[{}]}}])", R"("":"€ ü 🎉")");
  for (const auto& [place, answered] : with_skipped(member)) {
    INFO(place << ": " << member);
    CHECK(answered);
  }
}

TEST_CASE("request: a value that no handler reads has a limit on nesting", "[request][lazy]") {
  const auto nested = [](std::size_t depth) { return R"("zz":)" + repeated("[", depth) + repeated("]", depth); };
  for (const auto& [place, answered] : with_skipped(nested(1000))) {
    INFO(place);
    CHECK(answered);
  }
  for (const auto& [place, answered] : with_skipped(nested(1025))) {
    INFO(place);
    CHECK_FALSE(answered);
  }
  CHECK(reply_to(echo_order, event_line("{" + nested(1025) + "}")).find("nested too deep") != std::string::npos);
}

TEST_CASE("request: text that is not a value is not skipped as if it were one", "[request][lazy]") {
  // simdjson would skip a string followed by a colon as a key, and the bracket after it as its value.
  for (const std::string_view line : {
           R"({"id":"a":1},"event":{"sku":"A7"}})",
           R"({"id":"a":1,"event":{"sku":"A7"}})",
           R"({"other":"x":1,"event":{"sku":"A7"}})",
           R"({"event":"x":{"id":2}}})",
           R"({"event":"x":1,"context":{}})",
           R"({"event":{"sku":"A7","other":"x":},"id":1}})",
           R"({"event":{"sku":"A7","other":"x" : 1},"id":1})",
           R"({"event":{"sku":"A7","other":}},"id":1})",
           R"({"other":},"event":{"sku":"A7"}})",
           R"({"event":{"sku":"A7","other":,"id":1}})",
       }) {
    INFO(line);
    for (const auto& [name, handler] : all_handlers) {
      INFO(name);
      CHECK(is_failure(reply_between(handler, std::string(line))));
    }
  }
  const auto asks = [](const context& ctx) { return ctx.function_name; };
  CHECK(is_failure(reply_to(asks, R"({"context":{"other":"x":1,"functionName":"f"}})")));
}

TEST_CASE("request: if the whole line is the event, only objects and arrays are decoded while the line is parsed",
          "[request]") {
  const std::string line = GENERATE("{}", "[1]", R"({"sku":"A7"})");
  const auto fails = [&](auto handler) {
    const auto json = nlohmann::json::parse(reply_to<lambda_proc::wire::lines>(handler, line), nullptr, false);
    return json.is_object() && json.contains("error");
  };
  CAPTURE(line);
  CHECK(fails([](bool) {}));
  CHECK(fails([](double) {}));
  CHECK(fails([](std::int64_t) {}));
  CHECK(fails([](std::uint8_t) {}));
  CHECK(fails([](const std::string&) {}));
  CHECK(fails([](std::optional<double>) {}));
  const auto optional_map = [](const std::optional<std::map<std::string, std::string>>& fields) { return fields; };
  const auto map = [](const std::map<std::string, std::string>& fields) { return fields; };
  CHECK(reply_to<lambda_proc::wire::lines>(optional_map, line) == reply_to<lambda_proc::wire::lines>(map, line));
  CHECK(fails(optional_map) == line.starts_with('['));
}

TEST_CASE("request: an event can be walked and then sliced, and sliced and then walked", "[request][lazy]") {
  const auto walk_then_slice = [](event e) -> result<raw_json> {
    if (auto all = e.as<any>(); !all) return std::move(all).error();
    return e.raw();
  };
  const auto slice_then_walk = [](event e) -> result<any> {
    if (auto text = e.raw(); !text) return std::move(text).error();
    return e.as<any>();
  };
  for (const std::string text : {R"({"a":[1,{"b":"c"}]})", R"([[],{},"a"])", "7", "\"a\"", "{}", "[]", "null"}) {
    CHECK(reply_to(walk_then_slice, event_line(text)) == R"({"proc_req_id":0,"error":null,"data":)" + text + "}");
    CHECK(reply_to(slice_then_walk, event_line(text)) == R"({"proc_req_id":0,"error":null,"data":)" + text + "}");
  }
}

TEST_CASE("request: unescaped strings stay valid whenever the event is read again", "[request][lazy]") {
  const auto handler = [](const context& ctx, event e) -> result<std::string> {
    auto first = e.as<order>();
    if (!first) return std::move(first).error();
    std::string all;
    for (int i = 0; i < 5; ++i) {
      auto again = e.as<order>();
      if (!again) return std::move(again).error();
      all.append(again->sku);
      if (const auto value = e.value(); value.error()) return failure{"no", "value"};
    }
    return all.append(first->sku).append(ctx.function_name);
  };
  CHECK(reply_to(handler, R"({"event":{"sku":"\u0041\u0042"},"context":{"functionName":"\u0043"}})") ==
        R"({"proc_req_id":0,"error":null,"data":"ABABABABABABC"})");
}

TEST_CASE("request: an event is decoded while its request is parsed, and stored for later if that fails", "[request]") {
  std::int64_t target = 0;
  lambda_proc::request request;
  request.read_events_with({&target, [](void* into, ondemand::value& value) {
                              const auto code = value.get_int64().get(*static_cast<std::int64_t*>(into));
                              return code ? lambda_proc::event_reader::outcome::failed
                                          : lambda_proc::event_reader::outcome::done;
                            }});
  const auto read = [&](std::string line, bool ahead) {
    static std::string padded;
    padded = std::move(line);
    padded.reserve(padded.size() + lambda_proc::line_reader::padding);
    request.restart(0);
    if (ahead) request.read_ahead();
    return lambda_proc::wire::lambda_proc::read(padded, request).has_value();
  };

  REQUIRE(read(R"({"event":7,"id":"x"})", true));
  CHECK(request.event_was_read());
  CHECK(target == 7);
  CHECK_FALSE(request.event().has_value());

  CHECK_FALSE(read(R"({"event":"seven","id":"x"})", true));
  CHECK(request.must_be_reread());
  REQUIRE(read(R"({"event":"seven","id":"x"})", false));
  CHECK_FALSE(request.must_be_reread());
  CHECK_FALSE(request.event_was_read());
  CHECK(request.event().text() == R"("seven")");
  CHECK(request.id == R"("x")");
}

TEST_CASE("request: if the whole line is the event, it is decoded early if possible, and stored otherwise",
          "[request]") {
  const bool reads_roots = GENERATE(true, false);
  lambda_proc::request request;
  request.read_events_with({nullptr,
                            [](void*, ondemand::value& value) {
                              ondemand::object object;
                              std::string_view text;
                              return value.get_object().get(object) || object.raw_json().get(text)
                                         ? lambda_proc::event_reader::outcome::failed
                                         : lambda_proc::event_reader::outcome::done;
                            },
                            reads_roots});
  std::string line = R"({"sku":"A7"})";
  line.reserve(line.size() + lambda_proc::line_reader::padding);
  request.restart(0);
  request.read_ahead();
  REQUIRE(lambda_proc::wire::lines::read(line, request));
  CHECK(request.event_was_read() == reads_roots);
  CHECK(request.event().has_value() != reads_roots);
}
