// The compiler says: ignoring return
#include <lambda_proc/core/failure.hpp>

lambda_proc::result<int> price();

int main() {
#ifdef BAD
  price();
#else
  return price() ? 0 : 1;
#endif
}
