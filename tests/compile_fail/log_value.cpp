// The compiler says: a field's value must be encodable
#include <lambda_proc/log/log.hpp>

int main() {
  int count = 3;
  const lambda_proc::logger log;
#ifdef BAD
  log.info("priced", "count", &count);
#else
  log.info("priced", "count", count);
#endif
}
