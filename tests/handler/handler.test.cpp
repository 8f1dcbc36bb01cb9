#include <lambda_proc/handler/handler.hpp>

#include <lambda_proc/testing.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::context;
using lambda_proc::event;
using lambda_proc::failure;
using lambda_proc::handler;
using lambda_proc::raw_json;
using lambda_proc::reply_to;
using lambda_proc::result;
using simdjson::simdjson_result;
namespace ondemand = simdjson::ondemand;
using namespace std::string_literals;

namespace app {

struct order {
  std::string_view sku;
  std::uint32_t count;
};
struct receipt {
  std::string_view sku;
  std::uint32_t cents;
};

struct no_stock : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A type with the interface of std::expected.
template <class T, class E>
class expected {
 public:
  using value_type = T;
  expected(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  expected(E error, int) : state_(std::in_place_index<1>, std::move(error)) {}
  bool has_value() const { return state_.index() == 0; }
  T& operator*() { return std::get<0>(state_); }
  E& error() & { return std::get<1>(state_); }
  const E& error() const& { return std::get<1>(state_); }
  E&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, E> state_;
};

struct throws_when_read {};
result<void> from_json(ondemand::value&, throws_when_read&) { throw std::runtime_error("read"); }

struct counted {
  static inline int readings = 0;
};
simdjson::error_code from_json(ondemand::value& value, counted&) {
  ++counted::readings;
  std::string_view text;
  return value.get_string().get(text);
}
struct counts {
  counted first;
  std::variant<std::monostate, counted, std::string_view> second;
};

struct half_written {};
void to_json(lambda_proc::json_writer& writer, const half_written&) {
  writer.begin_object();
  writer.key("a");
  writer.string("half");
  throw no_stock("in the middle");
}

receipt price(const order& o) { return {o.sku, o.count * 300}; }
receipt price_by_value(order o) noexcept { return {o.sku, o.count * 300}; }
receipt price_with_context(const context& ctx, const order& o) { return {ctx.function_name, o.count * 300}; }
std::string_view name_of(const context& ctx) { return ctx.function_name; }
int seven() { return 7; }
void nothing() {}
std::size_t event_size(event e) { return e.text().size(); }
std::size_t event_size_with_context(const context&, const event& e) { return e.text().size(); }

struct service {
  std::uint32_t cents = 300;
  receipt price(const order& o) { return {o.sku, o.count * cents}; }
  receipt price_const(const context&, order o) const noexcept { return {o.sku, o.count * cents}; }
  std::uint32_t constant() const { return cents; }
  std::size_t size(event e) { return e.text().size(); }
};
std::uint32_t times(std::uint32_t factor, const order& o) { return factor * o.count; }
std::uint32_t times_noexcept(std::uint32_t factor, const order& o) noexcept { return factor * o.count; }

}  // namespace app

namespace {

constexpr std::string_view request =
    R"({"event":{"sku":"A7","count":3},"context":{"functionName":"f","awsRequestId":"r"}})";
const std::string receipt_reply = R"({"proc_req_id":0,"error":null,"data":{"sku":"A7","cents":900}})";

std::string good(std::string_view data) { return R"({"proc_req_id":0,"error":null,"data":)" + std::string(data) + "}"; }
std::string bad(std::string_view error) {
  return R"({"proc_req_id":0,"error":")" + std::string(error) + R"(","data":null})";
}

std::string reply(auto&& callable) { return reply_to(callable, request); }
std::string reply_for(auto&& callable, std::string_view event) {
  return reply_to(callable, "{\"event\":" + std::string(event) + "}");
}

}  // namespace

// Which callables are handlers.

TEST_CASE("handler: functions and function pointers are handlers", "[handler]") {
  CHECK(reply(app::price) == receipt_reply);
  CHECK(reply(&app::price) == receipt_reply);
  CHECK(reply(app::price_by_value) == receipt_reply);
  CHECK(reply(&app::price_by_value) == receipt_reply);
  CHECK(reply(app::price_with_context) == good(R"({"sku":"f","cents":900})"));
  CHECK(reply(app::name_of) == good(R"("f")"));
  CHECK(reply(&app::seven) == good("7"));
  CHECK(reply(app::nothing) == good("null"));
  CHECK(reply(app::event_size) == good("22"));
  CHECK(reply(&app::event_size_with_context) == good("22"));
}

TEST_CASE("handler: lambdas of all four forms are handlers", "[handler]") {
  CHECK(reply([](const app::order& o) { return o.count; }) == good("3"));
  CHECK(reply([](app::order o) { return o.count; }) == good("3"));
  CHECK(reply([](const context& ctx, const app::order& o) {
          return std::pair{ctx.function_name, o.count};
        }) == good(R"(["f",3])"));
  CHECK(reply([](const context& ctx, app::order o) {
          return std::pair{ctx.aws_request_id, o.count};
        }) == good(R"(["r",3])"));
  CHECK(reply([](const context& ctx) { return ctx.function_name; }) == good(R"("f")"));
  CHECK(reply([] { return 7; }) == good("7"));
  CHECK(reply([]() noexcept {}) == good("null"));
}

TEST_CASE("handler: a lambda may be mutable", "[handler]") {
  auto counter = [n = 0](const app::order&) mutable { return ++n; };
  const std::string replies = reply_to(counter, std::string(request) + "\n" + std::string(request));
  CHECK(replies.ends_with(R"({"proc_req_id":1,"error":null,"data":2})"));
}

TEST_CASE("handler: a lambda may be move-only", "[handler]") {
  CHECK(reply([p = std::make_unique<int>(5)](const app::order&) { return *p; }) == good("5"));
}

TEST_CASE("handler: a generic lambda is called with an event", "[handler]") {
  CHECK(reply([](auto e) { return e.template as<app::order>()->count; }) == good("3"));
  CHECK(reply([](const auto& e) { return e.raw(); }) == good(R"({"sku":"A7","count":3})"));
  CHECK(reply([](auto&&... arguments) { return sizeof...(arguments); }) == good("1"));
  CHECK(reply([](const context& ctx, auto e) {
          return std::pair{ctx.function_name, e.text().size()};
        }) == good(R"(["f",22])"));
  CHECK(reply([](const auto& ctx, const auto&) { return ctx.function_name; }) == good(R"("f")"));
}

TEST_CASE("handler: function objects are handlers", "[handler]") {
  struct functor {
    int calls = 0;
    int operator()(const app::order&) { return ++calls; }
  };
  struct constant {
    int operator()(const context&, app::order) const noexcept { return 4; }
  };
  struct overloaded {
    int operator()(event) const { return 1; }
    int operator()(int) const { return 2; }
  };
  functor mine;
  CHECK(reply(mine) == good("1"));
  CHECK(mine.calls == 1);
  CHECK(reply(constant{}) == good("4"));
  CHECK(reply(overloaded{}) == good("1"));
  const constant fixed;
  CHECK(reply(fixed) == good("4"));
  CHECK(reply(std::function<int(const app::order&)>([](const app::order& o) { return static_cast<int>(o.count); })) ==
        good("3"));
}

TEST_CASE("handler: the result of std::bind_front is a handler", "[handler]") {
  app::service it{500};
  const app::service& fixed = it;
  CHECK(reply(std::bind_front(&app::service::price, &it)) == good(R"({"sku":"A7","cents":1500})"));
  CHECK(reply(std::bind_front(&app::service::price_const, &fixed)) == good(R"({"sku":"A7","cents":1500})"));
  CHECK(reply(std::bind_front(&app::service::price, app::service{100})) == good(R"({"sku":"A7","cents":300})"));
  CHECK(reply(std::bind_front(&app::service::constant, std::ref(it))) == good("500"));
  CHECK(reply(std::bind_front(&app::service::size, &it)) == good("22"));
  CHECK(reply(std::bind_front(&app::times, 2U)) == good("6"));
  CHECK(reply(std::bind_front(&app::times_noexcept, 2U)) == good("6"));
}

TEST_CASE("handler: a callable of another form is refused", "[handler]") {
  const auto none = []<class Callable>(const Callable&) { return !handler<Callable>; };
  STATIC_CHECK(none([](app::order, app::order) {}));
  STATIC_CHECK(none([](app::order&) {}));
  STATIC_CHECK(none([](app::order&&) {}));
  STATIC_CHECK(none([](context) {}));
  STATIC_CHECK(none([](context&) {}));
  STATIC_CHECK(none([](const app::order&, const context&) {}));
  STATIC_CHECK(none([](const context&, const app::order&, int) {}));
  STATIC_CHECK(none([](int*) {}));
  STATIC_CHECK(none([](const char*) {}));
  STATIC_CHECK(none([](wchar_t) {}));
  STATIC_CHECK(none([] { return L'c'; }));
  STATIC_CHECK(none([]() -> int* { return nullptr; }));
  STATIC_CHECK(none([] { return std::vector<int*>{}; }));
  STATIC_CHECK(none([]() -> result<int*> { return nullptr; }));
  STATIC_CHECK_FALSE(handler<int>);
  STATIC_CHECK_FALSE(handler<app::order>);
  STATIC_CHECK(handler<decltype([](const context&) {})>);
}

// Which types a handler may take.

TEST_CASE("handler: the event may have any decodable type", "[handler]") {
  CHECK(reply_for([](int n) { return n + 1; }, "41") == good("42"));
  CHECK(reply_for([](const bool& b) { return !b; }, "true") == good("false"));
  CHECK(reply_for([](std::string_view s) { return s.size(); }, R"("\u0061b")") == good("2"));
  CHECK(reply_for([](const std::string& s) { return s; }, R"("ab")") == good(R"("ab")"));
  CHECK(reply_for([](const std::vector<int>& v) { return v.size(); }, "[1,2]") == good("2"));
  CHECK(reply_for([](std::variant<int, std::string> v) { return v.index(); }, R"("a")") == good("1"));
  CHECK(reply_for([](std::unique_ptr<int> p) { return *p; }, "3") == good("3"));
  CHECK(reply_for([](const std::map<std::string, int>& m) { return m; }, R"({"a":1})") == good(R"({"a":1})"));
}

TEST_CASE("handler: the event may be taken as event, raw text or simdjson's views", "[handler]") {
  CHECK(reply([](event e) { return e.as<app::order>()->count; }) == good("3"));
  CHECK(reply([](const event& e) { return e.raw(); }) == good(R"({"sku":"A7","count":3})"));
  CHECK(reply([](raw_json json) { return json; }) == good(R"({"sku":"A7","count":3})"));
  CHECK(reply([](const raw_json& json) { return json.text().size(); }) == good("22"));
  CHECK(reply([](ondemand::value v) { return v["count"].get_int64(); }) == good("3"));
  CHECK(reply([](ondemand::object o) { return o["sku"].get_string(); }) == good(R"("A7")"));
  CHECK(reply([](const context& ctx, ondemand::object o) -> simdjson_result<std::string_view> {
          std::string_view sku;
          if (const auto code = o["sku"].get_string().get(sku)) return code;
          return std::string_view(ctx.function_name);
        }) == good(R"("f")"));
  CHECK(reply_for([](ondemand::array a) { return a.count_elements(); }, "[1,2]") == good("2"));
  CHECK(reply_for([](ondemand::value v) { return v.get_int64(); }, "5") == good("5"));
  CHECK(reply_for([](ondemand::object o) { return o.count_fields(); }, "{}") == good("0"));
}

TEST_CASE("handler: an event of the wrong type does not reach the handler", "[handler]") {
  bool called = false;
  CHECK(reply_for([&](const app::order&) { called = true; }, R"({"sku":"A7","count":"3"})") ==
        bad(R"(invalid_event: event.count: expected an unsigned integer, got \"3\")"));
  CHECK(reply_for([&](ondemand::object) { called = true; }, "[1]") ==
        bad("invalid_event: event: expected an object, got an array"));
  CHECK(reply_for([&](ondemand::array) { called = true; }, "null") ==
        bad("invalid_event: event: expected an array, got null"));
  CHECK(reply_for([&](raw_json) { called = true; }, R"({"a":tru})") == bad("invalid_event: event: malformed JSON"));
  CHECK_FALSE(called);
}

TEST_CASE("handler: a missing event is an empty optional, or a failure", "[handler]") {
  const std::string_view without = R"({"context":{}})";
  CHECK(reply_to([](const app::order&) {}, without) == bad("invalid_event: event: missing"));
  CHECK(reply_to([](raw_json) {}, without) == bad("invalid_event: event: missing"));
  CHECK(reply_to([](ondemand::value) {}, without) == bad("invalid_event: event: missing"));
  CHECK(reply_to([](event e) { return e.has_value(); }, without) == good("false"));
  CHECK(reply_to([](std::optional<int> o) { return o.has_value(); }, without) == good("false"));
  CHECK(reply_to([] { return 7; }, without) == good("7"));
}

TEST_CASE("handler: a missing context is empty, and a context of another type is a failure", "[handler]") {
  CHECK(reply_to(app::name_of, R"({"event":1})") == good(R"("")"));
  CHECK(reply_to(app::name_of, R"({"context":null})") == good(R"("")"));
  CHECK(reply_to(app::name_of, R"({"context":[1]})") ==
        bad("invalid_context: context: expected an object, got an array"));
  CHECK(reply_to(app::name_of, R"({"context":{"functionName":7}})") ==
        bad("invalid_context: context.functionName: expected a string, got 7"));
  CHECK(reply_to(app::seven, R"({"context":[1]})") == good("7"));
}

TEST_CASE("handler: a failure has the request's id, whatever its position in the line", "[handler]") {
  const auto nothing = [](const app::order&) {};
  CHECK(reply_to(nothing, R"({"event":{"sku":"A7","count":"3"},"id":"x","context":{}})") ==
        R"({"id":"x","proc_req_id":0,"error":"event.count: expected an unsigned integer, got \"3\"",)"
        R"("error_type":"invalid_event","data":null})");
  CHECK(reply_to(nothing, R"({"event":{"sku":"A7"},"context":[1],"id":"x"})") ==
        R"({"id":"x","proc_req_id":0,"error":"event.count: missing","error_type":"invalid_event","data":null})");
  CHECK(reply_to(nothing, R"({"event":{"sku":"A7","count":3},"id":[1]})") ==
        bad("invalid_request: id: expected a string or a number"));
  CHECK(reply_to([](raw_json) {}, R"({"event":[1,tru],"id":"x"})") ==
        R"({"id":"x","proc_req_id":0,"error":"event: malformed JSON","error_type":"invalid_event","data":null})");
}

TEST_CASE("handler: the last of two events wins", "[handler]") {
  CHECK(reply_to([](const app::order& o) { return o.count; },
                 R"({"event":{"sku":"A7","count":3},"event":{"count":4,"sku":"B"}})") == good("4"));
  CHECK(reply_to([](const app::order& o) { return o.count; }, R"({"event":{"sku":"A7","count":3},"event":{}})") ==
        bad("invalid_event: event.sku: missing"));
  CHECK(reply_to([](raw_json json) { return json; }, R"({"event":[1],"event":"\u0061"})") == good(R"("\u0061")"));
}

TEST_CASE("handler: raw text is checked to its last byte and sent unchanged", "[handler]") {
  const auto echo = [](raw_json json) { return json; };
  for (const std::string json :
       {R"({})", R"([])", R"([[],{}, {"a" : [ ]}])", R"({"a":{"b":[1,-2.5e+3,true,false,null,"\"\\\/\b\f\n\r\t"]}})",
        R"({"\u00e9":"\ud83d\ude00","\ud800":"\udc00"})", R"("plain")", "0", "[1 , 2]"}) {
    CHECK(reply_for(echo, json) == good(json));
    CHECK(reply_for(echo, " " + json + " ") == good(json));
  }
  for (const std::string json :
       {"{,}",         "[,]",   "[1,]",  R"({"a":1,})", R"({"a"})",         R"({"a":})", R"({"a" 1})",
        R"({1:2})",    "[1 2]", "[tru]", "[nul]",       "[truee]",          "[01]",      "[1.]",
        "[.5]",        "[+1]",  "[1e]",  "[-]",         R"(["a"b])",        R"(["\q"])", R"(["\u12g4"])",
        R"({"\q":1})", "[NaN]", "[1}",   R"({"a":1])",  R"({"a":"b","c"})", "['a']"}) {
    INFO(json);
    CHECK(reply_for(echo, json).find("malformed JSON") != std::string::npos);
  }
}

TEST_CASE("handler: an exception from a from_json function is a failure with the request's id", "[handler]") {
  CHECK(reply_to([](const app::throws_when_read&) {}, R"({"event":{"value":1},"id":7})") ==
        R"({"id":7,"proc_req_id":0,"error":"read","error_type":"std::runtime_error","data":null})");
}

TEST_CASE("handler: the request may have context and event in either order", "[handler]") {
  const auto both = [](const context& ctx, ondemand::object o) -> result<std::string> {
    std::string_view sku;
    if (o["sku"].get_string().get(sku)) return failure{"no", "sku"};
    return std::string(ctx.function_name).append(sku);
  };
  CHECK(reply_to(both, R"({"event":{"sku":"\u0041"},"context":{"functionName":"\u0066"}})") == good(R"("fA")"));
  CHECK(reply_to(both, R"({"context":{"functionName":"\u0066"},"event":{"sku":"\u0041"}})") == good(R"("fA")"));
}

TEST_CASE("handler: an event taken by value may be moved from, and the next one is complete", "[handler]") {
  auto taker = [](std::vector<std::string> list) { return list; };
  const std::string line = R"({"event":["a string too long to be a small one","b"]})";
  const std::string replies = reply_to(taker, line + "\n" + line);
  CHECK(replies == R"({"proc_req_id":0,"error":null,"data":["a string too long to be a small one","b"]})"
                   "\n"
                   R"({"proc_req_id":1,"error":null,"data":["a string too long to be a small one","b"]})");
}

// Which types a handler may return.

TEST_CASE("handler: the return value is encoded", "[handler]") {
  CHECK(reply([] { return true; }) == good("true"));
  CHECK(reply([] { return 2.5; }) == good("2.5"));
  CHECK(reply([] { return "text"; }) == good(R"("text")"));
  CHECK(reply([] { return std::optional<int>{}; }) == good("null"));
  CHECK(reply([] { return std::vector<app::receipt>{{"a", 1}}; }) == good(R"([{"sku":"a","cents":1}])"));
  static const std::string kept = "kept";
  CHECK(reply([]() -> const std::string& { return kept; }) == good(R"("kept")"));
}

TEST_CASE("handler: raw JSON is checked and sent unchanged", "[handler]") {
  CHECK(reply([] { return raw_json{"{\"a\": [1]}"}; }) == good("{\"a\": [1]}"));
  CHECK(reply([] { return raw_json{"[1]"s}; }) == good("[1]"));
  CHECK(reply([] { return raw_json{"{\"a\":tru}"}; }) ==
        bad("invalid_reply: the raw JSON of the reply is not valid JSON, or nested too deep"));
  CHECK(reply([] {
          return std::pair{1, raw_json{""}};
        }) == bad("invalid_reply: the raw JSON of the reply is not valid JSON, or nested too deep"));
}

TEST_CASE("handler: a result replies with its value or its failure", "[handler]") {
  CHECK(reply([]() -> result<int> { return 7; }) == good("7"));
  CHECK(reply([]() -> result<int> { return failure{"no_stock", "none left"}; }) == bad("no_stock: none left"));
  CHECK(reply([]() -> result<void> { return {}; }) == good("null"));
  CHECK(reply([]() -> result<void> { return failure{"no_stock", "none left"}; }) == bad("no_stock: none left"));
  CHECK(reply([]() -> result<result<int>> { return result<int>(failure{"inner", "x"}); }) == bad("inner: x"));
}

TEST_CASE("handler: a returned failure fails the request", "[handler]") {
  CHECK(reply([] { return failure{"never", "not today"}; }) == bad("never: not today"));
}

TEST_CASE("handler: a simdjson_result replies with its value, or a failure with simdjson's message", "[handler]") {
  CHECK(reply([](ondemand::object o) { return o["count"].get_uint64(); }) == good("3"));
  CHECK(reply([](ondemand::object o) { return o["price"].get_uint64(); }) ==
        bad(std::string("invalid_event: ") + simdjson::error_message(simdjson::NO_SUCH_FIELD)));
}

TEST_CASE("handler: types like std::expected reply with their value, or their error as a failure", "[handler]") {
  using app::expected;
  using text_error = expected<int, std::string>;
  CHECK(reply([] { return text_error(7); }) == good("7"));
  CHECK(reply([] { return text_error("none left", 0); }) == bad("handler_error: none left"));
  CHECK(reply([] { return expected<int, failure>({"no_stock", "x"}, 0); }) == bad("no_stock: x"));
  CHECK(reply([] {
          return expected<int, std::error_code>(std::make_error_code(std::errc::timed_out), 0);
        }).starts_with(R"({"proc_req_id":0,"error":"generic: )"));
  CHECK(reply([] { return expected<int, simdjson::error_code>(simdjson::INCORRECT_TYPE, 0); }) ==
        bad(std::string("invalid_event: ") + simdjson::error_message(simdjson::INCORRECT_TYPE)));
}

TEST_CASE("handler: a value that can't be encoded is an invalid reply", "[handler]") {
  CHECK(reply([] { return std::chrono::sys_seconds::max(); }) ==
        bad("invalid_reply: a time lies outside of the years 0 to 9999"));
}

TEST_CASE("handler: a request with an id is answered with the id and the type of its failure", "[handler]") {
  const auto fail = []() -> result<int> { return failure{"no_stock", "none left"}; };
  CHECK(reply_to(fail, R"({"id":"x","event":1})") ==
        R"({"id":"x","proc_req_id":0,"error":"none left","error_type":"no_stock","data":null})");
}

// What a handler may throw.

TEST_CASE("handler: an exception is a failure with its type and message", "[handler]") {
  CHECK(reply([]() -> int { throw std::runtime_error("broken"); }) == bad("std::runtime_error: broken"));
  CHECK(reply([]() -> int { throw app::no_stock("none left"); }) == bad("app::no_stock: none left"));
  CHECK(reply([]() -> int { throw std::bad_alloc(); }).starts_with(R"({"proc_req_id":0,"error":"std::bad_alloc: )"));
  CHECK(reply([](ondemand::object o) {
          return std::int64_t{o["sku"]};
        }).starts_with(R"({"proc_req_id":0,"error":"simdjson::simdjson_error: )"));
}

TEST_CASE("handler: an exception whose what() is null is a failure with an empty message", "[handler]") {
  struct silent : std::exception {
    [[nodiscard]] const char* what() const noexcept override { return nullptr; }
  };
  const std::string said = reply([]() -> int { throw silent(); });
  CHECK_THAT(said, Catch::Matchers::ContainsSubstring("silent: \""));
}

TEST_CASE("handler: a thrown value that is not an exception has the type unknown", "[handler]") {
  CHECK(reply([]() -> int { throw 7; }) == bad("unknown: the handler threw something that is not a std::exception"));
}

TEST_CASE("handler: an exception's message may have any bytes", "[handler]") {
  CHECK(reply([]() -> int { throw std::runtime_error("a\n\"\xFF"); }) ==
        bad("std::runtime_error: a\\n\\\"\xEF\xBF\xBD"));
}

TEST_CASE("handler: an exception while the reply is written leaves no partial reply", "[handler]") {
  CHECK(reply([] { return std::vector<app::half_written>(2); }) == bad("app::no_stock: in the middle"));
  CHECK(reply([] { return std::pair{"first", app::half_written{}}; }) == bad("app::no_stock: in the middle"));
}

TEST_CASE("handler: after a failure of any kind the next request is served", "[handler]") {
  auto handler_with_moods = [](const std::string& mood) -> result<std::string> {
    if (mood == "throw") throw std::runtime_error("thrown");
    if (mood == "fail") return failure{"failed", "x"};
    return mood;
  };
  const std::string input = R"({"event":"throw"})"
                            "\n"
                            R"({"event":"fail"})"
                            "\n"
                            R"({"event":7})"
                            "\n"
                            "garbage\n"
                            R"({"event":"good"})";
  CHECK(reply_to(handler_with_moods, input)
            .ends_with("\n"
                       R"({"proc_req_id":4,"error":null,"data":"good"})"));
}

TEST_CASE("handler: a from_json function is called once for each value, whether it succeeds or fails", "[handler]") {
  const auto readings_of = [](std::string_view input) {
    app::counted::readings = 0;
    static_cast<void>(reply_to([](const app::counts&) {}, input));
    return app::counted::readings;
  };
  CHECK(readings_of(R"({"event":{"first":"a","second":null}})") == 1);
  CHECK(readings_of(R"({"event":{"first":"a","second":null},"id":1})") == 1);
  CHECK(readings_of(R"({"event":{"first":1,"second":null},"id":1})") == 1);
  CHECK(readings_of(R"({"event":{"first":"a","second":null}})"
                    "\n"
                    R"({"event":{"first":"a","second":null}})") == 2);
}

TEST_CASE("handler: memory that only a large event needed is freed", "[handler]") {
  struct text {
    std::string event;
  };
  std::size_t capacity = 0;
  const auto handler = [&capacity](const text& t) { capacity = t.event.capacity(); };
  const std::string large(9'000'000, 'x');
  const std::string reply =
      reply_to(handler, R"({"event":{"event":")" + large + "\"}}\n" + R"({"event":{"event":"x"}})");
  CHECK(reply.ends_with(R"({"proc_req_id":1,"error":null,"data":null})"));
  CHECK(capacity < 1'000);
}
