// The compiler says, BAD=1: fields are names and values in turn
// The compiler says, BAD=2: the name of a field must be text
// The compiler says, BAD=3: a raw pointer has no JSON form <- member_of<item>
#include <lambda_proc/lambda_proc.hpp>

struct item {
#if defined(BAD) && BAD == 3
  int* count;
#else
  int count;
#endif
};

int main() {
  const lambda_proc::logger log;
#if defined(BAD) && BAD == 1
  log.info("priced", "sku", "A7", "count");
#elif defined(BAD) && BAD == 2
  log.info("priced", "sku", "A7", 5, "count");
#else
  log.info("priced", "sku", "A7", "item", item{});
#endif
}
