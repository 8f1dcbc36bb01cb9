#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/serve/line_channel.hpp>
#include <lambda_proc/serve/serve.hpp>
#include <lambda_proc/wire/known_wires.hpp>

#include "child.hpp"
#include "packets.hpp"

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// transcripts/<wire>/<case>.in has what a host sends, <case>.out the replies of the handler `echo`, byte for byte. To
// add a case, add two files.

namespace {

using lambda_proc::any_wire;
using lambda_proc::line_reader;
using support::wiring;

struct transcript {
  std::string name;
  const any_wire* wire;
  std::string in;
  std::string out;
};

std::string text_of(const std::filesystem::path& path) {
  const std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("there is no " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const any_wire& wire_named(std::string_view name) {
  for (const any_wire* const wire : lambda_proc::detail::known_wires) {
    if (wire->traits.name == name) return *wire;
  }
  throw std::runtime_error("there is no wire " + std::string(name));
}

std::vector<transcript> all_transcripts() {
  std::vector<transcript> all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(LAMBDA_PROC_TEST_TRANSCRIPTS)) {
    std::filesystem::path path = entry.path();
    if (path.extension() != ".in") continue;
    const std::string wire = path.parent_path().filename();
    const std::string in = text_of(path);
    all.push_back({wire + "/" + path.stem().string(), &wire_named(wire), in, text_of(path.replace_extension(".out"))});
  }
  std::ranges::sort(all, {}, &transcript::name);
  return all;
}

std::string replies_in_memory(const any_wire& wire, line_reader& reader) {
  lambda_proc::reply_writer writer;
  lambda_proc::line_channel channel(wire, reader, writer);
  auto echo = [](lambda_proc::event e) { return e.raw(); };
  serve(channel, echo);
  return writer.text();
}

}  // namespace

TEST_CASE("transcripts: a loop in memory writes the expected replies", "[transcripts]") {
  for (const transcript& one : all_transcripts()) {
    INFO(one.name);
    line_reader reader(one.in, line_reader::default_max_line_bytes, one.wire->traits.framing);
    CHECK(replies_in_memory(*one.wire, reader) == one.out);
  }
}

TEST_CASE("transcripts: the replies do not depend on where the stream is split", "[transcripts]") {
  for (const transcript& one : all_transcripts()) {
    for (std::size_t cut = 1; cut < one.in.size(); ++cut) {
      INFO(one.name << " cut at " << cut);
      const support::packets stream;
      stream.send(std::string_view(one.in).substr(0, cut));
      stream.send(std::string_view(one.in).substr(cut));
      stream.end();
      line_reader reader(stream.reader(), line_reader::default_max_line_bytes, one.wire->traits.framing);
      CHECK(replies_in_memory(*one.wire, reader) == one.out);
    }
  }
}

TEST_CASE("transcripts: a process writes the expected replies", "[transcripts]") {
  for (const transcript& one : all_transcripts()) {
    INFO(one.name);
    const std::string wire(one.wire->traits.name);
    support::child echo({"handlers", "echo"}, {.descriptors = {{one.wire->traits.reply_fd, wiring::pipe()}},
                                               .environment = support::environment_with({"LAMBDA_PROC_WIRE=" + wire})});
    echo.send(one.in);
    echo.finish();
    CHECK(echo.read_all(one.wire->traits.reply_fd) == one.out);
  }
}
