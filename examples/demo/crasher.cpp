// A handler with a bug, for script/demo: it dereferences a null pointer.

#include <lambda_proc/lambda_proc.hpp>

struct order {
  std::string_view sku;
};

static const order* volatile missing = nullptr;

int main() {
  return lambda_proc::run([](const order&) { return missing->sku; });
}
