// The compiler says: fields are names and values in turn
#include <lambda_proc/log/log.hpp>

int main() {
  const lambda_proc::logger log;
#ifdef BAD
  log.info("priced", "sku", "A7", "count");
#else
  log.info("priced", "sku", "A7", "count", 3);
#endif
}
