// Objects created before run serve every request: here a price list, and a counter that shows that the process is kept.
//
//     $ printf '{"event":{"sku":"%s"}}\n' A7 B2 A7 | ./stateful
//     {"proc_req_id":0,"error":null,"data":{"cents":300,"served":1,"list_loads":1}}
//     {"proc_req_id":1,"error":null,"data":{"cents":1250,"served":2,"list_loads":1}}
//     {"proc_req_id":2,"error":null,"data":{"cents":300,"served":3,"list_loads":1}}

#include <lambda_proc/lambda_proc.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

struct query {
  std::string_view sku;
};

struct answer {
  std::optional<std::uint32_t> cents;
  std::uint64_t served;
  std::uint64_t list_loads;
};

class price_list {
 public:
  price_list() : cents_{{"A7", 300}, {"B2", 1250}} { ++loads_; }  // a large file or a connection in real life

  answer find(const query& q) {
    ++served_;
    const auto entry = cents_.find(q.sku);
    if (entry == cents_.end()) return {std::nullopt, served_, loads_};
    return {entry->second, served_, loads_};
  }

 private:
  std::map<std::string, std::uint32_t, std::less<>> cents_;
  std::uint64_t served_ = 0;
  std::uint64_t loads_ = 0;
};

int main() {
  price_list prices;
  return lambda_proc::run([&prices](const query& q) { return prices.find(q); });
}
