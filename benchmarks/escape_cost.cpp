// What text costs in a reply, for each of its bytes: plain text, JSON inside a string, and unusual text, beside a loop
// over bytes and a plain copy.

#include "child.hpp"
#include "workloads.hpp"

#include <lambda_proc/json/json_writer.hpp>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using texts = std::vector<std::string>;

constexpr std::string_view sentence = "A handler process is started once and kept: a line comes, and a line leaves. ";

std::string repeat(std::string_view text) {
  constexpr std::size_t size = 4000;
  std::string all;
  while (all.size() < size) all += text;
  return all;
}

std::string events() {
  std::string all;
  for (const char* const name : {"api_gateway_v1.json", "dynamodb_stream.json", "http_api_order.json", "sqs.json"}) {
    all += workloads::read_event(name);
  }
  return all;
}

// Lines of 20 to 120 bytes.
std::string lines() {
  const std::string text = repeat(sentence);
  std::mt19937 random(1);
  std::string all;
  for (int i = 0; i < 200; ++i) all.append(text.substr(random() % 100, 20 + random() % 100)) += '\n';
  return all;
}

// A thousand pieces of 5 to 20 bytes.
texts pieces_of(std::string_view text) {
  std::mt19937 random(1);
  texts all;
  for (int i = 0; i < 1000; ++i) all.emplace_back(text.substr(random() % (text.size() - 20), 5 + random() % 16));
  return all;
}

struct workload {
  std::string name;
  texts all;
};

std::vector<workload> workloads_of_text() {
  return {{"plain text", {repeat(sentence)}},
          {"JSON in a string", {events()}},
          {"lines of plain text", {lines()}},
          {"control characters", {repeat("\x01\n\x02\t\x1f\r\x0b")}},
          {"UTF-8, German", {repeat("Zwölf Boxkämpfer jagen Viktor quer über den großen Deich. ")}},
          {"UTF-8, Japanese", {repeat("いろはにほへと ちりぬるを わかよたれそ つねならむ。")}},
          {"plain text, 5 to 20 bytes", pieces_of(repeat(sentence))},
          {"JSON, 5 to 20 bytes", pieces_of(events())}};
}

// What one writes without thinking of speed.
void append_escaped(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) {
          out += c;
        } else {
          constexpr std::string_view hex = "0123456789abcdef";
          const auto byte = static_cast<unsigned char>(c);
          out.append("\\u00").append(1, hex[byte >> 4U]).append(1, hex[byte & 0xFU]);
        }
    }
  }
  out += '"';
}

template <class Out>
void measure(const std::string& name, const texts& all, void (*write)(Out& out, std::string_view text)) {
  benchmark::RegisterBenchmark(name.c_str(), [&all, write](benchmark::State& state) {
    Out out;
    std::size_t bytes = 0;
    for (const std::string& text : all) bytes += text.size();
    for (auto step : state) {
      for (const std::string& text : all) {
        out.clear();
        write(out, text);
        benchmark::DoNotOptimize(out);
      }
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  });
}

void check(const workload& load) {
  for (const std::string& text : load.all) {
    lambda_proc::json_writer ours;
    ours.string(text);
    std::string by_hand;
    append_escaped(by_hand, text);
    if (ours.view() != by_hand || nlohmann::json::parse(ours.view()) != text)
      give_up(load.name + " is escaped wrongly");
  }
}

}  // namespace

int main(int count, char** words) {
  const std::vector<workload> all = workloads_of_text();
  for (const workload& load : all) {
    check(load);
    measure<lambda_proc::json_writer>(load.name + "/lambda_proc", load.all,
                                      [](auto& out, std::string_view text) { out.string(text); });
    measure<std::string>(load.name + "/by hand", load.all, &append_escaped);
    measure<std::string>(load.name + "/copy", load.all, [](auto& out, std::string_view text) { out.append(text); });
  }
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
}
