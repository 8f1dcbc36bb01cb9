// The compiler says: this is not a handler
#include <lambda_proc/process/run.hpp>

#include <string>

#ifdef BAD
std::size_t handle(std::string& text) { return text.size(); }
#else
std::size_t handle(const std::string& text) { return text.size(); }
#endif

int main() { return lambda_proc::run(handle); }
