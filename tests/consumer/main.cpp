#include <lambda_proc/lambda_proc.hpp>

struct number {
  int n;
};

int main() {
  return lambda_proc::run([](const number& in) { return number{in.n * 2}; });
}
