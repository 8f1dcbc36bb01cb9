// Adds up the values that meters send to a Kinesis stream. Lambda keeps the sums of a tumbling window between the
// batches: they arrive with the event and are returned with the reply. A record that can't be read is sent again, with
// all records after it.
//
//     $ printf '{"event":%s}\n' "$(cat events/kinesis.json)" | ./kinesis_counter 2>/dev/null
//     …"data":{"batchItemFailures":[{"itemIdentifier":"4959…0004"}],"state":{"cellar":1200,"roof":35}}}

#include <lambda_proc/events/embedded_json.hpp>
#include <lambda_proc/events/kinesis.hpp>
#include <lambda_proc/lambda_proc.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace events = lambda_proc::events;

struct report {
  std::uint64_t watt_hours;
};

class counter {
 public:
  lambda_proc::result<events::batch_response> operator()(const lambda_proc::context& ctx,
                                                         const events::kinesis_event& event) {
    const lambda_proc::logger log(ctx);
    std::map<std::string, std::uint64_t> sums;
    if (event.state) {
      if (auto done = json_.read_into(event.state->text(), sums); !done) return done.error();
    }

    events::batch_response response;
    for (std::size_t i = 0; i < event.records.size(); ++i) {
      const events::kinesis_data& record = event.records[i].kinesis;
      const auto report = read(record);
      if (report) {
        sums[std::string(record.partition_key)] += report->watt_hours;
        continue;
      }
      log.error("unreadable", "sequenceNumber", record.sequence_number, "why", report.error().message);
      if (!response.fail(event, i)) break;
    }

    if (event.is_final_invoke_for_window.value_or(false)) log.info("window is over", "sums", sums);
    lambda_proc::json_writer state;
    lambda_proc::encode(state, sums);
    response.state = lambda_proc::raw_json::trusted(std::string(state.view()));
    return response;
  }

 private:
  lambda_proc::result<report> read(const events::kinesis_data& record) {
    const auto bytes = record.data.decode(bytes_);
    if (!bytes) return bytes.error();
    return json_.as<report>(*bytes);
  }

  std::string bytes_;
  events::embedded_json json_;
};

int main() { return lambda_proc::run(counter{}); }
