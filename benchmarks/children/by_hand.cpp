// What a good engineer writes in an hour with simdjson: no checks that a well-behaved host makes unnecessary, no
// failures.
//
//     by_hand echo|order [batch] [careful]
//
// batch: replies are sent when no complete line is left. careful: as in lambda_proc, keys may come in any order, a
// request may have an id, and nothing may follow it.

#include "../workloads.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <unistd.h>

namespace {

void append_number(std::string& out, std::uint64_t number) {
  char text[20];
  out.append(text, std::to_chars(text, text + sizeof text, number).ptr);
}

class loop {
 public:
  loop(bool echo, bool batch, bool careful) : echo_(echo), batch_(batch), careful_(careful) {
    buffer_.resize(std::size_t{1} << 16U);
  }

  void run() {
    for (;;) {
      if (end_ + simdjson::SIMDJSON_PADDING >= buffer_.size()) make_room();
      const ssize_t got = ::read(0, buffer_.data() + end_, buffer_.size() - end_ - simdjson::SIMDJSON_PADDING);
      if (got <= 0) return;
      std::size_t scanned = end_;
      end_ += static_cast<std::size_t>(got);
      const char* newline = nullptr;
      while ((newline = find(scanned)) != nullptr) {
        const auto stop = static_cast<std::size_t>(newline - buffer_.data());
        answer({buffer_.data() + begin_, stop - begin_});
        begin_ = scanned = stop + 1;
        if (!batch_) flush();
      }
      flush();
      if (begin_ == end_) begin_ = end_ = 0;
    }
  }

 private:
  const char* find(std::size_t from) const {
    return static_cast<const char*>(std::memchr(buffer_.data() + from, '\n', end_ - from));
  }

  void make_room() {
    if (begin_ == 0) buffer_.resize(2 * buffer_.size());
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }

  void answer(std::string_view line) {
    simdjson::ondemand::document document;
    const std::size_t capacity = buffer_.size() - static_cast<std::size_t>(line.data() - buffer_.data());
    if (parser_.iterate(line.data(), line.size(), capacity).get(document)) std::abort();
    if (careful_) {
      read_all(document);
    } else {
      simdjson::ondemand::value event;
      if (document["event"].get(event)) std::abort();
      read_event(event);
    }
    out_.append("{");
    if (!id_.empty()) out_.append(R"("id":)").append(id_).append(",");
    out_.append(R"("proc_req_id":)");
    append_number(out_, count_++);
    out_.append(R"(,"error":null,"data":)");
    if (echo_) {
      out_.append(text_);
    } else {
      out_.append(R"({"sku":")").append(order_.sku).append(R"(","cents":)");
      append_number(out_, order_.count * 300);
      out_.append("}");
    }
    out_.append("}\n");
  }

  void read_event(simdjson::ondemand::value event) {
    if (echo_) {
      simdjson::ondemand::object object;
      if (event.get(object) || object.raw_json().get(text_)) std::abort();
    } else {
      if (workloads::by_hand::read(event, order_)) std::abort();
    }
  }

  void read_all(simdjson::ondemand::document& document) {
    simdjson::ondemand::object members;
    if (document.get_object().get(members)) std::abort();
    id_ = {};
    for (auto member : members) {
      std::string_view key;
      simdjson::ondemand::value value;
      if (member.unescaped_key().get(key) || member.value().get(value)) std::abort();
      if (key == "event") read_event(value);
      if (key == "id") id_ = value.raw_json_token();
    }
    if (!document.at_end()) std::abort();
  }

  void flush() {
    std::string_view text = out_;
    while (!text.empty()) {
      const ssize_t count = ::write(1, text.data(), text.size());
      if (count <= 0) std::exit(1);
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    out_.clear();
  }

  bool echo_;
  bool batch_;
  bool careful_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string out_;
  std::uint64_t count_ = 0;
  simdjson::ondemand::parser parser_;
  workloads::order order_;
  std::string_view text_;
  std::string_view id_;
};

}  // namespace

int main(int count, char** words) {
  const auto has = [&](std::string_view word) {
    for (int i = 1; i < count; ++i) {
      if (words[i] == word) return true;
    }
    return false;
  };
  loop(has("echo"), has("batch"), has("careful")).run();
}
