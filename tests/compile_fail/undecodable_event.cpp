// The compiler says: this is not a handler
#include <lambda_proc/process/run.hpp>

struct order {
#ifdef BAD
  virtual ~order() = default;  // not an aggregate
#endif
  int count = 0;
};

int handle(const order& o) { return o.count; }

int main() { return lambda_proc::run(handle); }
