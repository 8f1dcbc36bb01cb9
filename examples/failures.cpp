// Three kinds of failures: one that is returned, an exception, and an event that does not fit. Each fails only its own
// request.
//
//     $ printf '{"event":{"from":"%s","cents":%s}}\n' alice 70 alice 9000 nobody 5 alice '"all"' | ./failures
//     {"proc_req_id":0,"error":null,"data":{"left":30}}
//     {"proc_req_id":1,"error":"insufficient_funds: alice has 30","data":null}
//     {"proc_req_id":2,"error":"std::out_of_range: …","data":null}
//     {"proc_req_id":3,"error":"invalid_event: event.cents: expected an unsigned integer, got \"all\"","data":null}

#include <lambda_proc/lambda_proc.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

struct payment {
  std::string from;
  std::uint32_t cents;
};

struct balance {
  std::uint32_t left;
};

int main() {
  std::map<std::string, std::uint32_t> accounts{{"alice", 100}};
  return lambda_proc::run([&accounts](const payment& p) -> lambda_proc::result<balance> {
    std::uint32_t& left = accounts.at(p.from);  // throws std::out_of_range
    if (p.cents > left) {
      // The type is for programs to switch on, the message for people.
      return lambda_proc::failure{"insufficient_funds", p.from + " has " + std::to_string(left)};
    }
    left -= p.cents;
    return balance{left};
  });
}
