#include "sample.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

// The checks for samples must themselves detect what they look for.

namespace {

struct sample_line {
  std::string_view sku;
  std::optional<lambda_proc::raw_json> note;
};

struct sample_order {
  std::vector<sample_line> lines;
  std::optional<lambda_proc::events::multi_string_map> tags;
  std::map<std::string_view, sample_line> gifts;
  using json_naming = lambda_proc::pascal_case;
};

const std::string event = R"({
  "Lines": [{"sku": "A7", "note": {"a": null}}, {"sku": "B2", "price": 3, "note": null}],
  "Tags": {"a": ["x"], "b": null},
  "Gifts": {"first one": {"sku": "C1", "from": "x"}},
  "lines": 0
})";

const support::sample_checks checks(event, support::schema_of<sample_order>(), &support::rewrite_as<sample_order>);

}  // namespace

TEST_CASE("sample: unknown keys are found in lists, in maps and at the top", "[events]") {
  CHECK(checks.unknown_keys() == std::vector<std::string>{".Gifts[\"first one\"].from", ".Lines[1].price", ".lines"});
}

TEST_CASE("sample: the known part of an event lacks unknown keys and nulls, except in raw JSON", "[events]") {
  CHECK(checks.known() == R"({"Gifts":{"first one":{"sku":"C1"}},)"
                          R"("Lines":[{"note":{"a":null},"sku":"A7"},{"sku":"B2"}],"Tags":{"a":["x"]}})");
}

TEST_CASE("sample: each member is tested with a wrong type, except raw JSON, which accepts any type", "[events]") {
  CHECK(checks.typed_places() == std::vector<std::string>{".Gifts", ".Gifts[\"first one\"].sku", ".Lines",
                                                          ".Lines[0].sku", ".Lines[1].sku", ".Tags"});
}
