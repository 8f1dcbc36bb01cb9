// The compiler says: a handler that takes a response_stream& writes its reply there
#include <lambda_proc/process/run.hpp>

#ifdef BAD
using reply = int;  // a streamed reply has no value
#else
using reply = lambda_proc::result<void>;
#endif

reply handle(int count, lambda_proc::response_stream& out) {
  for (int i = 0; i < count; ++i) out.write("x");
  return reply{};
}

int main() { return lambda_proc::run(handle); }
