// The compiler says, at length: json_aliases names a member that the struct does not have
#include <lambda_proc/json/decode.hpp>

struct user {
  int user_id;
#ifdef BAD
  static constexpr auto json_aliases = lambda_proc::names{"userid", "uid"};
#else
  static constexpr auto json_aliases = lambda_proc::names{"user_id", "uid"};
#endif
};

lambda_proc::result<void> read_it(simdjson::ondemand::value value, user& out) {
  return lambda_proc::decode(value, out);
}
