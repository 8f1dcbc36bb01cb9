// The compiler says: this is not a handler
#include <lambda_proc/process/run.hpp>

#ifdef BAD
int handle(int a, int b) { return a + b; }
#else
int handle(int a) { return a; }
#endif

int main() { return lambda_proc::run(handle); }
