// The compiler says: a raw pointer has no JSON form <- int ?\* <- member_of<part>
#include <lambda_proc/lambda_proc.hpp>

#include <optional>
#include <vector>

struct part {
#ifdef BAD
  int* count;
#else
  int count;
#endif
};
struct line {
  std::vector<part> parts;
};
struct order {
  std::optional<line> first;
  std::vector<order> others;
};

int main() {
  return lambda_proc::run([](const order& o) { return o.others.size(); });
}
