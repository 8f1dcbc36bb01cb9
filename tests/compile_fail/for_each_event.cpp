// The compiler says: for_each takes a handler of one record
#include <lambda_proc/events/for_each.hpp>
#include <lambda_proc/events/sqs.hpp>
#include <lambda_proc/process/run.hpp>

#ifdef BAD
void handle(const lambda_proc::events::sqs_event&) {}  // the whole batch
#else
void handle(const lambda_proc::events::sqs_message&) {}
#endif

int main() { return lambda_proc::run(lambda_proc::events::for_each(handle)); }
