#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>

#include "decoded.hpp"
#include "encoded.hpp"

#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

// Generated values of every supported type are encoded and decoded, and an independent JSON reader checks the text in
// between.

namespace round_trip {

using lambda_proc::names;

enum class color { red, green, blue };
constexpr auto json_names(color) {
  return names{color::red, "red", color::green, "a \"quoted\" gr\xC3\xBCn", color::blue, ""};
}
enum class number_enum : std::int16_t {};

struct point {
  using json_naming = lambda_proc::pascal_case;
  std::int32_t x_axis;
  double y_axis;
  bool operator==(const point&) const = default;
};

struct temperature {
  double degrees = 0;
  bool operator==(const temperature&) const = default;
};
simdjson::error_code from_json(simdjson::ondemand::value& value, temperature& out) {
  return value.get_double().get(out.degrees);
}
void to_json(lambda_proc::json_writer& writer, const temperature& value) { writer.number(value.degrees); }

struct everything {
  static constexpr auto json_names = names{"word", "a \"strange\"\nname"};
  bool truth;
  std::int8_t i8;
  std::uint8_t u8;
  std::int16_t i16;
  std::uint16_t u16;
  std::int32_t i32;
  std::uint32_t u32;
  std::int64_t i64;
  std::uint64_t u64;
  float f32;
  double f64;
  std::string word;
  color hue;
  number_enum number;
  std::chrono::sys_seconds second;
  std::chrono::sys_time<std::chrono::nanoseconds> nano;
  std::optional<std::string> maybe;
  std::vector<std::optional<std::int32_t>> maybes;
  std::unique_ptr<point> owned;
  std::shared_ptr<std::string> shared;
  std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<double>, point> either;
  std::tuple<std::int32_t, std::string, bool> tuple;
  std::pair<std::string, double> pair;
  std::array<std::uint16_t, 3> array;
  std::vector<std::string> vector;
  std::vector<bool> bits;
  std::deque<std::int32_t> deque;
  std::list<point> list;
  std::set<std::string> set;
  std::map<std::string, std::vector<point>> map;
  std::unordered_map<std::string, std::map<std::string, bool>> hash;
  point nested;
  temperature custom;
};

// Compares values: pointers by what they point to, zeros including their sign.
template <class T>
bool same(const T& a, const T& b) {
  if constexpr (std::floating_point<T>) {
    return a == b && std::signbit(a) == std::signbit(b);
  } else if constexpr (lambda_proc::detail::smart_pointer<T>) {
    return a && b ? *a == *b : !a && !b;
  } else if constexpr (std::same_as<T, everything>) {
    return lambda_proc::visit_members(a, [&b](const auto&... left) {
      return lambda_proc::visit_members(b, [&](const auto&... right) { return (same(left, right) && ...); });
    });
  } else {
    return a == b;
  }
}

class generator {
 public:
  explicit generator(std::uint32_t seed) : random_(seed) {}

  template <class T>
  T make() {
    if constexpr (std::same_as<T, bool>) {
      return below(2) == 1;
    } else if constexpr (std::integral<T>) {
      return make_integer<T>();
    } else if constexpr (std::floating_point<T>) {
      return make_floating<T>();
    } else if constexpr (std::same_as<T, std::string>) {
      return make_text();
    } else if constexpr (std::same_as<T, color>) {
      return static_cast<color>(below(3));
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<T>(make<std::underlying_type_t<T>>());
    } else if constexpr (std::same_as<T, temperature>) {
      return {make<double>()};
    } else if constexpr (lambda_proc::detail::is_sys_time<T>) {
      return make_time<T>();
    } else if constexpr (lambda_proc::detail::nullable<T>) {
      return make_nullable<T>();
    } else if constexpr (lambda_proc::detail::variant<T>) {
      return make_variant<T>(std::make_index_sequence<std::variant_size_v<T>>{});
    } else if constexpr (lambda_proc::detail::map<T>) {
      T out;
      for (std::size_t i = below(4); i > 0; --i) out.insert_or_assign(make_text(), make<typename T::mapped_type>());
      return out;
    } else if constexpr (lambda_proc::detail::sequence<T>) {
      T out;
      for (std::size_t i = below(4); i > 0; --i) out.insert(out.end(), make<typename T::value_type>());
      return out;
    } else {
      T out{};
      fill(out);
      return out;
    }
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  template <class T>
  void fill(T& out) {
    const auto each = [&](auto&... part) { ((part = this->make<std::remove_reference_t<decltype(part)>>()), ...); };
    if constexpr (lambda_proc::detail::tuple<T> || lambda_proc::detail::is_std_array<T>) {
      std::apply(each, out);
    } else {
      lambda_proc::visit_members(out, each);
    }
  }

  template <class T>
  T make_integer() {
    switch (below(4)) {
      case 0: return std::numeric_limits<T>::min();
      case 1: return std::numeric_limits<T>::max();
      case 2: return static_cast<T>(below(100));
      default: return static_cast<T>(wide());
    }
  }

  template <class T>
  T make_floating() {
    using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    switch (below(6)) {
      case 0: return static_cast<T>(-0.0);
      case 1: return std::numeric_limits<T>::denorm_min();
      case 2: return std::numeric_limits<T>::lowest();
      case 3: return static_cast<T>(below(1000)) / 10;
      default: break;
    }
    for (;;) {
      const T any = std::bit_cast<T>(static_cast<bits>(wide()));
      if (std::isfinite(any)) return any;
    }
  }

  std::string make_text() {
    static constexpr std::string_view pieces[] = {"a",        "\"",          "\\",           "/",   "\n",
                                                  "\r",       "\t",          "\x01",         " ",   "{[,:",
                                                  "\x7F",     "\xC3\xA9",    "\xE2\x80\xA8", "\\u", "\xF0\x9F\x98\x80",
                                                  "eight by", "\xEF\xBF\xBF"};
    std::string text;
    for (std::size_t i = below(12); i > 0; --i) text += pieces[below(std::size(pieces))];
    if (below(8) == 0) text += '\0';
    return text;
  }

  template <class T>
  T make_time() {
    using duration = typename T::duration;
    constexpr std::int64_t year = 31'556'952;
    const auto seconds = static_cast<std::int64_t>(wide() % (400U * year)) - 200 * year;
    const auto whole = std::chrono::duration_cast<duration>(std::chrono::seconds{seconds});
    return T{whole + duration{static_cast<std::int64_t>(below(duration::period::den))}};
  }

  template <class T>
  T make_nullable() {
    if (below(3) == 0) return {};
    using element = std::remove_reference_t<decltype(*std::declval<T&>())>;
    if constexpr (lambda_proc::detail::smart_pointer<T>) {
      return T(new element(make<element>()));
    } else {
      return make<element>();
    }
  }

  template <class T, std::size_t... I>
  T make_variant(std::index_sequence<I...>) {
    const std::size_t which = below(sizeof...(I));
    T out;
    ((which == I ? static_cast<void>(out.template emplace<I>(make_alternative<std::variant_alternative_t<I, T>>()))
                 : static_cast<void>(0)),
     ...);
    return out;
  }
  template <class T>
  T make_alternative() {
    if constexpr (std::same_as<T, std::monostate>) {
      return {};
    } else {
      return make<T>();
    }
  }

  std::uint64_t wide() { return std::uint64_t{random_()} << 32U | random_(); }

  std::mt19937 random_;
};

// The value as nlohmann/json represents it, built without the library's code for writing text.
nlohmann::json model(const auto& value) {
  using type = std::remove_cvref_t<decltype(value)>;
  if constexpr (std::same_as<type, std::monostate>) {
    return nullptr;
  } else if constexpr (std::same_as<type, temperature>) {
    return value.degrees;
  } else if constexpr (lambda_proc::detail::named_enum<type>) {
    return value == color::red ? "red" : value == color::green ? "a \"quoted\" gr\xC3\xBCn" : "";
  } else if constexpr (std::is_enum_v<type>) {
    return static_cast<std::underlying_type_t<type>>(value);
  } else if constexpr (std::same_as<type, float>) {
    // The shortest text for a float, read as a double, is a different number than the float.
    return std::stod(support::encoded(value));
  } else if constexpr (std::is_arithmetic_v<type> || std::same_as<type, std::string>) {
    return value;
  } else if constexpr (lambda_proc::detail::is_sys_time<type>) {
    const std::string quoted = support::encoded(value);
    return quoted.substr(1, quoted.size() - 2);
  } else if constexpr (lambda_proc::detail::nullable<type>) {
    return value ? model(*value) : nlohmann::json(nullptr);
  } else if constexpr (lambda_proc::detail::variant<type>) {
    return std::visit([](const auto& one) { return model(one); }, value);
  } else if constexpr (lambda_proc::detail::map<type>) {
    nlohmann::json out = nlohmann::json::object();
    for (const auto& [key, mapped] : value) out[key] = model(mapped);
    return out;
  } else if constexpr (lambda_proc::detail::sequence<type>) {
    nlohmann::json out = nlohmann::json::array();
    for (const auto& element : value) out.push_back(model(static_cast<typename type::value_type>(element)));
    return out;
  } else if constexpr (lambda_proc::detail::tuple<type> || lambda_proc::detail::is_std_array<type>) {
    nlohmann::json out = nlohmann::json::array();
    std::apply([&out](const auto&... element) { (out.push_back(model(element)), ...); }, value);
    return out;
  } else {
    nlohmann::json out = nlohmann::json::object();
    std::size_t i = 0;
    lambda_proc::visit_members(value, [&](const auto&... member) {
      const auto add = [&](const auto& one) {
        const std::string name(lambda_proc::json_names_of<type>[i++]);
        if (!lambda_proc::detail::is_absent<lambda_proc::detail::has_leave_empty<type>>(one)) out[name] = model(one);
      };
      (add(member), ...);
    });
    return out;
  }
}

}  // namespace round_trip

using namespace round_trip;

TEMPLATE_TEST_CASE("round_trip: a generated value is equal after a round trip, and for another reader", "[round_trip]",
                   bool, std::int8_t, std::uint8_t, std::int16_t, std::uint16_t, std::int32_t, std::uint32_t,
                   std::int64_t, std::uint64_t, float, double, std::string, color, number_enum,
                   std::chrono::sys_time<std::chrono::milliseconds>, std::chrono::sys_time<std::chrono::microseconds>,
                   std::vector<std::unique_ptr<std::string>>, point, temperature, everything) {
  generator random(20261124);
  constexpr int rounds = std::same_as<TestType, everything> ? 300 : 500;
  for (int i = 0; i < rounds; ++i) {
    if constexpr (!std::same_as<TestType, std::vector<std::unique_ptr<std::string>>>) {
      const auto value = random.make<TestType>();
      const std::string json = support::encoded(value);
      INFO(json);
      REQUIRE(json.find_first_of("\r\n") == std::string::npos);
      REQUIRE(nlohmann::json::parse(json) == model(value));
      REQUIRE(same(support::decoded<TestType>(json), value));
      // nlohmann/json writes a different text for the same value.
      if constexpr (!std::same_as<TestType, float>) {
        REQUIRE(same(support::decoded<TestType>(model(value).dump(1, ' ', i % 2 == 0)), value));
      }
    } else {
      const auto value = random.make<TestType>();
      const auto back = support::decoded<TestType>(support::encoded(value));
      REQUIRE(value.size() == back.size());
      for (std::size_t k = 0; k < value.size(); ++k) REQUIRE(same(value[k], back[k]));
    }
  }
}

TEST_CASE("round_trip: a value decoded over another value is equal after a round trip", "[round_trip]") {
  generator random(7);
  auto target = random.make<everything>();
  for (int i = 0; i < 200; ++i) {
    const auto value = random.make<everything>();
    support::json_source source(support::encoded(value));
    REQUIRE(source.decode_into(target));
    REQUIRE(same(target, value));
  }
}

TEST_CASE("round_trip: a sample of floats from the whole range survives a round trip", "[round_trip]") {
  std::size_t wrong = 0;
  std::string json = "[";
  std::vector<float> all;
  for (std::uint64_t bits = 0; bits <= 0xFFFFFFFFU; bits += 65521) {
    const float value = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if (!std::isfinite(value)) continue;
    all.push_back(value);
    json += (all.size() == 1 ? "" : ",") + support::encoded(value);
  }
  const auto back = support::decoded<std::vector<float>>(json + "]");
  REQUIRE(back.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) wrong += same(all[i], back[i]) ? 0U : 1U;
  CHECK(wrong == 0);
}

TEST_CASE("round_trip: any bytes come back as the UTF-8 in them", "[round_trip]") {
  std::mt19937 random(11);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes(random() % 40, '\0');
    // Half of it is ASCII, so that valid and invalid stretches alternate.
    for (char& c : bytes) c = static_cast<char>(random() % 2 == 0 ? random() % 128 : random() % 256);
    const std::string json = support::encoded(bytes);
    REQUIRE(json.find_first_of("\r\n") == std::string::npos);
    const auto seen = nlohmann::json::parse(json).get<std::string>();
    REQUIRE(support::decoded<std::string>(json) == seen);
    // Valid UTF-8 is not changed again.
    REQUIRE(support::encoded(seen) == json);
  }
}
