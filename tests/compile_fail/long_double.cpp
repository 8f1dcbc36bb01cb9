// The compiler says: a long double has no fixed length
#include <lambda_proc/json/json_writer.hpp>

#ifdef BAD
void write_it(lambda_proc::json_writer& writer) { writer.number(1.5L); }
#else
void write_it(lambda_proc::json_writer& writer) { writer.number(1.5); }
#endif
