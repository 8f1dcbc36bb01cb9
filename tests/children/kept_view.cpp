// A handler with a bug that AddressSanitizer must find: it keeps a view from one request to the next. `kept_view event`
// keeps the event's text, `kept_view string` an unescaped string.

#include <lambda_proc/lambda_proc.hpp>

#include <string>
#include <string_view>

namespace {

std::string_view kept;

std::string swap_kept(std::string_view text) {
  std::string last(kept);
  kept = text;
  return last;
}

}  // namespace

int main(int, char** argv) {
  if (argv[1] == std::string_view("event")) {
    return lambda_proc::run([](lambda_proc::event e) { return swap_kept(e.text()); });
  }
  return lambda_proc::run([](std::string_view text) { return swap_kept(text); });
}
