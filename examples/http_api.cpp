// Serves an API Gateway HTTP API or a function URL: prices as JSON, orders, and a picture.
//
//     $ printf '{"event":%s}\n' "$(cat events/http_api_item.json)" | ./http_api
//     …"data":{"statusCode":200,"headers":{…"cache-control":"max-age=60"},"body":"{\"sku\":\"A7\",\"cents\":300}",…}}
//     $ printf '{"event":%s}\n' "$(cat events/http_api_order.json)" | ./http_api
//     …"data":{"statusCode":400,…"body":"{\"error\":\"…count: expected an unsigned integer, got \\\"many\\\"\"}",…}}
//     $ printf '{"event":%s}\n' "$(cat events/http_api_image.json)" | ./http_api
//     …"data":{"statusCode":200,"headers":{"content-type":"image/gif"},"body":"R0lGODlh…","isBase64Encoded":true}}

#include <lambda_proc/events/api_gateway_v2.hpp>
#include <lambda_proc/events/embedded_json.hpp>
#include <lambda_proc/events/http_response.hpp>
#include <lambda_proc/lambda_proc.hpp>

#include <cstdint>
#include <string>
#include <string_view>

using lambda_proc::events::api_gateway_v2_request;
using lambda_proc::events::embedded_json;
using lambda_proc::events::http_response;
using namespace std::string_view_literals;

struct price {
  std::string_view sku;
  std::uint32_t cents;
};

struct order {
  std::string_view sku;
  std::uint32_t count;
};

struct problem {
  std::string_view error;
};

static http_response show_item(const api_gateway_v2_request& request) {
  const auto sku = request.path_parameter("id").value_or("");
  return http_response(request).json(price{sku, 300}).header("cache-control", "max-age=60");
}

static http_response take_order(const api_gateway_v2_request& request) {
  std::string buffer;
  const auto bytes = request.body_bytes(buffer);
  if (!bytes) return http_response(request, 400).json(problem{bytes.error().message});
  embedded_json body;
  const auto wanted = body.as<order>(*bytes);
  if (!wanted) return http_response(request, 400).json(problem{wanted.error().message});
  return http_response(request, 201)
      .json(price{wanted->sku, wanted->count * 300})
      .cookie("ordered=1; Secure; HttpOnly");
}

// One transparent pixel.
static constexpr auto dot =
    "GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xF9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01"
    "D\0;"sv;

static http_response handle(const api_gateway_v2_request& request) {
  if (request.route_key == "GET /items/{id}") return show_item(request);
  if (request.route_key == "POST /orders") return take_order(request);
  if (request.route_key == "GET /dot.gif") return http_response(request).binary(std::string(dot), "image/gif");
  return http_response(request, 404).json(problem{"there is no such route"});
}

int main() { return lambda_proc::run(handle); }
