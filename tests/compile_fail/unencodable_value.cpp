// The compiler says: not an aggregate <- hidden
#include <lambda_proc/json/encode.hpp>

class hidden {
#ifndef BAD
 public:
#endif
  int cents = 0;
};

void write_it(lambda_proc::json_writer& writer) { encode(writer, hidden{}); }
