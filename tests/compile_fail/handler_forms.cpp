// The compiler says, BAD=1: this is not a handler
// The compiler says, BAD=2: this is not a handler
// The compiler says, BAD=3: a handler's event must have a default constructor <- with_argument
#include <lambda_proc/lambda_proc.hpp>

#include <string>

struct with_argument {
#if defined(BAD) && BAD == 3
  explicit with_argument(int value) : count(value) {}
#endif
  int count;
};
simdjson::error_code from_json(simdjson::ondemand::value& value, with_argument& out) {
  return lambda_proc::decode(value, out.count) ? simdjson::SUCCESS : simdjson::INCORRECT_TYPE;
}

#if defined(BAD) && BAD == 1
int handle(int a, int b) { return a + b; }
#elif defined(BAD) && BAD == 2
std::size_t handle(std::string& text) { return text.size(); }
#else
int handle(const with_argument& given) { return given.count; }
#endif

int main() { return lambda_proc::run(handle); }
