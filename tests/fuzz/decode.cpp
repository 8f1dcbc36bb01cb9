// Decoding any text gives a value, or a failure that names a path, and a value survives a round trip.

#include <lambda_proc/lambda_proc.hpp>

#include "oracle.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace {

enum class color { red, green };
constexpr auto json_names(color) { return lambda_proc::names{color::red, "red", color::green, "green"}; }
enum class level : std::int8_t {};

struct inner {
  int a;
  std::string b;
  using json_missing = lambda_proc::use_default;
  bool operator==(const inner&) const = default;
};

struct options {
  int a = 1;
  std::optional<int> b;
  static constexpr lambda_proc::names json_aliases{"a", "c"};
  static constexpr lambda_proc::use_default_for json_missing{"a"};
  using json_empty = lambda_proc::write_null;
  using json_unknown = lambda_proc::refuse;
  bool operator==(const options&) const = default;
};

struct arrays {
  int a[2];
  char b[4];
  bool operator==(const arrays&) const = default;
};

// The names have one letter, so that a fuzzer finds them.
struct everything {
  std::optional<bool> a;
  std::optional<std::int8_t> b;
  std::optional<std::uint16_t> c;
  std::optional<std::int64_t> d;
  std::optional<std::uint64_t> e;
  std::optional<double> f;
  std::optional<float> g;
  std::optional<std::string> h;
  std::optional<color> i;
  std::optional<level> j;
  std::optional<inner> k;
  std::optional<std::vector<inner>> l;
  std::optional<std::map<std::string, std::vector<int>>> m;
  std::optional<std::array<int, 2>> n;
  std::optional<std::tuple<int, std::string, bool>> o;
  std::optional<std::variant<bool, std::int64_t, double, std::string, inner, std::vector<int>>> p;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> q;
  std::optional<std::pair<color, double>> r;
  std::optional<std::variant<std::monostate, color, std::string>> s;
  std::optional<std::map<std::int8_t, int>> t;
  std::optional<std::map<color, int>> u;
  std::optional<std::chrono::milliseconds> v;
  std::optional<char> w;
  std::optional<options> x;
  std::optional<arrays> y;

  bool operator==(const everything&) const = default;
};

/// The data of the reply, or nothing if it is a failure.
std::optional<std::string> round_trip(std::string_view event) {
  const std::string line = std::string(R"({"id":1,"event":)").append(event).append("}");
  lambda_proc::line_reader reader(line);
  lambda_proc::reply_writer writer;
  lambda_proc::line_channel channel(lambda_proc::wire_of<lambda_proc::wire::lambda_proc>, reader, writer);
  auto echo = [](const everything& value) -> const everything& { return value; };
  lambda_proc::serve(channel, echo);

  const auto reply = nlohmann::json::parse(writer.text(), nullptr, false);
  oracle::demand(oracle::is_json(writer.text()), "a reply is valid JSON", writer.text());
  // The independent reader can't represent every id, but it can represent all data.
  if (reply.is_discarded()) return std::nullopt;
  if (reply.at("error").is_null()) return reply.at("data").dump();
  // If the line as a whole is invalid, its id is unknown.
  if (!reply.contains("error_type")) return std::nullopt;
  const auto& type = reply.at("error_type").get_ref<const std::string&>();
  const auto& message = reply.at("error").get_ref<const std::string&>();
  oracle::demand(type == "invalid_event" || type == "invalid_request", "the type of the failure is known", type);
  if (type == "invalid_event") oracle::demand(message.starts_with("event"), "a failure names the path", message);
  return std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view event(reinterpret_cast<const char*>(data), size);
  if (event.find('\n') != std::string_view::npos) return 0;
  const auto once = round_trip(event);
  if (!once) return 0;
  const auto twice = round_trip(*once);
  oracle::demand(twice.has_value(), "what was encoded can be decoded", *once);
  oracle::demand(*once == *twice, "decode(encode(x)) == x", *once + " " + *twice);
  return 0;
}
