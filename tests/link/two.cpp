#include "everything.hpp"

std::string reply_of_unit_two(std::string_view line) {
  return lambda_proc::reply_to([](int n) { return 3 * n; }, line);
}

// run uses the rest of the library; it is enough that it links.
extern int (*const run_of_unit_two)(int (*&&)(int), const lambda_proc::options&);
int (*const run_of_unit_two)(int (*&&)(int), const lambda_proc::options&) = &lambda_proc::run<int (*)(int)>;
