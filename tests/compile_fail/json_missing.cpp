// The compiler says, at length: json_missing names a member that the struct does not have
#include <lambda_proc/json/decode.hpp>

struct user {
  int user_id;
#ifdef BAD
  static constexpr auto json_missing = lambda_proc::use_default_for{"userid"};
#else
  static constexpr auto json_missing = lambda_proc::use_default_for{"user_id"};
#endif
};

lambda_proc::result<void> read_it(simdjson::ondemand::value value, user& out) {
  return lambda_proc::decode(value, out);
}
