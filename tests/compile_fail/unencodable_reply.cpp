// The compiler says, BAD=1: not an aggregate: it has a constructor <- cents <- member_of<receipt>
// The compiler says, BAD=2: a long double has no fixed length <- member_of<receipt>
// The compiler says, BAD=3: can't be a failure <- app_error
#include <lambda_proc/lambda_proc.hpp>

#include <vector>

#ifndef BAD
#define BAD 0
#endif

struct cents {
#if BAD == 1
  explicit cents(int initial) : value(initial) {}
#endif
  int value;
};
struct receipt {
  std::vector<cents> all;
#if BAD == 2
  long double sum;
#endif
};

#if BAD == 3
struct app_error {};
struct answer {
  using value_type = int;
  bool has_value() const;
  int operator*() const;
  app_error error() const;
};
#else
using answer = lambda_proc::result<receipt>;
#endif

answer handle(int);

int main() { return lambda_proc::run(handle); }
