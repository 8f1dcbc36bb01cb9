// The compiler says: names come in pairs
#include <lambda_proc/json/struct_options.hpp>

#ifdef BAD
constexpr lambda_proc::names given{"event_id", "eventID", "event_name"};
#else
constexpr lambda_proc::names given{"event_id", "eventID"};
#endif

static_assert(given.entries.size() >= 1);
