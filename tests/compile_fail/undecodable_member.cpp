// The compiler says: JSON can't be decoded into this type
#include <lambda_proc/json/decode.hpp>

struct order {
#ifdef BAD
  int* count;
#else
  int count;
#endif
};

lambda_proc::result<void> read_it(simdjson::ondemand::value value, order& out) {
  return lambda_proc::decode(value, out);
}
