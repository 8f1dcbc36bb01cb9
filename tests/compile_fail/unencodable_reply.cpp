// The compiler says: this is not a handler
#include <lambda_proc/process/run.hpp>

struct reply {
#ifdef BAD
  explicit reply(int value) : cents(value) {}  // not an aggregate
#endif
  int cents;
};

reply handle(int cents) { return reply{cents}; }

int main() { return lambda_proc::run(handle); }
