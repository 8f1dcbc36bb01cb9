// The cost of writing a string as JSON, in nanoseconds for each byte of it: plain text, JSON inside a string, and text
// that is unusual.

#include <lambda_proc/json/json_writer.hpp>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using texts = std::vector<std::string>;

std::string repeat(std::string_view text, std::size_t size) {
  std::string all;
  while (all.size() < size) all += text;
  return all;
}

texts cut(std::string_view text, std::size_t shortest, std::size_t longest) {
  std::mt19937 random(1);
  texts all;
  while (all.size() < 1000) {
    const std::size_t size = shortest + random() % (longest - shortest + 1);
    all.emplace_back(text.substr(random() % (text.size() - size), size));
  }
  return all;
}

std::string events() {
  std::string all;
  for (const auto& file : std::filesystem::directory_iterator(LAMBDA_PROC_EVENTS)) {
    std::ifstream in(file.path());
    all += nlohmann::json::parse(in).dump();
  }
  return all;
}

// Lines of 20 to 120 bytes.
std::string lines_of(std::string_view text) {
  std::mt19937 random(2);
  std::string all;
  while (all.size() < 16'000) all.append(text.substr(random() % 100, 20 + random() % 100)) += '\n';
  return all;
}

const std::string plain =
    repeat("A handler process is started once and kept: the parent writes a line, and reads one. ", 4000);
const std::string json = events();

// What a careful program does without words of several bytes.
void append_escaped(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  out += '"';
}

std::size_t size_of(const texts& all) {
  std::size_t size = 0;
  for (const std::string& text : all) size += text.size();
  return size;
}

void write(benchmark::State& state, const texts& all) {
  lambda_proc::json_writer out;
  for (const std::string& text : all) {
    out.clear();
    out.string(text);
    if (nlohmann::json::parse(out.view()) == text) continue;
    std::fprintf(stderr, "benchmark: a string does not read back\n");
    std::exit(1);
  }
  for (auto step : state) {
    for (const std::string& text : all) {
      out.clear();
      out.string(text);
      benchmark::DoNotOptimize(out.view().data());
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size_of(all)));
}

void by_hand(benchmark::State& state, const texts& all) {
  std::string out;
  for (auto step : state) {
    for (const std::string& text : all) {
      out.clear();
      append_escaped(out, text);
      benchmark::DoNotOptimize(out.data());
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size_of(all)));
}

void copy(benchmark::State& state, const texts& all) {
  lambda_proc::json_writer out;
  for (auto step : state) {
    for (const std::string& text : all) {
      out.clear();
      out.append(text);
      benchmark::DoNotOptimize(out.view().data());
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size_of(all)));
}

BENCHMARK_CAPTURE(copy, plain, texts{plain});
BENCHMARK_CAPTURE(write, plain, texts{plain});
BENCHMARK_CAPTURE(write, json, texts{json});
BENCHMARK_CAPTURE(by_hand, json, texts{json});
BENCHMARK_CAPTURE(write, control characters, texts{repeat("\x01\n\x02\t\x1f\r\x0b", 4000)});
BENCHMARK_CAPTURE(write, text with line breaks, texts{lines_of(plain)});
BENCHMARK_CAPTURE(write, UTF - 8 European,
                  texts{repeat("Zwölf Boxkämpfer jagen Viktor quer über den großen Deich. ", 4000)});
BENCHMARK_CAPTURE(write, UTF - 8 Cyrillic,
                  texts{repeat("Съешь же ещё этих мягких французских булок да выпей чаю. ", 4000)});
BENCHMARK_CAPTURE(write, UTF - 8 Japanese, texts{repeat("いろはにほへと ちりぬるを わかよたれそ つねならむ。", 4000)});
BENCHMARK_CAPTURE(write, short plain, cut(plain, 5, 20));
BENCHMARK_CAPTURE(write, short 36, cut(plain, 36, 36));
BENCHMARK_CAPTURE(write, short 2, cut(plain, 1, 4));
BENCHMARK_CAPTURE(write, short json, cut(json, 5, 20));
BENCHMARK_CAPTURE(write, short European, texts{"Köln", "Düsseldorf", "Zürich", "Genève", "Besançon", "Málaga", "Łódź"});

}  // namespace

BENCHMARK_MAIN();
