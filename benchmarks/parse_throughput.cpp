// Measures how fast lambda_proc and its peers read request lines:
//
//     parse_throughput                         requests with built-in events
//     parse_throughput events.ndjson …         with yours: each line of a file is an event
//
// Options of Google Benchmark work: --benchmark_filter=small, --benchmark_format=json.
// Every contender's answer is checked before it is timed: a fast wrong answer ends the program.

#include "digest.hpp"
#include "events_by_hand.hpp"
#include "workloads.hpp"

#include <lambda_proc/events.hpp>

#include <benchmark/benchmark.h>
#include <rapidjson/document.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::size_t allocations = 0;

}  // namespace

// RapidJSON and simdjson allocate with new or with malloc; only new is counted.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* const block = std::malloc(size)) return block;
  std::abort();
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }

namespace {

using simdjson::ondemand::json_type;

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "parse_throughput: %s\n", why.c_str());
  std::exit(1);
}
void must(simdjson::error_code code) {
  if (code) give_up(simdjson::error_message(code));
}

// Request lines, each with the padding that simdjson needs.
class workload {
 public:
  explicit workload(std::string title) : name(std::move(title)) {}
  workload(std::string title, std::string_view event) : workload(std::move(title)) { add_event(event); }
  workload(workload&&) = default;  // not copied, because copies would lack the padding

  void add_event(std::string_view event) {
    std::string line = workloads::request_with(event);
    bytes += line.size();
    line.reserve(line.size() + lambda_proc::line_reader::padding);
    lines.push_back(std::move(line));
  }

  std::string name;
  std::vector<std::string> lines;
  std::size_t bytes = 0;
};

// A contender's answer to a line. All contenders that count the same thing must give the same answer.
using answer = std::uint64_t;

// ── What is counted ──────────────────────────────────────────────────────────────────────────────────────────

// The scalars of a value.
answer count_scalars(const nlohmann::json& value) {
  if (!value.is_structured()) return 1;
  answer count = 0;
  for (const auto& item : value) count += count_scalars(item);
  return count;
}
// The scalars that are not null, which an event's struct contains in the end.
answer count_values(const nlohmann::json& value) {
  if (!value.is_structured()) return value.is_null() ? 0 : 1;
  answer count = 0;
  for (const auto& item : value) count += count_values(item);
  return count;
}
answer count_scalars(const rapidjson::Value& value) {
  answer count = 0;
  if (value.IsObject()) {
    for (const auto& member : value.GetObject()) count += count_scalars(member.value);
  } else if (value.IsArray()) {
    for (const auto& item : value.GetArray()) count += count_scalars(item);
  } else {
    count = 1;
  }
  return count;
}
answer count_scalars(simdjson::dom::element value) {
  answer count = 0;
  simdjson::dom::object object;
  simdjson::dom::array array;
  if (value.get(object) == simdjson::SUCCESS) {
    for (const auto member : object) count += count_scalars(member.value);
  } else if (value.get(array) == simdjson::SUCCESS) {
    for (const auto item : array) count += count_scalars(item);
  } else {
    count = 1;
  }
  return count;
}
answer count_scalars(simdjson::ondemand::value value) {
  json_type type;
  must(value.type().get(type));
  answer count = 0;
  if (type == json_type::object) {
    for (auto member : value.get_object()) count += count_scalars(member.value().value_unsafe());
    return count;
  }
  if (type == json_type::array) {
    for (auto item : value.get_array()) count += count_scalars(item.value_unsafe());
    return count;
  }
  std::string_view text;
  double number = 0;
  bool truth = false;
  if (type == json_type::string) must(value.get_string().get(text));
  if (type == json_type::number) must(value.get_double().get(number));
  if (type == json_type::boolean) must(value.get_bool().get(truth));
  benchmark::DoNotOptimize(text);
  benchmark::DoNotOptimize(number);
  benchmark::DoNotOptimize(truth);
  return 1;
}

// Brackets, colons, commas, and the starts of scalars, which stage 1 finds.
answer count_structurals(const nlohmann::json& value) {
  if (!value.is_structured()) return 1;
  answer count = 2 + (value.empty() ? 0 : value.size() - 1) + (value.is_object() ? 2 * value.size() : 0);
  for (const auto& item : value) count += count_structurals(item);
  return count;
}

// The digest of a struct's text. Two ways of decoding must agree on it.
template <class T>
std::string text_of(const T& value) {
  lambda_proc::json_writer writer;
  encode(writer, value);
  return std::string(writer.view());
}

// ── Contenders ──────────────────────────────────────────────────────────────────────────────────────────────────────

class contenders {
 public:
  answer floor(const std::string& line) { return std::memchr(line.data(), '\n', line.size()) == nullptr ? 0 : 1; }

  answer stage1(const std::string& line) {
    if (stage1_ == nullptr || stage1_->capacity() < line.size()) {
      must(simdjson::get_active_implementation()->create_dom_parser_implementation(line.size(), 1024, stage1_));
    }
    must(stage1_->stage1(reinterpret_cast<const std::uint8_t*>(line.data()), line.size(),
                         simdjson::stage1_mode::regular));
    return stage1_->n_structural_indexes;
  }

  answer envelope(const std::string& line) {
    read(line);
    if (!request_.read_context()) give_up("a context can't be read");
    return request_.event().text().size() + request_.context().aws_request_id.size();
  }

  answer raw(const std::string& line) { return serve<lambda_proc::raw_json>(line).text().size(); }

  answer on_demand(const std::string& line) {
    read(line);
    return count_scalars(request_.event().value().value_unsafe());
  }

  // Decodes as for a handler.
  template <class T>
  const T& serve(std::string_view line) {
    static keeper<T> handler;
    static lambda_proc::invocation<keeper<T>> invocation(handler);
    request_.read_events_with(invocation.erased().reader);
    request_.restart(0);
    request_.read_ahead();
    if (auto done = lambda_proc::wire::lambda_proc::read(line, request_); !done) give_up(done.error().message);
    reply_.clear();
    if (auto done = invocation(request_, reply_); !done) give_up(done.error().message);
    return *handler.event;
  }

  // Both contenders begin the same way, so that only the decoding differs.
  template <class T>
  answer decode(const std::string& line, T& target) {
    if (auto done = lambda_proc::decode(find_event(line), target); !done) give_up(done.error().message);
    return 0;
  }

  template <class T>
  answer by_hand(const std::string& line, T& target) {
    must(workloads::by_hand::read(find_event(line), target));
    return 0;
  }

  answer dom(const std::string& line) {
    simdjson::dom::element document;
    simdjson::dom::element event;
    must(dom_.parse(line.data(), line.size(), false).get(document));
    must(document["event"].get(event));
    return count_scalars(event);
  }

  answer nlohmann(const std::string& line) { return count_scalars(nlohmann::json::parse(line)["event"]); }

  answer rapidjson(const std::string& line) {
    rapidjson::Document document;
    document.Parse(line.data(), line.size());
    if (document.HasParseError()) give_up("RapidJSON does not parse a line");
    return count_scalars(document["event"]);
  }

 private:
  template <class T>
  struct keeper {
    const T* event = nullptr;
    void operator()(const T& given) { event = &given; }
  };

  void read(std::string_view line) {
    request_.restart(0);
    if (auto done = lambda_proc::wire::lambda_proc::read(line, request_); !done) give_up(done.error().message);
  }

  simdjson::ondemand::value find_event(const std::string& line) {
    must(on_demand_.iterate(line.data(), line.size(), line.capacity()).get(document_));
    simdjson::ondemand::value event;
    must(document_["event"].get(event));
    return event;
  }

  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage1_;
  lambda_proc::request request_;
  lambda_proc::json_writer reply_;
  simdjson::ondemand::parser on_demand_;
  simdjson::ondemand::document document_;
  simdjson::dom::parser dom_;
};

// ── Benchmarks ──────────────────────────────────────────────────────────────────────────────────────────────────────

template <class Contender>
void measure(benchmark::State& state, const workload& load, Contender contender) {
  for (const auto& line : load.lines) benchmark::DoNotOptimize(contender(line));  // allocates the memory
  allocations = 0;
  for (auto step : state) {
    for (const auto& line : load.lines) benchmark::DoNotOptimize(contender(line));
  }
  const auto passes = static_cast<double>(state.iterations());
  const double events = passes * static_cast<double>(load.lines.size());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(load.bytes));
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
  state.counters["allocations/event"] = static_cast<double>(allocations) / events;
  state.counters["ns/event"] =
      benchmark::Counter(events / 1e9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <class Contender>
void add(const workload& load, const char* name, Contender contender) {
  benchmark::RegisterBenchmark((load.name + "/" + name).c_str(), [&load, contender](benchmark::State& state) mutable {
    measure(state, load, contender);
  });
}

template <class Contender, class Reference>
void add_checked(const workload& load, const char* name, Contender contender, Reference reference) {
  for (const auto& line : load.lines) {
    if (contender(line) != reference(nlohmann::json::parse(line))) give_up(std::string(name) + " answers wrongly");
  }
  add(load, name, contender);
}

void add_common(const workload& load, contenders& all) {
  const auto event_scalars = [](const nlohmann::json& line) { return count_scalars(line["event"]); };
  const auto nothing = [](const nlohmann::json&) -> answer { return 0; };
  add_checked(
      load, "memchr", [&](const std::string& line) { return all.floor(line); }, nothing);
  add_checked(
      load, "stage 1", [&](const std::string& line) { return all.stage1(line); }, count_structurals);
  // The size of the text in the file, which may contain spaces, not of nlohmann/json's text.
  for (const auto& line : load.lines) {
    const std::size_t around = line.size() - workloads::request_with("").size();
    if (all.raw(line) != around) give_up("raw answers wrongly");
    if (all.envelope(line) != around + 36) give_up("the envelope answers wrongly");
  }
  add(load, "envelope and context", [&](const std::string& line) { return all.envelope(line); });
  add(load, "raw, validated", [&](const std::string& line) { return all.raw(line); });
  add_checked(
      load, "On-Demand, all fields", [&](const std::string& line) { return all.on_demand(line); }, event_scalars);
  add_checked(
      load, "DOM", [&](const std::string& line) { return all.dom(line); }, event_scalars);
  add_checked(
      load, "nlohmann/json", [&](const std::string& line) { return all.nlohmann(line); }, event_scalars);
  add_checked(
      load, "RapidJSON", [&](const std::string& line) { return all.rapidjson(line); }, event_scalars);
}

template <class T>
void add_typed(const workload& load, contenders& all) {
  static T decoded;
  static T by_hand;
  for (const auto& line : load.lines) {
    const std::string served = text_of(all.serve<T>(line));
    all.decode(line, decoded);
    const std::string typed = text_of(decoded);
    all.by_hand(line, by_hand);
    const std::string text = text_of(by_hand);
    if (text != served || text != typed || text.size() < 32) give_up("typed and by hand don't agree");
  }
  add(load, "typed struct", [&](const std::string& line) { return &all.serve<T>(line); });
  add(load, "decode", [&](const std::string& line) { return all.decode(line, decoded); });
  add(load, "by hand", [&](const std::string& line) { return all.by_hand(line, by_hand); });
}

// An AWS event with all of its members. The events here have no others, so both ways must decode all of the event.
template <class T, class ByHand>
void add_aws(const workload& load, contenders& all) {
  static T decoded;
  static ByHand by_hand;
  for (const auto& line : load.lines) {
    all.decode(line, decoded);
    const workloads::digest one(decoded);
    all.by_hand(line, by_hand);
    if (one != workloads::digest(by_hand)) give_up("an AWS struct and the same by hand don't agree");
    if (one.scalars() != count_values(nlohmann::json::parse(line)["event"])) give_up("an AWS struct is not complete");
  }
  add(load, "AWS struct", [&](const std::string& line) { return all.decode(line, decoded); });
  add(load, "AWS struct by hand", [&](const std::string& line) { return all.by_hand(line, by_hand); });
}

workload from_file(const std::string& file) {
  std::ifstream in(file);
  workload load(file.substr(file.rfind('/') + 1));
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) load.add_event(line);
  }
  if (load.lines.empty()) give_up(file + " has no lines");
  return load;
}

}  // namespace

int main(int count, char** words) {
  benchmark::Initialize(&count, words);
  contenders all;
  std::vector<workload> loads;
  if (count > 1) {
    for (int i = 1; i < count; ++i) loads.push_back(from_file(words[i]));
    for (const auto& load : loads) add_common(load, all);
  } else {
    loads.emplace_back("small", workloads::small_event);
    loads.emplace_back("small, other order", workloads::small_event_reversed);
    loads.emplace_back("DynamoDB", workloads::read_event("dynamodb_stream.json"));
    loads.emplace_back("API Gateway", workloads::read_event("api_gateway_v1.json"));
    loads.emplace_back("SQS x10", workloads::sqs_event(10));
    loads.emplace_back("1 MB", workloads::sqs_event(static_cast<std::size_t>(-1), 1'000'000));
    for (const auto& load : loads) add_common(load, all);
    add_typed<workloads::order>(loads[0], all);
    add_typed<workloads::order>(loads[1], all);
    add_typed<workloads::changes>(loads[2], all);
    add_typed<workloads::http_request>(loads[3], all);
    add_typed<workloads::messages>(loads[4], all);
    add_typed<workloads::messages>(loads[5], all);
    namespace events = lambda_proc::events;
    add_aws<events::dynamodb_event, workloads::by_hand::dynamodb_event>(loads[2], all);
    add_aws<events::api_gateway_v1_request, workloads::by_hand::api_gateway_v1_request>(loads[3], all);
    add_aws<events::sqs_event, workloads::by_hand::sqs_event>(loads[4], all);
  }
  benchmark::RunSpecifiedBenchmarks();
}
