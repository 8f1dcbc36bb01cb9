// Any C++ value is encoded as one line of valid JSON, which an independent reader reads as the same value.

#include <lambda_proc/json/encode.hpp>

#include "oracle.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

struct all {
  std::string_view text;
  double number;
  float narrow;
  std::int64_t integer;
  std::uint64_t natural;
  std::optional<std::string_view> maybe;
  std::vector<std::string_view> list;
  std::map<std::string, double> map;
  std::variant<bool, double, std::string_view> either;
};

// Bytes that are not UTF-8 become U+FFFD, so the expected text is only known for valid UTF-8.
bool is_utf8(std::string_view text) {
  try {
    static_cast<void>(nlohmann::json(text).dump());
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

template <class T>
void check_number(const nlohmann::json& found, T value) {
  if (!std::isfinite(value)) {
    oracle::demand(found.is_null(), "what is not finite is null");
  } else {
    oracle::demand(found.get<T>() == value, "a number reads back the same", found.dump());
  }
}

void check_text(const nlohmann::json& found, std::string_view value) {
  oracle::demand(found.is_string(), "a string is a string");
  if (is_utf8(value)) oracle::demand(found.get<std::string>() == value, "a string reads back the same", value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oracle::choices in(data, size);
  all value{.text = {},
            .number = std::bit_cast<double>(in.bits<std::uint64_t>()),
            .narrow = std::bit_cast<float>(in.bits<std::uint32_t>()),
            .integer = static_cast<std::int64_t>(in.bits<std::uint64_t>()),
            .natural = in.bits<std::uint64_t>(),
            .maybe = {},
            .list = {},
            .map = {},
            .either = in.byte() % 2 == 0};
  const std::size_t count = in.byte() % 8;
  for (std::size_t i = 0; i < count; ++i) value.list.push_back(in.text(in.byte()));
  if (in.byte() % 2 == 0) value.maybe = in.text(in.byte());
  if (in.byte() % 2 == 0) value.map.emplace(in.text(in.byte()), value.number);
  if (in.byte() % 2 == 0) value.either = in.text(in.byte());
  value.text = in.rest();

  lambda_proc::json_writer writer;
  lambda_proc::encode(writer, value);
  const std::string_view text = writer.view();
  oracle::demand(writer.error() == nullptr, "every value of these types has JSON");
  oracle::demand(text.find_first_of("\r\n") == std::string_view::npos, "a reply is one line", text);
  oracle::demand(oracle::is_json(text), "a reply is valid JSON", text);

  const auto found = nlohmann::json::parse(text);
  check_text(found["text"], value.text);
  check_number(found["number"], value.number);
  check_number(found["narrow"], value.narrow);
  oracle::demand(found["integer"].get<std::int64_t>() == value.integer, "an integer reads back the same", text);
  oracle::demand(found["natural"].get<std::uint64_t>() == value.natural, "an integer reads back the same", text);
  oracle::demand(found.contains("maybe") == value.maybe.has_value(), "what is nothing is left out", text);
  if (value.maybe) check_text(found["maybe"], *value.maybe);
  oracle::demand(found["list"].size() == value.list.size(), "a list keeps its length", text);
  for (std::size_t i = 0; i < value.list.size(); ++i) check_text(found["list"][i], value.list[i]);
  oracle::demand(found["map"].size() == value.map.size(), "a map keeps its size", text);
  return 0;
}
