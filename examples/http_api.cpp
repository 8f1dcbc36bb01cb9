// Serves an API Gateway HTTP API or a function URL: a page with a form, prices as JSON, orders, and a picture. With
// `npx lambda-proc serve ./http_api` a browser finds the page at http://127.0.0.1:9000/.
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

static constexpr auto page = R"(<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Orders</title>
<style>
  body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 30rem; margin: 4rem auto; padding: 0 1rem }
  input, button { font: inherit; padding: .2rem .5rem }
</style>
<h1>Orders</h1>
<form>
  <label>Item <input name="sku" value="A7" size="6" required></label>
  <label>Count <input name="count" type="number" value="3" min="1" max="9999" required></label>
  <button>Order</button>
</form>
<p><output></output></p>
<script>
  const form = document.querySelector('form');
  const output = document.querySelector('output');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const order = { sku: form.elements.sku.value, count: Number(form.elements.count.value) };
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('orders', { method: 'POST', headers, body: JSON.stringify(order) });
    const { sku, cents, error } = await response.json();
    output.value = error ?? `${order.count} × ${sku}: ${(cents / 100).toFixed(2)}`;
  });
</script>
</html>
)"sv;

static http_response show_page(const api_gateway_v2_request& request) {
  return http_response(request).text(std::string(page), "text/html; charset=utf-8");
}

static http_response show_item(const api_gateway_v2_request& request, std::string_view name) {
  // A function URL knows no path parameters.
  const auto sku = request.path_parameter("id").value_or(name);
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
  const std::string_view path = request.raw_path;
  const std::string_view method = request.request_context.http.method;
  constexpr auto items = "/items/"sv;
  if (method == "GET" && path == "/") return show_page(request);
  if (method == "GET" && path.starts_with(items)) return show_item(request, path.substr(items.size()));
  if (method == "GET" && path == "/dot.gif") return http_response(request).binary(std::string(dot), "image/gif");
  if (method == "POST" && path == "/orders") return take_order(request);
  return http_response(request, 404).json(problem{"there is nothing at this address"});
}

int main() { return lambda_proc::run(handle); }
