// The compiler says, at length: any_of takes the events of lambda_proc::events, and raw_json
#include <lambda_proc/events/any_event.hpp>
#include <lambda_proc/events/sns.hpp>
#include <lambda_proc/events/sqs.hpp>
#include <lambda_proc/process/run.hpp>

#ifdef BAD
struct event {  // nothing tells which JSON is this event
  int count;
};
#else
using event = lambda_proc::events::sns_event;
#endif

int main() {
  return lambda_proc::run(
      lambda_proc::events::any_event([](const lambda_proc::events::sqs_event&) {}, [](const event&) {}));
}
