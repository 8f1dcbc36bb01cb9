// The README's program: a plain struct in, a plain struct out.
//
//     $ echo '{"event":{"sku":"A7","count":3},"context":{}}' | ./price
//     {"proc_req_id":0,"error":null,"data":{"sku":"A7","cents":900}}

#include <lambda_proc/lambda_proc.hpp>

#include <cstdint>
#include <string_view>

struct order {
  std::string_view sku;
  std::uint32_t count;
};

struct receipt {
  std::string_view sku;
  std::uint32_t cents;
};

int main() {
  return lambda_proc::run([](const order& o) { return receipt{o.sku, o.count * 300}; });
}
