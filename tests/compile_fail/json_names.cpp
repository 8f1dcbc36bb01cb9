// The compiler says, at length: json_names names a member that the struct does not have
#include <lambda_proc/json/json_names.hpp>

struct change {
  int event_id;
#ifdef BAD
  static constexpr auto json_names = lambda_proc::names{"event_ids", "eventID"};
#else
  static constexpr auto json_names = lambda_proc::names{"event_id", "eventID"};
#endif
};

static_assert(lambda_proc::json_names_of<change>[0] == "eventID");
