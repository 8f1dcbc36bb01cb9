// Serves an HTTP API or a function URL: returns the price of an item as JSON.
//
//     $ printf '{"event":%s}\n' "$(cat ../events/http_api_item.json)" | ./items
//     …"data":{"statusCode":200,"headers":{"content-type":"application/json"},"body":"{\"sku\":\"A7\",\"cents\":300}",…}}
//     $ echo '{"event":{"version":"2.0","routeKey":"GET /items/{id}","rawPath":"/"}}' | ./items
//     {"proc_req_id":0,"error":"invalid_event: event.…: missing","data":null}

#include <lambda_proc/events/api_gateway_v2.hpp>
#include <lambda_proc/events/http_response.hpp>
#include <lambda_proc/lambda_proc.hpp>

#include <cstdint>
#include <string_view>

using lambda_proc::events::api_gateway_v2_request;
using lambda_proc::events::http_response;

struct item {
  std::string_view sku;
  std::uint32_t cents;
};

static http_response show_item(const lambda_proc::context& ctx, const api_gateway_v2_request& request) {
  const auto sku = request.path_parameter("id").value_or("");
  lambda_proc::logger(ctx).info("asked for", "sku", sku);
  if (sku.empty()) return http_response(request, 404).text("no such item");
  return http_response(request).json(item{sku, 300});
}

int main() { return lambda_proc::run(show_item); }
