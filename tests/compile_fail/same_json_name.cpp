// The compiler says, at length: two members of this struct have the same name in JSON
#include <lambda_proc/json/decode.hpp>

struct order {
  int count;
  int amount;
#ifdef BAD
  static constexpr auto json_names = lambda_proc::names{"amount", "count"};
#else
  static constexpr auto json_names = lambda_proc::names{"amount", "sum"};
#endif
};

lambda_proc::result<void> read_it(simdjson::ondemand::value value, order& out) {
  return lambda_proc::decode(value, out);
}
