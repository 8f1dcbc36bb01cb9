#include <lambda_proc/events/any_of.hpp>
#include <lambda_proc/events/sns.hpp>
#include <lambda_proc/events/sqs.hpp>
#include <lambda_proc/lambda_proc.hpp>

using namespace lambda_proc::events;

struct source {
  std::size_t index;
};

int main() {
  return lambda_proc::run([](const any_of<sns_event, sqs_event>& any) { return source{any.event.index()}; });
}
