// The compiler says: worker
#include <lambda_proc/lambda_proc.hpp>

int main() {
#ifdef BAD
  return lambda_proc::run([](int count) { return count; }, lambda_proc::options{.worker = 4});
#else
  return lambda_proc::run([](int count) { return count; }, lambda_proc::options{.workers = 4});
#endif
}
